// Everything is built in bulk: groups with what they ask for, then users, then the lists and
// indexes that lead from one to the other, each sorted once. What there is one of for each user is
// made on threads.
//
// Users come in the order of their ids and are made in the order of their numbers, since that is
// the order in which changes of many users meet them later: their records then lie side by side.
// So the columns are read at places that nobody can foresee, and a block of users is looked up at a
// time, to wait for memory once a block.
#include "engine/incremental/load_live_facts.h"

#include <algorithm>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "base/prefetch.h"
#include "engine/incremental/hash_index.h"
#include "engine/incremental/live_addresses.h"
#include "engine/incremental/live_nesting.h"
#include "engine/incremental/parallel_leaves.h"

namespace seatwise {
namespace {

// The indexes of the ids of one kind.
HashIndex HashesOf(const IdTable& ids, const std::vector<uint32_t>& number) {
  std::vector<HashedNumber> hashes(ids.size());
  for (size_t rank = 0; rank < ids.size(); ++rank) {
    hashes[rank] = {HashOfText(ids[rank]), number[rank]};
  }
  return HashIndex(hashes);
}

OrderIndex OrderOf(const IdTable& ids, const std::vector<uint32_t>& number) {
  std::vector<OrderedNumber> by_id(ids.size());
  for (size_t rank = 0; rank < ids.size(); ++rank) {
    by_id[rank] = {PrefixOf(ids[rank]), number[rank]};
  }
  return OrderIndex::BuildSorted(by_id);
}

constexpr UserNo kNobody = 0xffffffff;

// Where the addresses of each user begin, by rank, and one past the end.
std::vector<uint32_t> FirstAddresses(const LoadedFacts& loaded) {
  std::vector<uint32_t> first(loaded.columns.users.size() + 1);
  for (uint32_t rank : loaded.addresses.user) ++first[rank + 1];
  std::partial_sum(first.begin(), first.end(), first.begin());
  return first;
}

using DirectLists = absl::flat_hash_map<UserNo, Ref<DirectList>>;  // By rank.

// Makes records of users. One thread.
class RecordMaker {
 public:
  // Up to how many users are looked up at a time.
  static constexpr size_t kBlock = 32;

  RecordMaker(const LoadedFacts& loaded, const std::vector<uint32_t>& first_address,
              const DirectLists& direct)
      : loaded_(loaded), columns_(loaded.columns), first_address_(first_address), direct_(direct) {}

  // The records of at most kBlock users; nothing for kNobody. Valid until the next call.
  absl::Span<Ref<UserRecord>> Make(absl::Span<const UserNo> ranks) {
    for (UserNo rank : ranks) {
      if (rank != kNobody) Prefetch(rank);
    }
    users_.clear();
    for (UserNo rank : ranks) users_.push_back(rank == kNobody ? UserView() : LookUp(rank));
    records_.clear();
    for (size_t i = 0; i < ranks.size(); ++i) {
      records_.push_back(ranks[i] == kNobody ? Ref<UserRecord>() : MakeOne(ranks[i], users_[i]));
    }
    return absl::MakeSpan(records_);
  }

 private:
  // What lies in the columns by user.
  void Prefetch(UserNo rank) const {
    PrefetchLine(&columns_.first_membership[rank]);
    PrefetchLine(&columns_.first_direct[rank]);
    PrefetchLine(&columns_.usage_location[rank]);
    PrefetchLine(&loaded_.created_at[rank]);
    PrefetchLine(&first_address_[rank]);
  }

  // Takes what lies there, and fetches the rest.
  UserView LookUp(UserNo rank) const {
    const absl::Span<const GroupNo> groups = columns_.GroupsOf(rank);
    const absl::Span<const Time> added_at = columns_.AddedAt(rank);
    PrefetchBytes(groups.data(), groups.size() * sizeof(GroupNo));
    PrefetchBytes(added_at.data(), added_at.size() * sizeof(Time));
    const absl::string_view id = columns_.users[rank];
    PrefetchLine(id.data());
    return {.id = id,
            .usage_location = columns_.usage_location[rank],
            .created_at = loaded_.created_at[rank]};
  }

  Ref<UserRecord> MakeOne(UserNo rank, UserView user) {
    SortGroups(rank);
    std::vector<std::string> addresses;
    for (uint32_t i = first_address_[rank]; i < first_address_[rank + 1]; ++i) {
      addresses.emplace_back(loaded_.addresses.address[i]);
    }
    const PackedAddresses packed = PackAddresses(std::move(addresses));
    user.address_clash = !columns_.ClashesOf(rank).empty();
    if (rank < loaded_.accounts.size()) user.account = loaded_.accounts[rank];
    user.groups = groups_;
    user.added_at = added_at_;
    user.address_text = packed.text;
    user.address_ends = packed.ends;
    if (!columns_.DirectOf(rank).empty()) user.direct = direct_.at(rank);
    return UserRecord::Make(user);
  }

  // By stored number.
  void SortGroups(UserNo rank) {
    const absl::Span<const GroupNo> groups = columns_.GroupsOf(rank);
    links_.clear();
    for (size_t i = 0; i < groups.size(); ++i) {
      links_.push_back({loaded_.group_number[groups[i]], columns_.AddedAt(rank)[i]});
    }
    std::sort(links_.begin(), links_.end(),
              [](const GroupLink& a, const GroupLink& b) { return a.group < b.group; });
    groups_.clear();
    added_at_.clear();
    for (const GroupLink& link : links_) {
      groups_.push_back(link.group);
      added_at_.push_back(link.added_at);
    }
  }

  const LoadedFacts& loaded_;
  const Columns& columns_;
  const std::vector<uint32_t>& first_address_;
  const DirectLists& direct_;
  std::vector<UserView> users_;
  std::vector<Ref<UserRecord>> records_;
  std::vector<GroupLink> links_;
  std::vector<uint32_t> groups_;
  std::vector<Time> added_at_;
};

class Loader {
 public:
  Loader(const LoadedFacts& loaded, Executor& executor)
      : loaded_(loaded), columns_(loaded.columns), executor_(executor) {}

  LiveFacts Load() {
    facts_.settings = columns_.settings;
    facts_.products = LiveProducts(loaded_.products);
    facts_.next = loaded_.next;
    facts_.sources.Resize(static_cast<uint32_t>(columns_.catalog.skus()));
    facts_.direct_shapes.Resize(static_cast<uint32_t>(columns_.catalog.skus()));
    disabled_.resize(columns_.plan_sets.size());
    AddGroups();
    AddCarriers();
    AddSources();
    AddUsers();
    AddMembers();
    AddIndexes();
    return std::move(facts_);
  }

 private:
  LiveAssignment Convert(const AssignmentRow& row);
  std::vector<LiveAssignment> Convert(absl::Span<const AssignmentRow> rows);
  std::vector<GroupRecord> GroupRecords();
  void AddGroups();
  void AddCarriers();
  Ref<DirectList> DirectOf(UserNo rank);
  void AddSources();
  void AddUsers();
  void AddMembers();
  void AddIndexes();

  const LoadedFacts& loaded_;
  const Columns& columns_;
  Executor& executor_;
  LiveFacts facts_;
  std::vector<Ref<PlanSet>> disabled_;  // By number in columns_.plan_sets; made when needed.
  absl::flat_hash_map<std::pair<SkuNo, uint32_t>, Ref<ClaimShape>> direct_shapes_;
  DirectLists direct_;
};

LiveAssignment Loader::Convert(const AssignmentRow& row) {
  const PlanBits bits = columns_.plan_sets[row.disabled];
  Ref<PlanSet>& disabled = disabled_[row.disabled];
  if (!disabled && !IsEmpty(bits)) {
    PlanSet set;
    set.bits.assign(bits.begin(), bits.end());
    disabled = Ref<PlanSet>::Make(std::move(set));
  }
  return {.sku = row.sku,
          .priority = row.priority,
          .assigned_at = row.assigned_at,
          .disabled = disabled};
}

std::vector<LiveAssignment> Loader::Convert(absl::Span<const AssignmentRow> rows) {
  std::vector<LiveAssignment> assignments;
  for (const AssignmentRow& row : rows) assignments.push_back(Convert(row));
  return assignments;
}

// By rank.
std::vector<GroupRecord> Loader::GroupRecords() {
  std::vector<GroupRecord> records(columns_.groups.size());
  for (GroupNo rank = 0; rank < records.size(); ++rank) {
    records[rank].id = GroupId(columns_.groups[rank]);
    records[rank].assignments = Convert(columns_.AssignmentsOf(rank));
  }
  for (const GroupEdge& edge : columns_.edges) {
    const uint32_t parent = loaded_.group_number[edge.parent];
    const uint32_t child = loaded_.group_number[edge.child];
    records[edge.parent].children.push_back({child, edge.added_at});
    records[edge.child].parents.push_back({parent, edge.added_at});
  }
  const auto by_group = [](const GroupLink& a, const GroupLink& b) { return a.group < b.group; };
  for (GroupRecord& record : records) {
    std::sort(record.children.begin(), record.children.end(), by_group);
    std::sort(record.parents.begin(), record.parents.end(), by_group);
  }
  return records;
}

void Loader::AddGroups() {
  facts_.groups.Resize(loaded_.next.group);
  facts_.shapes.Resize(loaded_.next.group);
  facts_.carriers.Resize(loaded_.next.group);
  facts_.members.Resize(loaded_.next.group);
  facts_.group_count = static_cast<uint32_t>(columns_.groups.size());
  std::vector<GroupRecord> records = GroupRecords();
  for (GroupNo rank = 0; rank < records.size(); ++rank) {
    const uint32_t number = loaded_.group_number[rank];
    if (!records[rank].assignments.empty()) {
      facts_.shapes.Set(number,
                        MakeGroupShapes(facts_.products, facts_.settings.assignment_mode, number,
                                        columns_.groups[rank], records[rank].assignments));
    }
    facts_.groups.Set(number, Ref<GroupRecord>::Make(std::move(records[rank])));
  }
}

void Loader::AddCarriers() {
  std::vector<CarrierList> lists(loaded_.next.group);
  NestingSearch search(facts_);
  facts_.shapes.ForEach([&](uint32_t licensed, const Ref<GroupShapes>& shapes) {
    if (!shapes) return;
    for (const GroupLink& reached : search.From(licensed)) {
      lists[reached.group].list.push_back({licensed, reached.added_at});
    }
  });
  for (uint32_t group = 0; group < lists.size(); ++group) {
    if (lists[group].list.empty()) continue;
    lists[group].list.shrink_to_fit();
    facts_.carriers.Set(group, Ref<CarrierList>::Make(std::move(lists[group])));
  }
}

Ref<DirectList> Loader::DirectOf(UserNo rank) {
  DirectList direct;
  for (const AssignmentRow& row : columns_.DirectOf(rank)) {
    const LiveAssignment assignment = Convert(row);
    Ref<ClaimShape>& shape = direct_shapes_[{row.sku, row.plans}];
    if (!shape) {
      shape = MakeShape(facts_.products, Shape::kDirect, absl::MakeConstSpan(&assignment, 1));
      Ref<ShapeList>& shared = facts_.direct_shapes.Mutable(row.sku);
      if (!shared) shared = Ref<ShapeList>::Make();
      Own(shared).list.push_back(shape);
    }
    direct.list.push_back({assignment, shape});
  }
  return Ref<DirectList>::Make(std::move(direct));
}

void Loader::AddSources() {
  std::vector<std::vector<uint32_t>> groups(columns_.catalog.skus());
  std::vector<std::vector<uint32_t>> users(columns_.catalog.skus());
  facts_.groups.ForEach([&](uint32_t number, const Ref<GroupRecord>& group) {
    if (!group) return;
    for (const LiveAssignment& row : group->assignments) groups[row.sku].push_back(number);
  });
  for (UserNo rank = 0; rank < columns_.users.size(); ++rank) {
    if (columns_.DirectOf(rank).empty()) continue;
    for (const AssignmentRow& row : columns_.DirectOf(rank)) {
      users[row.sku].push_back(loaded_.user_number[rank]);
    }
    direct_[rank] = DirectOf(rank);
  }
  for (SkuNo sku = 0; sku < groups.size(); ++sku) {
    std::sort(users[sku].begin(), users[sku].end());
    facts_.sources.Set(sku, {.groups = PersistentTree<uint32_t>::BuildSorted(groups[sku]),
                             .users = PersistentTree<uint32_t>::BuildSorted(users[sku])});
  }
}

void Loader::AddUsers() {
  std::vector<UserNo> rank_of(loaded_.next.user, kNobody);
  for (UserNo rank = 0; rank < columns_.users.size(); ++rank) {
    rank_of[loaded_.user_number[rank]] = rank;
  }
  const std::vector<uint32_t> first_address = FirstAddresses(loaded_);
  facts_.user_count = static_cast<uint32_t>(columns_.users.size());
  facts_.users.Resize(loaded_.next.user);
  ParallelLeaves(executor_, facts_.users, [&](Shard shard) {
    RecordMaker maker(loaded_, first_address, direct_);
    for (size_t begin = shard.begin; begin < shard.end; begin += RecordMaker::kBlock) {
      const size_t count = std::min(RecordMaker::kBlock, shard.end - begin);
      const auto records = maker.Make(absl::MakeConstSpan(rank_of).subspan(begin, count));
      for (size_t i = 0; i < count; ++i) {
        facts_.users.Mutable(static_cast<uint32_t>(begin + i)) = std::move(records[i]);
      }
    }
  });
}

// A counting sort by group; users come ascending. Each thread has places of its own for its users.
void Loader::AddMembers() {
  const size_t groups = loaded_.next.group;
  std::vector<std::vector<uint32_t>> next(static_cast<size_t>(executor_.threads()));
  const auto for_each = [&](Shard shard, auto visit) {
    for (size_t user = shard.begin; user < shard.end; ++user) {
      const Ref<UserRecord>& record = facts_.users[static_cast<uint32_t>(user)];
      if (!record) continue;
      for (uint32_t group : record->groups()) visit(static_cast<uint32_t>(user), group);
    }
  };
  ParallelShards(executor_, loaded_.next.user, [&](Shard shard) {
    std::vector<uint32_t>& counts = next[static_cast<size_t>(shard.index)];
    counts.resize(groups);
    for_each(shard, [&](uint32_t, uint32_t group) { ++counts[group]; });
  });
  std::vector<uint32_t> first(groups + 1);
  for (size_t group = 0; group < groups; ++group) {
    first[group + 1] = first[group];
    for (std::vector<uint32_t>& part : next) {
      first[group + 1] += std::exchange(part[group], first[group + 1]);
    }
  }
  std::vector<uint32_t> members(first.back());
  ParallelShards(executor_, loaded_.next.user, [&](Shard shard) {
    std::vector<uint32_t>& places = next[static_cast<size_t>(shard.index)];
    for_each(shard, [&](uint32_t user, uint32_t group) { members[places[group]++] = user; });
  });
  ParallelLeaves(executor_, facts_.members, [&](Shard shard) {
    for (size_t group = shard.begin; group < shard.end; ++group) {
      facts_.members.Mutable(static_cast<uint32_t>(group)) =
          PersistentTree<uint32_t>::BuildSorted(ListAt(first, members, group));
    }
  });
}

void Loader::AddIndexes() {
  const auto index_addresses = [&] {
    std::vector<HashedNumber> hashes;
    facts_.users.ForEach([&](uint32_t number, const Ref<UserRecord>& record) {
      for (uint64_t hash : AddressHashes(record)) hashes.push_back({hash, number});
    });
    std::sort(hashes.begin(), hashes.end());
    facts_.addresses = SharedTextIndex::BuildSorted(hashes);
  };
  executor_.Run(5, [&](int task) {
    if (task == 0) index_addresses();
    if (task == 1) facts_.user_hashes = HashesOf(columns_.users, loaded_.user_number);
    if (task == 2) facts_.user_order = OrderOf(columns_.users, loaded_.user_number);
    if (task == 3) facts_.group_hashes = HashesOf(columns_.groups, loaded_.group_number);
    if (task == 4) facts_.group_order = OrderOf(columns_.groups, loaded_.group_number);
  });
}

}  // namespace

LiveFacts LoadLiveFacts(const LoadedFacts& loaded, Executor& executor) {
  return Loader(loaded, executor).Load();
}

LiveFacts LoadLiveFacts(const LoadedFacts& loaded) {
  InlineExecutor executor;
  return LoadLiveFacts(loaded, executor);
}

}  // namespace seatwise
