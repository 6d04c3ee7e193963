// Memberships arrive as (user, group, time) triples in file order and leave as lists by user: a
// counting sort by user (one histogram, one scatter), then each user's short list is sorted by
// group.
//
//   batches  user  2 0 2        first_membership  0 1 1 3
//            group 7 5 3   ->   membership_group  5 3 7
#include "engine/model/columns_builder.h"

#include <algorithm>
#include <functional>
#include <numeric>
#include <tuple>

#include "absl/container/inlined_vector.h"
#include "absl/types/span.h"

namespace seatwise {
namespace {

// Lists the repeated keys among neighbours; each once.
template <typename Rows, typename KeyOf, typename Key>
void FindRepeats(const Rows& rows, KeyOf key_of, std::vector<Key>& repeats) {
  for (size_t i = 1; i < rows.size(); ++i) {
    const Key key = key_of(rows[i]);
    if (key != key_of(rows[i - 1])) continue;
    if (repeats.empty() || repeats.back() != key) repeats.push_back(key);
  }
}

// Turns counts, where the count of list i stands at i + 1, into the places where lists begin.
void AddUp(std::vector<uint32_t>& first) {
  std::partial_sum(first.begin(), first.end(), first.begin());
}

using MembershipKey = std::pair<GroupNo, UserNo>;

// Sorts one user's memberships by group, the times along with them. Most lists arrive sorted.
void SortList(UserNo user, absl::Span<GroupNo> groups, absl::Span<Time> added_at,
              std::vector<MembershipKey>& repeats) {
  if (std::adjacent_find(groups.begin(), groups.end(), std::greater_equal<>()) == groups.end()) {
    return;
  }
  absl::InlinedVector<std::pair<GroupNo, Time>, 64> list;
  for (size_t i = 0; i < groups.size(); ++i) list.emplace_back(groups[i], added_at[i]);
  std::sort(list.begin(), list.end());
  for (size_t i = 0; i < groups.size(); ++i) std::tie(groups[i], added_at[i]) = list[i];
  FindRepeats(list, [&](const auto& row) { return MembershipKey(row.first, user); }, repeats);
}

// Sorts assignments into lists by principal and answers the keys that repeat.
std::vector<std::pair<uint32_t, SkuNo>> SortAssignments(std::vector<PendingAssignment> pending,
                                                        size_t principals,
                                                        std::vector<uint32_t>& first,
                                                        std::vector<AssignmentRow>& rows) {
  const auto key_of = [](const PendingAssignment& p) { return std::pair(p.principal, p.row.sku); };
  std::sort(pending.begin(), pending.end(),
            [&](const auto& a, const auto& b) { return key_of(a) < key_of(b); });
  std::vector<std::pair<uint32_t, SkuNo>> repeats;
  FindRepeats(pending, key_of, repeats);
  first.assign(principals + 1, 0);
  rows.reserve(pending.size());
  for (const PendingAssignment& p : pending) {
    ++first[p.principal + 1];
    rows.push_back(p.row);
  }
  AddUp(first);
  return repeats;
}

}  // namespace

ColumnsBuilder::ColumnsBuilder(const TenantSettings& settings, Catalog catalog) {
  columns_.settings = settings;
  columns_.catalog = std::move(catalog);
  columns_.plan_sets = PlanSetTable(columns_.catalog.words());
  scratch_.resize(columns_.catalog.words());
  no_plans_ = columns_.plan_sets.Intern(scratch_);
}

std::vector<uint32_t> ColumnsBuilder::SetUsers(const StringColumn& ids,
                                               const std::vector<Location>& locations,
                                               const std::vector<Time>& created_at,
                                               const AddressColumn& addresses) {
  IdTable::Built built = IdTable::Build(ids);
  columns_.users = std::move(built.table);
  columns_.usage_location.resize(columns_.users.size());
  for (size_t i = 0; i < ids.size(); ++i) {
    columns_.usage_location[built.number_of[i]] = locations[i];
  }
  if (built.repeated.empty()) {
    columns_.clashes = FindAddressClashes(addresses, created_at, built.number_of);
  }
  return std::move(built.repeated);
}

std::vector<uint32_t> ColumnsBuilder::SetGroups(const StringColumn& ids) {
  IdTable::Built built = IdTable::Build(ids);
  columns_.groups = std::move(built.table);
  return std::move(built.repeated);
}

AssignmentRow ColumnsBuilder::MakeRow(SkuNo sku, PlanBits disabled_plans, int32_t priority,
                                      Time assigned_at) {
  const PlanBits plans = columns_.catalog.user_plans(sku);
  for (size_t i = 0; i < plans.size(); ++i) scratch_[i] = plans[i] & ~disabled_plans[i];
  return {
      .sku = sku,
      .plans = columns_.plan_sets.Intern(scratch_),
      .disabled = IsEmpty(disabled_plans) ? no_plans_ : columns_.plan_sets.Intern(disabled_plans),
      .priority = priority,
      .assigned_at = assigned_at};
}

void ColumnsBuilder::AddDirect(UserNo user, SkuNo sku, PlanBits disabled_plans, int32_t priority,
                               Time assigned_at) {
  direct_.push_back({user, MakeRow(sku, disabled_plans, priority, assigned_at)});
}

void ColumnsBuilder::AddInherited(GroupNo group, SkuNo sku, PlanBits disabled_plans,
                                  int32_t priority, Time assigned_at) {
  inherited_.push_back({group, MakeRow(sku, disabled_plans, priority, assigned_at)});
}

void ColumnsBuilder::GatherMemberships() {
  std::vector<uint32_t>& first = columns_.first_membership;
  first.assign(columns_.users.size() + 1, 0);
  for (const MembershipBatch& batch : batches_) {
    for (UserNo user : batch.user) ++first[user + 1];
  }
  AddUp(first);
  columns_.membership_group.resize(first.back());
  columns_.membership_added_at.resize(first.back());
  std::vector<uint32_t> next(first.begin(), first.end() - 1);
  for (MembershipBatch& batch : batches_) {
    for (size_t i = 0; i < batch.user.size(); ++i) {
      const uint32_t place = next[batch.user[i]]++;
      columns_.membership_group[place] = batch.group[i];
      columns_.membership_added_at[place] = batch.added_at[i];
    }
    batch = {};  // Frees the triples as their copies appear.
  }
  batches_.clear();
}

void ColumnsBuilder::SortMemberships(Executor& executor, Repeats& repeats) {
  std::vector<std::vector<MembershipKey>> found(static_cast<size_t>(executor.threads()));
  ParallelShards(executor, columns_.users.size(), [&](Shard shard) {
    for (size_t user = shard.begin; user < shard.end; ++user) {
      const uint32_t begin = columns_.first_membership[user];
      const uint32_t size = columns_.first_membership[user + 1] - begin;
      SortList(static_cast<UserNo>(user),
               absl::MakeSpan(columns_.membership_group).subspan(begin, size),
               absl::MakeSpan(columns_.membership_added_at).subspan(begin, size),
               found[static_cast<size_t>(shard.index)]);
    }
  });
  for (const std::vector<MembershipKey>& keys : found) {
    repeats.memberships.insert(repeats.memberships.end(), keys.begin(), keys.end());
  }
  std::sort(repeats.memberships.begin(), repeats.memberships.end());
}

void ColumnsBuilder::SortEdges(Repeats& repeats) {
  const auto key_of = [](const GroupEdge& edge) { return std::pair(edge.parent, edge.child); };
  std::sort(columns_.edges.begin(), columns_.edges.end(),
            [&](const GroupEdge& a, const GroupEdge& b) { return key_of(a) < key_of(b); });
  FindRepeats(columns_.edges, key_of, repeats.edges);
}

ColumnsBuilder::Repeats ColumnsBuilder::Finish(Executor& executor) {
  Repeats repeats;
  GatherMemberships();
  SortMemberships(executor, repeats);
  SortEdges(repeats);
  repeats.direct = SortAssignments(std::move(direct_), columns_.users.size(), columns_.first_direct,
                                   columns_.direct);
  repeats.inherited = SortAssignments(std::move(inherited_), columns_.groups.size(),
                                      columns_.first_inherited, columns_.inherited);
  return repeats;
}

}  // namespace seatwise
