#include "engine/incremental/unload_live_facts.h"

#include <cstdint>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "base/check.h"
#include "engine/model/columns_builder.h"

namespace seatwise {
namespace {

class Unloader {
 public:
  explicit Unloader(const LiveFacts& facts) : facts_(facts) {}

  LoadedFacts Unload(Executor& executor) {
    loaded_.products = facts_.products.ToFacts();
    loaded_.products.settings = facts_.settings;
    loaded_.next = facts_.next;
    ColumnsBuilder builder(facts_.settings, Catalog::Build(loaded_.products));
    AddUsers(builder, executor);
    AddGroups(builder);
    AddMemberships(builder);
    AddAssignments(builder);
    SEATWISE_CHECK(builder.Finish(executor).empty()) << "a key twice";
    loaded_.columns = std::move(builder).Take();
    return std::move(loaded_);
  }

 private:
  void AddUsers(ColumnsBuilder& builder, Executor& executor);
  void AddGroups(ColumnsBuilder& builder);
  void AddMemberships(ColumnsBuilder& builder);
  void AddAssignments(ColumnsBuilder& builder);
  SkuNo RankOf(const ColumnsBuilder& builder, SkuNo sku) const {
    return builder.catalog().FindSku(facts_.catalog().sku(sku).id.value()).value();
  }
  PlanBits DisabledOf(const ColumnsBuilder& builder, const LiveAssignment& assignment);

  const LiveFacts& facts_;
  LoadedFacts loaded_;
  std::vector<UserNo> user_rank_;                                        // By number.
  std::vector<GroupNo> group_rank_;                                      // By number.
  absl::flat_hash_map<const PlanSet*, std::vector<uint64_t>> disabled_;  // Over ranked plans.
};

void Unloader::AddUsers(ColumnsBuilder& builder, Executor& executor) {
  StringColumn ids;
  std::vector<Location> locations;
  user_rank_.resize(facts_.users.size());
  facts_.user_order.ForEach([&](const OrderedNumber& entry) {
    const UserRecord& user = *facts_.users[entry.number];
    const UserNo rank = static_cast<UserNo>(ids.size());
    user_rank_[entry.number] = rank;
    loaded_.user_number.push_back(entry.number);
    ids.Add(user.id());
    locations.push_back(user.usage_location());
    loaded_.created_at.push_back(user.created_at());
    loaded_.accounts.push_back(user.account());
    for (size_t i = 0; i < user.addresses(); ++i) {
      loaded_.addresses.address.Add(user.address(i));
      loaded_.addresses.user.push_back(rank);
    }
  });
  SEATWISE_CHECK(
      builder.SetUsers(std::move(ids), locations, loaded_.created_at, loaded_.addresses, executor)
          .empty());
}

void Unloader::AddGroups(ColumnsBuilder& builder) {
  StringColumn ids;
  group_rank_.resize(facts_.groups.size());
  facts_.group_order.ForEach([&](const OrderedNumber& entry) {
    group_rank_[entry.number] = static_cast<GroupNo>(ids.size());
    loaded_.group_number.push_back(entry.number);
    ids.Add(facts_.GroupIdOf(entry.number));
  });
  SEATWISE_CHECK(builder.SetGroups(std::move(ids)).empty());
}

void Unloader::AddMemberships(ColumnsBuilder& builder) {
  MembershipBatch batch;
  facts_.users.ForEach([&](uint32_t number, const Ref<UserRecord>& user) {
    if (!user) return;
    for (size_t i = 0; i < user->groups().size(); ++i) {
      batch.user.push_back(user_rank_[number]);
      batch.group.push_back(group_rank_[user->groups()[i]]);
      batch.added_at.push_back(user->added_at()[i]);
    }
  });
  builder.AddMemberships(std::move(batch));
  facts_.groups.ForEach([&](uint32_t number, const Ref<GroupRecord>& group) {
    if (!group) return;
    for (const GroupLink& child : group->children) {
      builder.AddEdge({.parent = group_rank_[number],
                       .child = group_rank_[child.group],
                       .added_at = child.added_at});
    }
  });
}

PlanBits Unloader::DisabledOf(const ColumnsBuilder& builder, const LiveAssignment& assignment) {
  const PlanSet* set = assignment.disabled.get();
  std::vector<uint64_t>& bits = disabled_[set];
  if (bits.empty()) {
    bits.resize(builder.catalog().words());
    if (set != nullptr) {
      ForEachPlan(set->bits, [&](PlanNo plan) {
        Insert(absl::MakeSpan(bits),
               builder.catalog().FindPlan(facts_.catalog().plan(plan).id.value()).value());
      });
    }
  }
  return bits;
}

void Unloader::AddAssignments(ColumnsBuilder& builder) {
  facts_.groups.ForEach([&](uint32_t number, const Ref<GroupRecord>& group) {
    if (!group) return;
    for (const LiveAssignment& row : group->assignments) {
      builder.AddInherited(group_rank_[number], RankOf(builder, row.sku), DisabledOf(builder, row),
                           row.priority, row.assigned_at);
    }
  });
  facts_.users.ForEach([&](uint32_t number, const Ref<UserRecord>& user) {
    if (!user) return;
    for (const DirectAssignment& direct : user->direct()) {
      const LiveAssignment& row = direct.assignment;
      builder.AddDirect(user_rank_[number], RankOf(builder, row.sku), DisabledOf(builder, row),
                        row.priority, row.assigned_at);
    }
  });
}

}  // namespace

LoadedFacts UnloadLiveFacts(const LiveFacts& facts, Executor& executor) {
  return Unloader(facts).Unload(executor);
}

}  // namespace seatwise
