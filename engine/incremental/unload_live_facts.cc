// A plan for very many users waits for this, so users are read by all threads, and records fetched
// before they are read: in the order of ids they lie anywhere.
#include "engine/incremental/unload_live_facts.h"

#include <cstdint>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "base/check.h"
#include "base/prefetch.h"
#include "engine/model/columns_builder.h"

namespace seatwise {
namespace {

constexpr size_t kAhead = 16;  // Users.

// The texts of users whose ids follow each other.
struct UserTexts {
  StringColumn ids;
  AddressColumn addresses;
};

// What users with numbers that follow each other are in, and who of them has assignments.
struct UserLinks {
  MembershipBatch memberships;
  std::vector<uint32_t> with_direct;
};

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
    AddMemberships(builder, executor);
    AddEdges(builder);
    AddAssignments(builder);
    SEATWISE_CHECK(builder.Finish(executor).empty()) << "a key twice";
    loaded_.columns = std::move(builder).Take();
    return std::move(loaded_);
  }

 private:
  void AddUsers(ColumnsBuilder& builder, Executor& executor);
  void AddGroups(ColumnsBuilder& builder);
  void AddMemberships(ColumnsBuilder& builder, Executor& executor);
  void AddEdges(ColumnsBuilder& builder);
  void AddAssignments(ColumnsBuilder& builder);
  UserLinks LinksOf(Shard numbers) const;
  SkuNo RankOf(const ColumnsBuilder& builder, SkuNo sku) const {
    return builder.catalog().FindSku(facts_.catalog().sku(sku).id.value()).value();
  }
  PlanBits DisabledOf(const ColumnsBuilder& builder, const LiveAssignment& assignment);

  const LiveFacts& facts_;
  LoadedFacts loaded_;
  std::vector<UserNo> user_rank_;                                        // By number.
  std::vector<GroupNo> group_rank_;                                      // By number.
  std::vector<uint32_t> with_direct_;                                    // Numbers of users.
  absl::flat_hash_map<const PlanSet*, std::vector<uint64_t>> disabled_;  // Over ranked plans.
};

void Unloader::AddUsers(ColumnsBuilder& builder, Executor& executor) {
  std::vector<uint32_t>& numbers = loaded_.user_number;
  numbers.reserve(facts_.user_order.size());
  facts_.user_order.ForEach([&](const OrderedNumber& entry) { numbers.push_back(entry.number); });
  user_rank_.resize(facts_.users.size());
  std::vector<Location> locations(numbers.size());
  loaded_.created_at.resize(numbers.size());
  loaded_.accounts.resize(numbers.size());
  std::vector<UserTexts> parts(static_cast<size_t>(executor.threads()));
  ParallelShards(executor, numbers.size(), [&](Shard ranks) {
    UserTexts texts;
    for (size_t rank = ranks.begin; rank < ranks.end; ++rank) {
      if (rank + kAhead < ranks.end) PrefetchLine(facts_.users[numbers[rank + kAhead]].get());
      const UserRecord& user = *facts_.users[numbers[rank]];
      user_rank_[numbers[rank]] = static_cast<UserNo>(rank);
      texts.ids.Add(user.id());
      locations[rank] = user.usage_location();
      loaded_.created_at[rank] = user.created_at();
      loaded_.accounts[rank] = user.account();
      for (size_t i = 0; i < user.addresses(); ++i) {
        texts.addresses.address.Add(user.address(i));
        texts.addresses.user.push_back(static_cast<UserNo>(rank));
      }
    }
    parts[static_cast<size_t>(ranks.index)] = std::move(texts);
  });
  StringColumn ids;
  AddressColumn& addresses = loaded_.addresses;
  for (const UserTexts& part : parts) {
    ids.Append(part.ids);
    addresses.address.Append(part.addresses.address);
    addresses.user.insert(addresses.user.end(), part.addresses.user.begin(),
                          part.addresses.user.end());
  }
  SEATWISE_CHECK(
      builder.SetUsers(std::move(ids), locations, loaded_.created_at, addresses, executor).empty());
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

UserLinks Unloader::LinksOf(Shard numbers) const {
  UserLinks links;
  size_t count = 0;
  for (size_t number = numbers.begin; number < numbers.end; ++number) {
    const UserRecord* user = facts_.users[static_cast<uint32_t>(number)].get();
    if (user != nullptr) count += user->groups().size();
  }
  links.memberships.user.reserve(count);
  links.memberships.group.reserve(count);
  links.memberships.added_at.reserve(count);
  for (size_t number = numbers.begin; number < numbers.end; ++number) {
    const UserRecord* user = facts_.users[static_cast<uint32_t>(number)].get();
    if (user == nullptr) continue;
    if (!user->direct().empty()) links.with_direct.push_back(static_cast<uint32_t>(number));
    for (size_t i = 0; i < user->groups().size(); ++i) {
      links.memberships.user.push_back(user_rank_[number]);
      links.memberships.group.push_back(group_rank_[user->groups()[i]]);
      links.memberships.added_at.push_back(user->added_at()[i]);
    }
  }
  return links;
}

void Unloader::AddMemberships(ColumnsBuilder& builder, Executor& executor) {
  std::vector<UserLinks> parts(static_cast<size_t>(executor.threads()));
  ParallelShards(executor, facts_.users.size(), [&](Shard numbers) {
    parts[static_cast<size_t>(numbers.index)] = LinksOf(numbers);
  });
  for (UserLinks& part : parts) {
    builder.AddMemberships(std::move(part.memberships));
    with_direct_.insert(with_direct_.end(), part.with_direct.begin(), part.with_direct.end());
  }
}

void Unloader::AddEdges(ColumnsBuilder& builder) {
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
  for (uint32_t number : with_direct_) {
    for (const DirectAssignment& direct : facts_.users[number]->direct()) {
      const LiveAssignment& row = direct.assignment;
      builder.AddDirect(user_rank_[number], RankOf(builder, row.sku), DisabledOf(builder, row),
                        row.priority, row.assigned_at);
    }
  }
}

}  // namespace

LoadedFacts UnloadLiveFacts(const LiveFacts& facts, Executor& executor) {
  return Unloader(facts).Unload(executor);
}

}  // namespace seatwise
