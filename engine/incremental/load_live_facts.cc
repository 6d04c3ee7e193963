// Everything is built in bulk: groups with what they ask for, then users, then the lists and
// indexes that lead from one to the other, each sorted once.
#include "engine/incremental/load_live_facts.h"

#include <algorithm>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "engine/incremental/live_addresses.h"
#include "engine/incremental/live_nesting.h"

namespace seatwise {
namespace {

// Both indexes of the ids of one kind.
void IndexIds(const IdTable& ids, const std::vector<uint32_t>& number, HashIndex& hashes,
              OrderIndex& order) {
  std::vector<HashedNumber> by_hash(ids.size());
  std::vector<OrderedNumber> by_id(ids.size());
  for (size_t rank = 0; rank < ids.size(); ++rank) {
    by_hash[rank] = {HashOfText(ids[rank]), number[rank]};
    by_id[rank] = {PrefixOf(ids[rank]), number[rank]};
  }
  std::sort(by_hash.begin(), by_hash.end());
  hashes = HashIndex::BuildSorted(by_hash);
  order = OrderIndex::BuildSorted(by_id);
}

class Loader {
 public:
  explicit Loader(const LoadedFacts& loaded) : loaded_(loaded), columns_(loaded.columns) {}

  LiveFacts Load() {
    facts_.settings = columns_.settings;
    facts_.products = LiveProducts(loaded_.products);
    facts_.next = loaded_.next;
    facts_.sources.Resize(static_cast<uint32_t>(columns_.catalog.skus()));
    facts_.direct_shapes.Resize(static_cast<uint32_t>(columns_.catalog.skus()));
    disabled_.resize(columns_.plan_sets.size());
    AddGroups();
    AddCarriers();
    AddUsers();
    AddMembers();
    AddSources();
    return std::move(facts_);
  }

 private:
  LiveAssignment Convert(const AssignmentRow& row);
  std::vector<LiveAssignment> Convert(absl::Span<const AssignmentRow> rows);
  std::vector<GroupRecord> GroupRecords();
  void AddGroups();
  void AddCarriers();
  Ref<DirectList> DirectOf(UserNo rank);
  void AddUsers();
  void AddMembers();
  void AddSources();

  const LoadedFacts& loaded_;
  const Columns& columns_;
  LiveFacts facts_;
  std::vector<Ref<PlanSet>> disabled_;  // By number in columns_.plan_sets; made when needed.
  absl::flat_hash_map<std::pair<SkuNo, uint32_t>, Ref<ClaimShape>> direct_shapes_;
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
                        MakeGroupShapes(facts_.catalog(), facts_.settings.assignment_mode, number,
                                        columns_.groups[rank], records[rank].assignments));
    }
    facts_.groups.Set(number, Ref<GroupRecord>::Make(std::move(records[rank])));
  }
  IndexIds(columns_.groups, loaded_.group_number, facts_.group_hashes, facts_.group_order);
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
  if (columns_.DirectOf(rank).empty()) return {};
  DirectList direct;
  for (const AssignmentRow& row : columns_.DirectOf(rank)) {
    const LiveAssignment assignment = Convert(row);
    Ref<ClaimShape>& shape = direct_shapes_[{row.sku, row.plans}];
    if (!shape) {
      shape = MakeShape(facts_.catalog(), Shape::kDirect, absl::MakeConstSpan(&assignment, 1));
      Ref<ShapeList>& shared = facts_.direct_shapes.Mutable(row.sku);
      if (!shared) shared = Ref<ShapeList>::Make();
      Own(shared).list.push_back(shape);
    }
    direct.list.push_back({assignment, shape});
  }
  return Ref<DirectList>::Make(std::move(direct));
}

void Loader::AddUsers() {
  const size_t users = columns_.users.size();
  facts_.users.Resize(loaded_.next.user);
  facts_.user_count = static_cast<uint32_t>(users);
  std::vector<HashedNumber> hashes;
  std::vector<GroupLink> links;
  std::vector<uint32_t> groups;
  std::vector<Time> added_at;
  for (UserNo rank = 0, address = 0; rank < users; ++rank) {
    const uint32_t number = loaded_.user_number[rank];
    links.clear();
    for (size_t i = 0; i < columns_.GroupsOf(rank).size(); ++i) {
      links.push_back(
          {loaded_.group_number[columns_.GroupsOf(rank)[i]], columns_.AddedAt(rank)[i]});
    }
    std::sort(links.begin(), links.end(),
              [](const GroupLink& a, const GroupLink& b) { return a.group < b.group; });
    groups.clear();
    added_at.clear();
    for (const GroupLink& link : links) {
      groups.push_back(link.group);
      added_at.push_back(link.added_at);
    }
    std::vector<std::string> addresses;
    for (; address < loaded_.addresses.user.size() && loaded_.addresses.user[address] == rank;
         ++address) {
      addresses.emplace_back(loaded_.addresses.address[address]);
    }
    const PackedAddresses packed = PackAddresses(std::move(addresses));
    Ref<UserRecord> record = UserRecord::Make({.id = columns_.users[rank],
                                               .usage_location = columns_.usage_location[rank],
                                               .created_at = loaded_.created_at[rank],
                                               .address_clash = !columns_.ClashesOf(rank).empty(),
                                               .groups = groups,
                                               .added_at = added_at,
                                               .address_text = packed.text,
                                               .address_ends = packed.ends,
                                               .direct = DirectOf(rank)});
    for (uint64_t hash : AddressHashes(record)) hashes.push_back({hash, number});
    facts_.users.Set(number, std::move(record));
  }
  std::sort(hashes.begin(), hashes.end());
  facts_.addresses = HashIndex::BuildSorted(hashes);
  IndexIds(columns_.users, loaded_.user_number, facts_.user_hashes, facts_.user_order);
}

// A counting sort by group; users come ascending.
void Loader::AddMembers() {
  std::vector<uint32_t> first(loaded_.next.group + 1, 0);
  const auto for_each = [&](auto visit) {
    facts_.users.ForEach([&](uint32_t user, const Ref<UserRecord>& record) {
      if (!record) return;
      for (uint32_t group : record->groups()) visit(user, group);
    });
  };
  for_each([&](uint32_t, uint32_t group) { ++first[group + 1]; });
  std::partial_sum(first.begin(), first.end(), first.begin());
  std::vector<uint32_t> next(first.begin(), first.end() - 1);
  std::vector<uint32_t> members(first.back());
  for_each([&](uint32_t user, uint32_t group) { members[next[group]++] = user; });
  for (uint32_t group = 0; group < loaded_.next.group; ++group) {
    const absl::Span<const uint32_t> list = ListAt(first, members, group);
    if (!list.empty()) facts_.members.Set(group, PersistentTree<uint32_t>::BuildSorted(list));
  }
}

void Loader::AddSources() {
  std::vector<std::vector<uint32_t>> groups(columns_.catalog.skus());
  std::vector<std::vector<uint32_t>> users(columns_.catalog.skus());
  facts_.groups.ForEach([&](uint32_t number, const Ref<GroupRecord>& group) {
    if (!group) return;
    for (const LiveAssignment& row : group->assignments) groups[row.sku].push_back(number);
  });
  facts_.users.ForEach([&](uint32_t number, const Ref<UserRecord>& user) {
    if (!user) return;
    for (const DirectAssignment& row : user->direct()) users[row.assignment.sku].push_back(number);
  });
  for (SkuNo sku = 0; sku < groups.size(); ++sku) {
    facts_.sources.Set(sku, {.groups = PersistentTree<uint32_t>::BuildSorted(groups[sku]),
                             .users = PersistentTree<uint32_t>::BuildSorted(users[sku])});
  }
}

}  // namespace

LiveFacts LoadLiveFacts(const LoadedFacts& loaded) { return Loader(loaded).Load(); }

}  // namespace seatwise
