// One pass over all users makes their rows and counts who asks for what. Only for SKUs with more
// askers than seats, a second pass finds when each of them asked first, and a selection (no sort)
// parts those who get a seat from those who do not.
#include "bench/batch/seat_floor.h"

#include <algorithm>
#include <utility>

#include "base/check.h"

namespace seatwise {

SeatFloor::SeatFloor(const Columns& columns, const Nesting& nesting, int threads)
    : columns_(&columns),
      nesting_(&nesting),
      rows_(static_cast<size_t>(threads)),
      demand_(static_cast<size_t>(threads)),
      wishes_(columns.catalog.skus()),
      contended_(columns.catalog.skus()),
      consumed_(columns.catalog.skus()) {
  SEATWISE_CHECK(CanDo(columns)) << "a SKU has more than 64 plans";
  for (const AssignmentRow& row : columns.inherited) inherited_.push_back(ItemOf(columns, row));
  for (const AssignmentRow& row : columns.direct) direct_.push_back(ItemOf(columns, row));
  for (SkuWishes& wishes : wishes_) wishes.by_thread.resize(static_cast<size_t>(threads));
}

bool SeatFloor::CanDo(const Columns& columns) {
  for (SkuNo sku = 0; sku < columns.catalog.skus(); ++sku) {
    int plans = 0;
    ForEachPlan(columns.catalog.user_plans(sku), [&](uint32_t) { ++plans; });
    if (plans > 64) return false;
  }
  return columns.settings.assignment_mode == AssignmentMode::kSkuIndependent;
}

SeatFloor::Item SeatFloor::ItemOf(const Columns& columns, const AssignmentRow& row) {
  Item item{.assigned_at = row.assigned_at, .priority = row.priority, .sku = row.sku};
  const PlanBits plans = columns.plan_sets[row.plans];
  int bit = 0;
  ForEachPlan(columns.catalog.user_plans(row.sku),
              [&](uint32_t plan) { item.plans |= uint64_t{Contains(plans, plan)} << bit++; });
  return item;
}

void SeatFloor::Run(Executor& executor) {
  ParallelShards(executor, columns_->users.size(), [&](Shard shard) { Unite(shard); });
  FindContended();
  ParallelShards(executor, columns_->users.size(), [&](Shard shard) { CollectWishes(shard); });
  executor.Run(static_cast<int>(wishes_.size()), [&](int sku) {
    if (contended_[static_cast<size_t>(sku)] != 0) Cut(static_cast<SkuNo>(sku));
  });
}

void SeatFloor::Unite(Shard shard) {
  // The thread's own meanwhile: beside those of others it would share a line.
  std::vector<FloorRow> rows = std::move(rows_[static_cast<size_t>(shard.index)]);
  rows.clear();
  std::vector<uint32_t> place(consumed_.size(), 0);
  for (size_t user = shard.begin; user < shard.end; ++user) {
    UniteOne(static_cast<UserNo>(user), place, rows.size(), rows);
  }
  std::vector<int64_t>& demand = demand_[static_cast<size_t>(shard.index)];
  demand.assign(consumed_.size(), 0);
  for (const FloorRow& row : rows) ++demand[row.sku];
  rows_[static_cast<size_t>(shard.index)] = std::move(rows);
}

// `place` says for each SKU where its row of this user is; what other users left there is told by
// the row.
void SeatFloor::UniteOne(UserNo user, std::vector<uint32_t>& place, size_t first,
                         std::vector<FloorRow>& rows) {
  const auto add = [&](const Item& item) {
    const uint32_t at = place[item.sku];
    if (at >= first && at < rows.size() && rows[at].sku == item.sku) {
      rows[at].plans |= item.plans;
      return;
    }
    place[item.sku] = static_cast<uint32_t>(rows.size());
    rows.push_back({.user = user, .sku = static_cast<uint16_t>(item.sku), .plans = item.plans});
  };
  for (GroupNo group : columns_->GroupsOf(user)) {
    for (const Carrier& carrier : nesting_->Of(group)) {
      for (const Item& item : ItemsOf(carrier.licensed)) add(item);
    }
  }
  for (const Item& item : ListAt(columns_->first_direct, direct_, user)) add(item);
}

void SeatFloor::FindContended() {
  for (SkuNo sku = 0; sku < consumed_.size(); ++sku) {
    int64_t demand = 0;
    for (const std::vector<int64_t>& part : demand_) demand += part.empty() ? 0 : part[sku];
    consumed_[sku] = std::min(demand, columns_->catalog.supply(sku).capacity());
    contended_[sku] = consumed_[sku] < demand ? 1 : 0;
  }
}

void SeatFloor::CollectWishes(Shard shard) {
  const size_t thread = static_cast<size_t>(shard.index);
  std::vector<std::vector<Wish>> own(wishes_.size());  // By SKU.
  for (SkuNo sku = 0; sku < own.size(); ++sku) {
    own[sku] = std::move(wishes_[sku].by_thread[thread]);
    own[sku].clear();
  }
  for (FloorRow& row : rows_[thread]) {
    if (contended_[row.sku] == 0) continue;
    own[row.sku].push_back({.key = FirstKey(row.user, row.sku), .user = row.user, .row = &row});
  }
  for (SkuNo sku = 0; sku < own.size(); ++sku) {
    wishes_[sku].by_thread[thread] = std::move(own[sku]);
  }
}

// The earliest of the user's claims for the SKU (C2, C3, C5).
QueueKey SeatFloor::FirstKey(UserNo user, SkuNo sku) const {
  QueueKey first;
  bool any = false;
  const auto take = [&](const QueueKey& key) {
    if (!any || key < first) first = key;
    any = true;
  };
  for (const Item& item : ListAt(columns_->first_direct, direct_, user)) {
    if (item.sku == sku) take({item.priority, item.assigned_at, item.assigned_at});
  }
  const absl::Span<const GroupNo> groups = columns_->GroupsOf(user);
  const absl::Span<const Time> added_at = columns_->AddedAt(user);
  for (size_t i = 0; i < groups.size(); ++i) {
    for (const Carrier& carrier : nesting_->Of(groups[i])) {
      for (const Item& item : ItemsOf(carrier.licensed)) {
        if (item.sku != sku) continue;
        const Time joined = std::max(added_at[i], carrier.reached_at);
        take({item.priority, std::max(joined, item.assigned_at), joined});
      }
    }
  }
  return first;
}

void SeatFloor::Cut(SkuNo sku) {
  std::vector<Wish>& all = wishes_[sku].all;
  all.clear();
  for (const std::vector<Wish>& part : wishes_[sku].by_thread) {
    all.insert(all.end(), part.begin(), part.end());
  }
  const auto end = all.begin() + static_cast<std::ptrdiff_t>(consumed_[sku]);
  std::nth_element(all.begin(), end, all.end(), [](const Wish& x, const Wish& y) {
    if (x.key < y.key) return true;
    return !(y.key < x.key) && x.user < y.user;
  });
  for (auto wish = end; wish != all.end(); ++wish) wish->row->denied = true;
}

}  // namespace seatwise
