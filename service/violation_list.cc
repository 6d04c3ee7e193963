// Most users have no violation, and what is wrong is known as codes: details are worked out only of
// users with an item that passes the filters.
#include "service/violation_list.h"

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "engine/model/derived_view.h"
#include "service/derived_to_proto.h"
#include "service/errors.h"
#include "service/list_filters.h"
#include "service/user_pages.h"

namespace seatwise {
namespace {

struct Filter {
  ViolationMask codes = 0;
  std::optional<SkuNo> sku;
  std::optional<uint32_t> group;

  bool Passes(const LiveItem& item) const {
    return (item.violations & codes) != 0 && (!sku || item.sku == *sku) &&
           (!group || (!item.direct && item.principal == *group));
  }
};

// The codes asked for; all if none is named.
absl::StatusOr<ViolationMask> CodesOf(const v1::ListViolationsRequest& request) {
  if (request.codes_size() == 0) return static_cast<ViolationMask>(~0);
  ViolationMask codes = 0;
  for (int i = 0; i < request.codes_size(); ++i) {
    ViolationMask bit = 0;
    for (int code = 0; code < kViolationCodes; ++code) {
      if (ToProto(static_cast<ViolationCode>(code)) == request.codes(i)) {
        bit = static_cast<ViolationMask>(1 << code);
      }
    }
    if (bit == 0) {
      return FieldError(v1::OUT_OF_RANGE, absl::StrCat("codes[", i, "]"), "is no violation");
    }
    codes = static_cast<ViolationMask>(codes | bit);
  }
  return codes;
}

// Adds the rows of one user.
AddedRows AddRowsOf(const LiveState& live, const Filter& filter, uint32_t user,
                    absl::string_view id, size_t skip, size_t room,
                    v1::ListViolationsResponse& reply) {
  // By item, whether it is listed: Explain has the items in the same order.
  std::vector<bool> listed;
  size_t rows = 0;
  live.ForEachItem(user, [&](const LiveItem& item) {
    const bool passes = filter.Passes(item);
    listed.push_back(passes && rows >= skip && rows - skip < room);
    rows += passes ? 1 : 0;
  });
  if (rows <= skip || room == 0) return {.rows = rows};
  size_t bytes = 0;
  const std::vector<ClaimItem> items = live.Explain(user);
  for (size_t i = 0; i < items.size(); ++i) {
    if (!listed[i]) continue;
    v1::ViolationRow& row = *reply.add_rows();
    row.set_user_id(std::string(id));
    *row.mutable_item() = ToProto(items[i]);
    bytes += row.ByteSizeLong();
  }
  return {.rows = rows, .bytes = bytes};
}

}  // namespace

absl::StatusOr<std::string> FillViolationPage(const LiveState& live, const FactsView& facts,
                                              absl::string_view tenant,
                                              const v1::ListViolationsRequest& request,
                                              absl::string_view place, size_t page_size,
                                              v1::ListViolationsResponse& reply) {
  Filter filter;
  SEATWISE_ASSIGN_OR_RETURN(filter.codes, CodesOf(request));
  SEATWISE_ASSIGN_OR_RETURN(filter.sku, SkuFilter(live, tenant, request.sku_id()));
  SEATWISE_ASSIGN_OR_RETURN(filter.group, GroupFilter(live, tenant, request.group_id()));
  SEATWISE_ASSIGN_OR_RETURN(
      std::string next,
      AddUserPage(live, filter.group, place, {.rows = page_size},
                  [&](uint32_t user, absl::string_view id, size_t skip, size_t room) {
                    return AddRowsOf(live, filter, user, id, skip, room, reply);
                  }));
  if (request.include_user_names()) {
    for (v1::ViolationRow& row : *reply.mutable_rows()) {
      SEATWISE_RETURN_IF_ERROR(AddUserNames(facts, row.user_id(), row));
    }
  }
  return next;
}

}  // namespace seatwise
