#include "service/cost_reports.h"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "engine/incremental/live_state.h"
#include "engine/model/catalog.h"
#include "engine/model/derived.h"
#include "engine/model/fact_key.h"
#include "engine/model/facts.h"
#include "engine/report/seat_costs.h"
#include "engine/report/seat_outlook.h"
#include "service/errors.h"
#include "service/facts_to_proto.h"
#include "service/message_names.h"
#include "service/report_pages.h"
#include "service/timestamps.h"
#include "storage/facts_snapshot.h"
#include "storage/user_names.h"

namespace seatwise {
namespace {

constexpr size_t kFactsAtOnce = 1000;
constexpr int64_t kMicrosPerDay = int64_t{24} * 3600 * 1'000'000;
constexpr int32_t kMostDays = 36'600;
constexpr size_t kMostRowsKept = 100'000;  // Of costs, from one page to the next.

absl::StatusOr<std::vector<Subscription>> AllSubscriptions(const FactsSnapshot& facts) {
  std::vector<Subscription> all;
  std::string cursor;
  do {
    SEATWISE_ASSIGN_OR_RETURN(FactPage page,
                              facts.List(FactKind::kSubscription, cursor, kFactsAtOnce));
    for (Fact& fact : page.facts) all.push_back(std::get<Subscription>(std::move(fact)));
    cursor = std::move(page.next);
  } while (!cursor.empty());
  return all;
}

template <typename Repeated>
void AddCosts(const Costs& costs, Repeated& to) {
  for (const auto& [currency, amount] : costs) {
    v1::Money& money = *to.Add();
    money.set_currency(currency);
    money.set_ten_thousandths(amount);
  }
}

// Rows of costs, of whatever key.
class CostRows {
 public:
  CostRows(const LiveState& live, absl::Span<const Subscription> subscriptions)
      : live_(live), prices_(live, subscriptions) {}

  std::vector<v1::CostRow> BySku() const {
    std::vector<v1::CostRow> rows;
    for (const SeatUsage& seats : live_.Seats()) {
      if (seats.usable == 0) continue;
      const SkuNo sku = live_.FindSku(seats.sku.value()).value();
      v1::CostRow& row = rows.emplace_back();
      row.set_sku_id(seats.sku.value());
      row.set_seats(seats.usable);
      row.set_part_seats(seats.available());
      row.set_unpriced_seats(prices_.unpriced(sku));
      AddCosts(prices_.All(sku), *row.mutable_costs());
      AddCosts(prices_.Of(sku, seats.available()), *row.mutable_part_costs());
    }
    return rows;
  }

  std::vector<v1::CostRow> ByGroup() const {
    std::vector<v1::CostRow> rows;
    const std::vector<SourceSeats> sources = SeatsBySource(live_);
    for (size_t begin = 0, end = 0; begin < sources.size(); begin = end) {
      while (end < sources.size() && sources[end].group == sources[begin].group) ++end;
      v1::CostRow& row = rows.emplace_back();
      const std::optional<uint32_t> group = sources[begin].group;
      if (group) row.set_group_id(std::string(live_.GroupIdOf(*group)));
      Sum seats;
      Sum sole;
      for (size_t i = begin; i < end; ++i) {
        Add(sources[i].sku, sources[i].seats, seats, &row);
        Add(sources[i].sku, sources[i].sole, sole, nullptr);
      }
      row.set_part_seats(sole.seats);
      AddCosts(sole.costs, *row.mutable_part_costs());
      Finish(seats, row);
    }
    return rows;
  }

  // By value; users without the attribute are apart. A deleted user has no attributes any more, and
  // no licenses either: the facts are those that the licenses follow from.
  absl::StatusOr<std::vector<v1::CostRow>> ByAttribute(const FactsSnapshot& facts,
                                                       const std::string& attribute) const {
    absl::flat_hash_map<std::string, SeatsBySku> by_value;
    SeatsBySku without;
    absl::Status status;
    SEATWISE_RETURN_IF_ERROR(
        ForEachUserNames(facts, [&](uint32_t user, const UserNamesView& names) {
          const auto value = AttributeOf(names, attribute);
          status = value.status();
          if (!status.ok()) return false;
          AddSeatsOf(user, *value ? by_value.try_emplace(**value).first->second : without);
          return true;
        }));
    SEATWISE_RETURN_IF_ERROR(status);
    std::vector<absl::string_view> values;
    for (const auto& [value, seats] : by_value) values.push_back(value);
    std::sort(values.begin(), values.end());
    std::vector<v1::CostRow> rows;
    rows.reserve(values.size() + 1);
    for (const absl::string_view value : values) {
      rows.emplace_back().set_attribute_value(std::string(value));
      AddSkus(by_value[value], rows.back());
    }
    if (!without.empty()) AddSkus(without, rows.emplace_back());
    return rows;
  }

 private:
  using SeatsBySku = absl::flat_hash_map<SkuNo, int64_t>;

  void AddSeatsOf(uint32_t user, SeatsBySku& seats) const {
    live_.ForEachLicense(user, [&](const LiveLicense& license) {
      if (license.state != LicenseState::kError) ++seats[license.sku];
    });
  }

  struct Sum {
    int64_t seats = 0;
    Costs costs;
  };

  // Adds seats of a SKU to a sum and, if it is given, to the SKUs of a row.
  void Add(SkuNo sku, int64_t seats, Sum& sum, v1::CostRow* row) const {
    const Costs costs = prices_.Of(sku, seats);
    sum.seats += seats;
    AddTo(sum.costs, costs);
    if (row == nullptr) return;
    v1::CostRow::SkuCost& part = *row->add_skus();
    part.set_sku_id(live_.catalog().sku(sku).id.value());
    part.set_seats(seats);
    AddCosts(costs, *part.mutable_costs());
  }

  static void Finish(const Sum& sum, v1::CostRow& row) {
    row.set_seats(sum.seats);
    AddCosts(sum.costs, *row.mutable_costs());
  }

  void AddSkus(const SeatsBySku& seats, v1::CostRow& row) const {
    std::vector<std::pair<SkuNo, int64_t>> sorted(seats.begin(), seats.end());
    std::sort(sorted.begin(), sorted.end(), [&](const auto& x, const auto& y) {
      return live_.catalog().sku(x.first).id < live_.catalog().sku(y.first).id;
    });
    Sum sum;
    for (const auto& [sku, count] : sorted) Add(sku, count, sum, &row);
    Finish(sum, row);
  }

  const LiveState& live_;
  const SeatPrices prices_;
};

absl::StatusOr<std::vector<v1::CostRow>> RowsOf(const TenantState& state,
                                                const v1::ListCostsRequest& request) {
  const bool by_attribute = request.by() == v1::COST_BY_ATTRIBUTE;
  if (by_attribute && request.attribute().empty()) return FieldRequiredError("attribute");
  if (!by_attribute && !request.attribute().empty()) {
    return FieldError(v1::CONTRADICTION, "attribute", "goes with by COST_BY_ATTRIBUTE only");
  }
  SEATWISE_ASSIGN_OR_RETURN(const std::vector<Subscription> subscriptions,
                            AllSubscriptions(*state.facts));
  const CostRows rows(*state.live, subscriptions);
  switch (request.by()) {
    case v1::COST_BY_SKU:
      return rows.BySku();
    case v1::COST_BY_GROUP:
      return rows.ByGroup();
    case v1::COST_BY_ATTRIBUTE:
      return rows.ByAttribute(*state.facts, request.attribute());
    case v1::COST_KEY_UNSPECIFIED:
      return FieldRequiredError("by");
    default:
      return FieldError(v1::OUT_OF_RANGE, "by", "is nothing that costs are told apart by");
  }
}

}  // namespace

absl::StatusOr<std::string> FillCosts(const TenantState& state, absl::string_view tenant,
                                      const v1::ListCostsRequest& request, absl::string_view place,
                                      size_t page_size, ListCache& lists,
                                      v1::ListCostsResponse& reply) {
  using Rows = std::vector<v1::CostRow>;
  const std::string key =
      absl::StrCat(ListKey(tenant, state), "costs ", request.by(), " ", request.attribute());
  std::shared_ptr<const Rows> rows;
  if (!place.empty()) rows = lists.Find<Rows>(key);
  if (rows == nullptr) {
    SEATWISE_ASSIGN_OR_RETURN(Rows made, RowsOf(state, request));
    rows = std::make_shared<const Rows>(std::move(made));
  }
  SEATWISE_ASSIGN_OR_RETURN(std::string next,
                            AddRowsFrom(*rows, place, page_size,
                                        [&](const v1::CostRow& row) { *reply.add_rows() = row; }));
  if (rows->size() <= kMostRowsKept) lists.PageWasRead(key, rows, !next.empty());
  SEATWISE_RETURN_IF_ERROR(
      FillNames(state.live->catalog(), *state.facts, reply, *reply.mutable_names()));
  return next;
}

absl::StatusOr<std::string> FillRenewals(const TenantState& state, absl::string_view tenant,
                                         const v1::ListRenewalsRequest& request,
                                         absl::string_view place, size_t page_size, Time now,
                                         v1::ListRenewalsResponse& reply) {
  if (request.within_days() < 0 || request.within_days() > kMostDays) {
    return FieldError(v1::OUT_OF_RANGE, "within_days",
                      absl::StrCat("is ", request.within_days(), "; give 0 to ", kMostDays));
  }
  const Time until = request.within_days() == 0
                         ? kMaxTime
                         : Time{now.micros + request.within_days() * kMicrosPerDay};
  SEATWISE_ASSIGN_OR_RETURN(std::vector<Subscription> due, AllSubscriptions(*state.facts));
  std::erase_if(due, [&](const Subscription& each) {
    return !each.renews_at || *each.renews_at > until ||
           each.status == SubscriptionStatus::kDeleted;
  });
  std::sort(due.begin(), due.end(), [](const Subscription& x, const Subscription& y) {
    return std::tie(*x.renews_at, x.id) < std::tie(*y.renews_at, y.id);
  });
  const auto add = [&](const Subscription& subscription) {
    v1::Renewal& row = *reply.add_rows();
    *row.mutable_subscription() = ToProto(tenant, subscription);
    if (const std::optional<int64_t> cost = CostOf(subscription)) {
      row.mutable_cost()->set_currency(subscription.currency);
      row.mutable_cost()->set_ten_thousandths(*cost);
    }
    const SkuNo sku = state.live->FindSku(subscription.sku.value()).value();
    row.set_consumed(state.live->SeatsOf(sku).consumed);
    row.set_losing_users(LosingUsers(*state.live, subscription));
  };
  SEATWISE_ASSIGN_OR_RETURN(std::string next, AddRowsFrom(due, place, page_size, add));
  *reply.mutable_now() = ToTimestamp(now);
  SEATWISE_RETURN_IF_ERROR(
      FillNames(state.live->catalog(), *state.facts, reply, *reply.mutable_names()));
  return next;
}

}  // namespace seatwise
