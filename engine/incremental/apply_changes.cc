// After the facts themselves are edited, what is derived from them is brought up to date, from the
// sources of claims to the users:
//
//   assignments, catalog   ->  shapes of groups and of direct assignments
//   licensed or not        ->  carriers: searches down from the groups that became so, or were
//   edges                  ->  carriers: searches below the edges (live_nesting.h)
//   addresses              ->  clashes
//   all these              ->  users that are affected
#include "engine/incremental/apply_changes.h"

#include <algorithm>
#include <functional>
#include <optional>
#include <string>
#include <utility>

#include "absl/container/btree_set.h"
#include "absl/types/span.h"
#include "engine/incremental/edit_facts.h"
#include "engine/incremental/live_addresses.h"
#include "engine/incremental/live_nesting.h"

namespace seatwise {
namespace {

void SortUnique(std::vector<uint32_t>& numbers) {
  // Members of one group are ascending already.
  if (std::adjacent_find(numbers.begin(), numbers.end(), std::greater_equal<>()) == numbers.end()) {
    return;
  }
  std::sort(numbers.begin(), numbers.end());
  numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
}

// What the vector holds for a number, which it may not have yet.
template <typename T>
Ref<T> At(const PersistentVector<Ref<T>>& vector, uint32_t number) {
  return number < vector.size() ? vector[number] : Ref<T>();
}

// That the direct members of a group became members of a licensed one at another time, or not any
// more.
struct CarrierEdit {
  uint32_t group = 0;
  uint32_t licensed = 0;
  std::optional<Time> reached_at;
};

// Appends what differs between two searches down from `licensed`.
void CompareReached(uint32_t licensed, absl::Span<const GroupLink> before,
                    absl::Span<const GroupLink> after, std::vector<CarrierEdit>& edits) {
  size_t old = 0;
  for (const GroupLink& link : after) {
    for (; old < before.size() && before[old].group < link.group; ++old) {
      edits.push_back({before[old].group, licensed, std::nullopt});
    }
    const bool same = old < before.size() && before[old] == link;
    if (!same) edits.push_back({link.group, licensed, link.added_at});
    if (old < before.size() && before[old].group == link.group) ++old;
  }
  for (; old < before.size(); ++old) edits.push_back({before[old].group, licensed, std::nullopt});
}

class Applier {
 public:
  Applier(const LiveFacts& before, LiveFacts& facts) : facts_(facts), before_(before) {}

  Affected Run(const ValidatedChangeSet& changes) {
    touched_ = EditFacts(facts_, changes);
    affected_.all = touched_.settings || touched_.products.wider;
    RemakeDirectShapes();
    RemakeGroupShapes();
    UpdateCarriers();
    UpdateClashes();
    if (affected_.all) {
      users_.clear();
    } else {
      CollectUsers();
    }
    affected_.swapped = Swapped();
    affected_.users = std::move(users_);
    affected_.gone = std::move(touched_.gone);
    std::sort(affected_.gone.begin(), affected_.gone.end());
    affected_.supply = std::move(touched_.products.supply);
    affected_.groups = remade_;
    return std::move(affected_);
  }

 private:
  void RemakeDirectShapes();
  void RemakeGroupShapes();
  Ref<GroupShapes> ShapesToReuse(uint32_t group) const;
  std::vector<uint32_t> GroupsToRemake() const;
  std::vector<uint32_t> LicensedToSearch() const;
  std::vector<uint32_t> LicensedToRepair(const std::vector<uint32_t>& searched) const;
  void UpdateCarriers();
  void EditCarriers(absl::Span<const CarrierEdit> edits);
  std::vector<uint32_t> UsersToRecheck() const;
  void AddOtherClashes(absl::string_view address, std::vector<uint32_t>& users) const;
  void UpdateClashes();
  void CollectUsers();
  std::optional<SwappedShapes> Swapped() const;
  void AddMembers(uint32_t group) {
    facts_.members[group].ForEach([&](uint32_t user) { users_.push_back(user); });
  }

  LiveFacts& facts_;
  const LiveFacts& before_;
  Touched touched_;
  Affected affected_;
  std::vector<uint32_t> users_;       // Affected, in any order.
  std::vector<uint32_t> remade_;      // Groups with new shapes, or without their old ones.
  std::vector<uint32_t> relicensed_;  // Those that became licensed, or are no longer.
  std::vector<uint32_t> recarried_;   // Groups whose carriers changed.
};

void Applier::RemakeDirectShapes() {
  for (SkuNo sku : ChangedSkus(touched_.products, facts_.catalog().skus())) {
    facts_.sources[sku].users.ForEach([&](uint32_t user) {
      const Ref<UserRecord> record = facts_.users[user];
      DirectList direct;
      for (DirectAssignment row : record->direct()) {
        if (row.assignment.sku == sku) row.shape = DirectShapeFor(facts_, row.assignment);
        direct.list.push_back(std::move(row));
      }
      UserView view = record->View();
      view.direct = Ref<DirectList>::Make(std::move(direct));
      facts_.users.Set(user, UserRecord::Make(view));
      users_.push_back(user);
    });
  }
}

std::vector<uint32_t> Applier::GroupsToRemake() const {
  std::vector<uint32_t> groups = touched_.assigned;
  for (SkuNo sku : touched_.products.skus) {
    facts_.sources[sku].groups.ForEach([&](uint32_t group) { groups.push_back(group); });
  }
  if (affected_.all) {
    facts_.groups.ForEach([&](uint32_t number, const Ref<GroupRecord>& group) {
      if (group && !group->assignments.empty()) groups.push_back(number);
    });
  }
  SortUnique(groups);
  return groups;
}

// Whatever else is assigned to a group, what it asked for before stays the same object.
Ref<GroupShapes> Applier::ShapesToReuse(uint32_t group) const {
  const bool same_products = facts_.products.catalog() == before_.products.catalog();
  return same_products ? At(before_.shapes, group) : Ref<GroupShapes>();
}

void Applier::RemakeGroupShapes() {
  for (uint32_t group : GroupsToRemake()) {
    const GroupRecord* record = facts_.groups[group].get();
    Ref<GroupShapes> shapes;
    if (record != nullptr && !record->assignments.empty()) {
      shapes = MakeGroupShapes(facts_.products, facts_.settings.assignment_mode, group,
                               record->id.value(), record->assignments, ShapesToReuse(group));
    }
    const bool was_licensed{At(before_.shapes, group)};
    const bool is_licensed{shapes};
    facts_.shapes.Set(group, std::move(shapes));
    if (was_licensed || is_licensed) remade_.push_back(group);
    if (was_licensed != is_licensed) relicensed_.push_back(group);
  }
}

// The groups that did not reach anything before, or will not, or all where the settings changed:
// searched from top to bottom.
std::vector<uint32_t> Applier::LicensedToSearch() const {
  std::vector<uint32_t> licensed = relicensed_;
  if (touched_.settings) {
    facts_.shapes.ForEach([&](uint32_t group, const Ref<GroupShapes>& shapes) {
      if (shapes) licensed.push_back(group);
    });
  }
  SortUnique(licensed);
  return licensed;
}

// The others that may reach groups now, or at other times, than before. Who reaches a group by a
// new edge reaches the parent of the first new edge on the way by old ones: so it is among the old
// carriers of some parent.
std::vector<uint32_t> Applier::LicensedToRepair(const std::vector<uint32_t>& searched) const {
  std::vector<uint32_t> licensed;
  if (!facts_.settings.nested_groups) return licensed;
  for (const auto& [parent, child] : touched_.edges) {
    const Ref<CarrierList> carriers = At(before_.carriers, parent);
    if (!carriers) continue;
    for (const LiveCarrier& carrier : carriers->list) {
      if (!std::binary_search(searched.begin(), searched.end(), carrier.licensed)) {
        licensed.push_back(carrier.licensed);
      }
    }
  }
  SortUnique(licensed);
  return licensed;
}

void Applier::UpdateCarriers() {
  NestingSearch search_before(before_);
  NestingSearch search_after(facts_);
  std::vector<CarrierEdit> edits;
  const std::vector<uint32_t> searched = LicensedToSearch();
  for (uint32_t group : searched) {
    absl::Span<const GroupLink> before, after;
    if (At(before_.shapes, group)) before = search_before.From(group);
    if (facts_.shapes[group]) after = search_after.From(group);
    CompareReached(group, before, after, edits);
  }
  const std::vector<uint32_t> repaired = LicensedToRepair(searched);
  if (!repaired.empty()) {
    std::vector<uint32_t> children;
    for (const auto& [parent, child] : touched_.edges) children.push_back(child);
    NestingRepair repair(facts_, std::move(children));
    for (uint32_t group : repaired) {
      const NestingRepair::Reached& reached = repair.From(group);
      CompareReached(group, reached.before, reached.after, edits);
    }
  }
  std::sort(edits.begin(), edits.end(), [](const CarrierEdit& a, const CarrierEdit& b) {
    return std::pair(a.group, a.licensed) < std::pair(b.group, b.licensed);
  });
  for (size_t begin = 0, end = 0; begin < edits.size(); begin = end) {
    while (end < edits.size() && edits[end].group == edits[begin].group) ++end;
    EditCarriers(absl::MakeConstSpan(edits).subspan(begin, end - begin));
  }
}

// All edits are of one group.
void Applier::EditCarriers(absl::Span<const CarrierEdit> edits) {
  const uint32_t group = edits[0].group;
  CarrierList carriers;
  const Ref<CarrierList> old = facts_.carriers[group];
  if (old) carriers.list = old->list;
  for (const CarrierEdit& edit : edits) {
    const auto it = std::lower_bound(
        carriers.list.begin(), carriers.list.end(), edit.licensed,
        [](const LiveCarrier& carrier, uint32_t licensed) { return carrier.licensed < licensed; });
    const bool found = it != carriers.list.end() && it->licensed == edit.licensed;
    if (!edit.reached_at.has_value()) {
      carriers.list.erase(it);
    } else if (found) {
      it->reached_at = *edit.reached_at;
    } else {
      carriers.list.insert(it, {edit.licensed, *edit.reached_at});
    }
  }
  facts_.carriers.Set(group, carriers.list.empty() ? Ref<CarrierList>()
                                                   : Ref<CarrierList>::Make(std::move(carriers)));
  recarried_.push_back(group);
}

// Appends the users to whom this address belongs otherwise than before.
void Applier::AddOtherClashes(absl::string_view address, std::vector<uint32_t>& users) const {
  const std::vector<uint32_t> before = HoldersOf(before_, address);
  const std::vector<uint32_t> after = HoldersOf(facts_, address);
  if (before.size() < 2 && after.size() < 2) return;
  // The owner of the address where a holder is not the owner.
  const auto foreign_owner = [](const LiveFacts& facts, const std::vector<uint32_t>& holders) {
    return [&holders, owner = holders.empty() ? 0 : OwnerOf(facts, holders)](uint32_t user) {
      const bool clashes =
          user != owner && std::binary_search(holders.begin(), holders.end(), user);
      return clashes ? std::optional<uint32_t>(owner) : std::nullopt;
    };
  };
  const auto owner_before = foreign_owner(before_, before);
  const auto owner_after = foreign_owner(facts_, after);
  for (const std::vector<uint32_t>* holders : {&before, &after}) {
    for (uint32_t user : *holders) {
      if (facts_.users[user] && owner_before(user) != owner_after(user)) users.push_back(user);
    }
  }
}

std::vector<uint32_t> Applier::UsersToRecheck() const {
  absl::btree_set<std::string> addresses;
  for (uint32_t user : touched_.addressed) {
    for (const LiveFacts* facts : {&before_, static_cast<const LiveFacts*>(&facts_)}) {
      const Ref<UserRecord> record = At(facts->users, user);
      if (!record) continue;
      for (size_t i = 0; i < record->addresses(); ++i) {
        addresses.emplace(record->address(i));
      }
    }
  }
  std::vector<uint32_t> users;
  for (const std::string& address : addresses) AddOtherClashes(address, users);
  SortUnique(users);
  return users;
}

void Applier::UpdateClashes() {
  for (uint32_t user : UsersToRecheck()) {
    users_.push_back(user);
    const bool clash = FindAddressClash(facts_, user);
    if (facts_.users[user]->address_clash() == clash) continue;
    const Ref<UserRecord> record = facts_.users[user];
    UserView view = record->View();
    view.address_clash = clash;
    facts_.users.Set(user, UserRecord::Make(view));
  }
}

void Applier::CollectUsers() {
  users_.insert(users_.end(), touched_.users.begin(), touched_.users.end());
  for (const auto& [user, group] : touched_.memberships) {
    if (At(before_.carriers, group) || facts_.carriers[group]) users_.push_back(user);
  }
  std::vector<uint32_t> groups = recarried_;
  NestingSearch search(facts_);
  for (uint32_t group : remade_) {
    if (!facts_.shapes[group]) continue;
    for (const GroupLink& reached : search.From(group)) groups.push_back(reached.group);
  }
  SortUnique(groups);
  std::erase_if(users_, [&](uint32_t user) { return !facts_.users[user]; });
  size_t members = users_.size();  // Who exist, as long as they are members.
  for (uint32_t group : groups) members += facts_.members[group].size();
  users_.reserve(members);
  for (uint32_t group : groups) AddMembers(group);
  SortUnique(users_);
}

std::optional<SwappedShapes> Applier::Swapped() const {
  const bool nothing_else = touched_.users.empty() && touched_.addressed.empty() &&
                            touched_.gone.empty() && touched_.memberships.empty() &&
                            touched_.edges.empty() && !touched_.settings &&
                            facts_.products.catalog() == before_.products.catalog();
  if (!nothing_else || remade_.size() != 1) return std::nullopt;
  return SwappedShapes{.group = remade_[0],
                       .before = At(before_.shapes, remade_[0]),
                       .after = facts_.shapes[remade_[0]]};
}

}  // namespace

Affected ApplyChanges(LiveFacts& facts, const ValidatedChangeSet& changes) {
  const LiveFacts before = facts;
  return Applier(before, facts).Run(changes);
}

Affected ApplyChanges(const LiveFacts& before, LiveFacts& facts,
                      const ValidatedChangeSet& changes) {
  return Applier(before, facts).Run(changes);
}

}  // namespace seatwise
