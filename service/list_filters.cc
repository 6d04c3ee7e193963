#include "service/list_filters.h"

#include "service/errors.h"
#include "service/names.h"

namespace seatwise {

absl::StatusOr<std::optional<SkuNo>> SkuFilter(const LiveState& live, absl::string_view tenant,
                                               const std::string& sku_id) {
  if (sku_id.empty()) return std::optional<SkuNo>();
  const std::optional<SkuNo> sku = live.FindSku(sku_id);
  if (!sku) return NotFoundError(NameOf(tenant, FactKey(SkuId(sku_id))));
  return sku;
}

absl::StatusOr<std::optional<uint32_t>> GroupFilter(const LiveState& live, absl::string_view tenant,
                                                    const std::string& group_id) {
  if (group_id.empty()) return std::optional<uint32_t>();
  const std::optional<uint32_t> group = live.FindGroup(group_id);
  if (!group) return NotFoundError(NameOf(tenant, FactKey(GroupId(group_id))));
  return group;
}

}  // namespace seatwise
