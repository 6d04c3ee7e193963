// Memberships arrive as (user, group, time) rows, in the order of a file or group by group, and
// leave as lists by user: a counting sort by user (one histogram, one scatter), then each user's
// short list is sorted by group.
//
//   batches  user  2 0 2        first_membership  0 1 1 3
//            group 7 5 3   ->   membership_group  5 3 7
//
// Both passes are split by rows: each part counts for itself, and so knows a place of its own in
// each user's list. Groups that come as runs are taken in their order, and lists are sorted then.
#include "engine/model/columns_builder.h"

#include <algorithm>
#include <functional>
#include <numeric>
#include <tuple>

#include "absl/container/inlined_vector.h"
#include "absl/types/span.h"
#include "base/prefetch.h"

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

// Consecutive rows of a batch: of one group, or each of its own.
struct Piece {
  GroupNo group = 0;
  const GroupNo* groups = nullptr;  // By row, if there are several.
  const UserNo* user = nullptr;
  const Time* added_at = nullptr;
  size_t rows = 0;

  Piece Slice(size_t begin, size_t end) const {
    return {group, groups == nullptr ? nullptr : groups + begin, user + begin, added_at + begin,
            end - begin};
  }
};

// All rows; runs by group.
std::vector<Piece> PiecesOf(const std::vector<MembershipBatch>& batches) {
  std::vector<Piece> pieces;
  for (const MembershipBatch& batch : batches) {
    if (batch.runs.empty()) {
      pieces.push_back(
          {0, batch.group.data(), batch.user.data(), batch.added_at.data(), batch.user.size()});
    }
    size_t begin = 0;
    for (const MembershipBatch::Run& run : batch.runs) {
      pieces.push_back({run.group, nullptr, batch.user.data() + begin,
                        batch.added_at.data() + begin, run.end - begin});
      begin = run.end;
    }
  }
  std::stable_sort(pieces.begin(), pieces.end(),
                   [](const Piece& a, const Piece& b) { return a.group < b.group; });
  return pieces;
}

// Visits the rows [begin, end) of all pieces together.
template <typename Visit>
void ForEachSlice(const std::vector<Piece>& pieces, size_t begin, size_t end, Visit visit) {
  size_t first = 0;
  for (const Piece& piece : pieces) {
    const size_t from = std::max(begin, first);
    const size_t to = std::min(end, first + piece.rows);
    if (from < to) visit(piece.Slice(from - first, to - first));
    first += piece.rows;
  }
}

// Makes room in a new vector. Memory that nobody used lately comes from the machine page by page,
// at about a gigabyte a second: all threads fetch it.
template <typename T>
void ResizeByAll(Executor& executor, std::vector<T>& items, size_t size) {
  constexpr size_t kPage = 4096;
  items.reserve(size);
  auto* bytes = reinterpret_cast<volatile char*>(items.data());
  ParallelShards(executor, size * sizeof(T), [&](Shard shard) {
    for (size_t byte = shard.begin; byte < shard.end; byte += kPage) bytes[byte] = 0;
  });
  items.resize(size);
}

// Where the next membership of each user goes.
using Places = std::vector<uint32_t>;

// Writes rows to their places. Those of a few rows ahead are fetched: nobody can foresee them.
void Scatter(const Piece& piece, Places& next, GroupNo* group, Time* added_at) {
  constexpr size_t kAhead = 16;
  for (size_t i = 0; i < piece.rows; ++i) {
    if (i + kAhead < piece.rows) {
      const uint32_t ahead = next[piece.user[i + kAhead]];
      PrefetchLineToWrite(group + ahead);
      PrefetchLineToWrite(added_at + ahead);
    }
    const uint32_t place = next[piece.user[i]]++;
    group[place] = piece.groups == nullptr ? piece.group : piece.groups[i];
    added_at[place] = piece.added_at[i];
  }
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

std::vector<uint32_t> ColumnsBuilder::SetUsers(StringColumn ids,
                                               const std::vector<Location>& locations,
                                               const std::vector<Time>& created_at,
                                               const AddressColumn& addresses, Executor& executor) {
  IdTable::Built built;
  std::vector<uint32_t> shared;
  executor.Run(2, [&](int task) {
    if (task == 0) built = IdTable::Build(std::move(ids));
    if (task == 1) shared = SharedAddresses(addresses.address);
  });
  return SetUsers(std::move(built), locations, created_at, addresses, shared);
}

std::vector<uint32_t> ColumnsBuilder::SetUsers(IdTable::Built ids,
                                               const std::vector<Location>& locations,
                                               const std::vector<Time>& created_at,
                                               const AddressColumn& addresses,
                                               absl::Span<const uint32_t> shared) {
  columns_.users = std::move(ids.table);
  columns_.usage_location.resize(columns_.users.size());
  for (size_t i = 0; i < locations.size(); ++i) {
    columns_.usage_location[ids.number_of[i]] = locations[i];
  }
  if (ids.repeated.empty()) {
    columns_.clashes = FindAddressClashes(addresses, shared, created_at, ids.number_of);
  }
  return std::move(ids.repeated);
}

std::vector<uint32_t> ColumnsBuilder::SetGroups(StringColumn ids) {
  IdTable::Built built = IdTable::Build(std::move(ids));
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

void ColumnsBuilder::GatherMemberships(Executor& executor) {
  const std::vector<Piece> pieces = PiecesOf(batches_);
  const size_t users = columns_.users.size();
  size_t rows = 0;
  for (const Piece& piece : pieces) rows += piece.rows;
  // Counting by user costs each part as much memory as there are users: no more than a row has.
  const size_t parts =
      std::clamp<size_t>(rows / (users + 1), 1, static_cast<size_t>(executor.threads()));
  std::vector<Places> next(parts);
  const auto for_each_slice = [&](int part, auto visit) {
    const size_t i = static_cast<size_t>(part);
    ForEachSlice(pieces, rows * i / parts, rows * (i + 1) / parts,
                 [&](const Piece& slice) { visit(slice, next[i]); });
  };
  executor.Run(static_cast<int>(parts), [&](int part) {
    next[static_cast<size_t>(part)].resize(users);
    for_each_slice(part, [](const Piece& slice, Places& count) {
      for (size_t i = 0; i < slice.rows; ++i) ++count[slice.user[i]];
    });
  });
  std::vector<uint32_t>& first = columns_.first_membership;
  first.assign(users + 1, 0);
  for (size_t user = 0; user < users; ++user) {
    uint32_t place = first[user];
    for (Places& of_part : next) place += std::exchange(of_part[user], place);
    first[user + 1] = place;
  }
  ResizeByAll(executor, columns_.membership_group, rows);
  ResizeByAll(executor, columns_.membership_added_at, rows);
  executor.Run(static_cast<int>(parts), [&](int part) {
    for_each_slice(part, [&](const Piece& slice, Places& places) {
      Scatter(slice, places, columns_.membership_group.data(), columns_.membership_added_at.data());
    });
  });
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
  GatherMemberships(executor);
  SortMemberships(executor, repeats);
  SortEdges(repeats);
  repeats.direct = SortAssignments(std::move(direct_), columns_.users.size(), columns_.first_direct,
                                   columns_.direct);
  repeats.inherited = SortAssignments(std::move(inherited_), columns_.groups.size(),
                                      columns_.first_inherited, columns_.inherited);
  return repeats;
}

}  // namespace seatwise
