#include "service/seat_list.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "base/status_macros.h"
#include "engine/model/reference.h"
#include "service/derived_to_proto.h"
#include "service/errors.h"
#include "service/facts_to_proto.h"
#include "service/names.h"

namespace seatwise {
namespace {

// The subscriptions of a SKU, by id.
absl::Status AddSubscriptions(const FactsView& facts, absl::string_view tenant, const SkuId& sku,
                              v1::SeatUsageRow& row) {
  std::vector<FactKey> keys;
  SEATWISE_RETURN_IF_ERROR(
      facts.ForEachDependent(sku, Link::kSubscriptionSku, [&](const FactKey& key) {
        keys.push_back(key);
        return true;
      }));
  std::sort(keys.begin(), keys.end());
  for (const FactKey& key : keys) {
    SEATWISE_ASSIGN_OR_RETURN(const std::optional<Fact> fact, facts.Find(key));
    if (fact) *row.add_subscriptions() = ToProto(tenant, std::get<Subscription>(*fact));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::string> FillSeatPage(const LiveState& live, const FactsView& facts,
                                         absl::string_view tenant,
                                         const v1::ListSeatUsageRequest& request,
                                         absl::string_view place, size_t page_size,
                                         v1::ListSeatUsageResponse& reply) {
  const std::vector<SeatUsage> seats = live.Seats();
  auto it = std::lower_bound(
      seats.begin(), seats.end(), place,
      [](const SeatUsage& row, absl::string_view id) { return row.sku.value() < id; });
  for (; it != seats.end() && page_size > 0; ++it, --page_size) {
    v1::SeatUsageRow& row = *reply.add_rows();
    *row.mutable_seats() = ToProto(*it);
    SEATWISE_ASSIGN_OR_RETURN(const std::optional<Fact> sku, facts.Find(it->sku));
    if (sku) {
      row.set_sku_part_number(std::get<Sku>(*sku).part_number);
      row.set_display_name(std::get<Sku>(*sku).display_name);
    }
    if (request.include_subscriptions()) {
      SEATWISE_RETURN_IF_ERROR(AddSubscriptions(facts, tenant, it->sku, row));
    }
  }
  return it == seats.end() ? std::string() : it->sku.value();
}

absl::StatusOr<v1::GetGroupStatusResponse> GroupStatusReply(const LiveState& live,
                                                            absl::string_view tenant,
                                                            const std::string& group_id) {
  const std::optional<uint32_t> group = live.FindGroup(group_id);
  if (!group) return NotFoundError(NameOf(tenant, FactKey(GroupId(group_id))));
  v1::GetGroupStatusResponse reply;
  reply.set_group_id(group_id);
  const std::optional<GroupStatus> status = live.GroupStatusOf(*group);
  if (!status) return reply;
  reply.set_licensed(true);
  reply.set_members(status->members);
  reply.set_fully_licensed(status->fully_licensed);
  reply.set_with_errors(status->with_errors);
  return reply;
}

}  // namespace seatwise
