// Memberships of users are gathered first, so that a user of whom many change gets one new record.
#include "engine/incremental/edit_facts.h"

#include <algorithm>
#include <memory>
#include <numeric>
#include <string>
#include <variant>

#include "engine/incremental/live_addresses.h"
#include "engine/model/account_flags.h"

namespace seatwise {
namespace {

// A membership that shall be there since some time, or be gone.
struct MembershipEdit {
  uint32_t user = 0;
  uint32_t group = 0;
  std::optional<Time> added_at;
};

bool LinkBefore(const GroupLink& link, uint32_t group) { return link.group < group; }
bool RowBefore(const LiveAssignment& row, SkuNo sku) { return row.sku < sku; }

// Sets the time of the link to `group`, or removes it. Answers whether anything changed.
bool SetLink(std::vector<GroupLink>& links, uint32_t group, std::optional<Time> added_at) {
  const auto it = std::lower_bound(links.begin(), links.end(), group, LinkBefore);
  const bool found = it != links.end() && it->group == group;
  if (!added_at.has_value()) {
    if (found) links.erase(it);
    return found;
  }
  if (!found) {
    links.insert(it, {group, *added_at});
    return true;
  }
  return std::exchange(it->added_at, *added_at) != *added_at;
}

class Editor {
 public:
  explicit Editor(LiveFacts& facts) : facts_(facts), catalog_before_(facts.products.catalog()) {}

  Touched Run(const ValidatedChangeSet& changes) {
    touched_.products = facts_.products.Apply(changes.puts(), changes.deletes());
    const uint32_t skus = static_cast<uint32_t>(facts_.catalog().skus());
    facts_.sources.Resize(skus);
    facts_.direct_shapes.Resize(skus);
    for (SkuNo sku : ChangedSkus(touched_.products, skus)) facts_.direct_shapes.Set(sku, {});
    for (const Fact& fact : changes.puts()) {
      std::visit([&](const auto& row) { Put(row); }, fact);
    }
    for (const FactKey& key : changes.deletes()) {
      std::visit([&](const auto& row) { Delete(row); }, key);
    }
    EditMemberships();
    for (uint32_t user : touched_.gone) RemoveUser(user);
    for (uint32_t group : gone_groups_) RemoveGroup(group);
    return std::move(touched_);
  }

 private:
  // Products are done, observed facts do not matter.
  template <typename Other>
  void Put(const Other&) {}
  template <typename Other>
  void Delete(const Other&) {}
  void Put(const TenantSettings& settings);
  void Put(const User& user);
  void Put(const Group& group);
  void Put(const Membership& membership) {
    EditMembership(membership.group, membership.member, membership.added_at);
  }
  void Put(const Assignment& assignment);
  void Delete(const MembershipKey& key) { EditMembership(key.group, key.member, std::nullopt); }
  void Delete(const AssignmentKey& key);
  void Delete(const UserId& id) { touched_.gone.push_back(UserOf(id)); }
  void Delete(const GroupId& id) { gone_groups_.push_back(GroupOf(id)); }

  uint32_t UserOf(const UserId& id) const { return facts_.FindUser(id.value()).value(); }
  uint32_t GroupOf(const GroupId& id) const { return facts_.FindGroup(id.value()).value(); }
  // Of a SKU that is there, or was.
  SkuNo SkuOf(const SkuId& id) const {
    const std::optional<SkuNo> sku = facts_.catalog().FindSku(id.value());
    return sku.has_value() ? *sku : catalog_before_->FindSku(id.value()).value();
  }

  void AddUser(const User& user);
  void RemoveUser(uint32_t user);
  void RemoveGroup(uint32_t group);
  void EditMembership(const GroupId& group, const Principal& member, std::optional<Time> added_at);
  void EditMemberships();
  void EditMembershipsOf(absl::Span<const MembershipEdit> edits);
  void SetDirect(uint32_t user, SkuNo sku, const LiveAssignment* assignment);
  void SetInherited(uint32_t group, SkuNo sku, const LiveAssignment* assignment);

  LiveFacts& facts_;
  const std::shared_ptr<const Catalog> catalog_before_;
  Touched touched_;
  std::vector<MembershipEdit> edits_;
  std::vector<uint32_t> gone_groups_;
};

void Editor::Put(const TenantSettings& settings) {
  TenantSettings same_retention = settings;
  same_retention.retention_days = facts_.settings.retention_days;
  touched_.settings = !(same_retention == facts_.settings);
  facts_.settings = settings;
}

void Editor::Put(const User& user) {
  const std::optional<uint32_t> number = facts_.FindUser(user.id.value());
  if (!number.has_value()) {
    AddUser(user);
    return;
  }
  const Ref<UserRecord> before = facts_.users[*number];
  const PackedAddresses packed =
      PackAddresses({user.proxy_addresses.begin(), user.proxy_addresses.end()});
  UserView view = before->View();
  const bool moves = view.usage_location != user.usage_location;
  const bool readdressed = view.created_at != user.created_at || view.address_text != packed.text ||
                           view.address_ends != absl::MakeConstSpan(packed.ends);
  const bool same_account = view.account == FlagsOf(user);
  if (!moves && !readdressed && same_account) return;
  view.usage_location = user.usage_location;
  view.created_at = user.created_at;
  view.account = FlagsOf(user);
  view.address_text = packed.text;
  view.address_ends = packed.ends;
  facts_.users.Set(*number, UserRecord::Make(view));
  UpdateAddressIndex(facts_, *number, before, facts_.users[*number]);
  if (moves) touched_.users.push_back(*number);
  if (readdressed) touched_.addressed.push_back(*number);
}

void Editor::AddUser(const User& user) {
  const uint32_t number = facts_.next.user++;
  facts_.users.Resize(facts_.next.user);
  ++facts_.user_count;
  const absl::string_view id = user.id.value();
  const PackedAddresses packed =
      PackAddresses({user.proxy_addresses.begin(), user.proxy_addresses.end()});
  facts_.users.Set(number, UserRecord::Make({.id = id,
                                             .usage_location = user.usage_location,
                                             .created_at = user.created_at,
                                             .account = FlagsOf(user),
                                             .address_text = packed.text,
                                             .address_ends = packed.ends}));
  const auto id_of = [&](uint32_t other) { return facts_.UserIdOf(other); };
  facts_.user_order.Insert({PrefixOf(id), number}, OrderById<decltype(id_of)>{id_of});
  facts_.user_hashes.Insert({HashOfText(id), number});
  UpdateAddressIndex(facts_, number, {}, facts_.users[number]);
  touched_.users.push_back(number);
  if (!packed.ends.empty()) touched_.addressed.push_back(number);
}

// Its memberships and assignments are gone already.
void Editor::RemoveUser(uint32_t user) {
  const Ref<UserRecord> record = facts_.users[user];
  const auto id_of = [&](uint32_t other) { return facts_.UserIdOf(other); };
  facts_.user_order.Erase({PrefixOf(record->id()), user}, OrderById<decltype(id_of)>{id_of});
  facts_.user_hashes.Erase({HashOfText(record->id()), user});
  UpdateAddressIndex(facts_, user, record, {});
  facts_.users.Set(user, {});
  --facts_.user_count;
  if (record->addresses() > 0) touched_.addressed.push_back(user);
}

void Editor::Put(const Group& group) {
  const absl::string_view id = group.id.value();
  if (facts_.FindGroup(id).has_value()) return;
  const uint32_t number = facts_.next.group++;
  facts_.groups.Resize(facts_.next.group);
  facts_.members.Resize(facts_.next.group);
  facts_.carriers.Resize(facts_.next.group);
  facts_.shapes.Resize(facts_.next.group);
  ++facts_.group_count;
  GroupRecord record;
  record.id = group.id;
  facts_.groups.Set(number, Ref<GroupRecord>::Make(std::move(record)));
  const auto id_of = [&](uint32_t other) { return facts_.GroupIdOf(other); };
  facts_.group_order.Insert({PrefixOf(id), number}, OrderById<decltype(id_of)>{id_of});
  facts_.group_hashes.Insert({HashOfText(id), number});
}

void Editor::RemoveGroup(uint32_t group) {
  const absl::string_view id = facts_.GroupIdOf(group);
  const auto id_of = [&](uint32_t other) { return facts_.GroupIdOf(other); };
  facts_.group_order.Erase({PrefixOf(id), group}, OrderById<decltype(id_of)>{id_of});
  facts_.group_hashes.Erase({HashOfText(id), group});
  facts_.groups.Set(group, {});
  --facts_.group_count;
}

void Editor::EditMembership(const GroupId& group, const Principal& member,
                            std::optional<Time> added_at) {
  const uint32_t parent = GroupOf(group);
  if (const auto* user = std::get_if<UserId>(&member)) {
    edits_.push_back({UserOf(*user), parent, added_at});
    return;
  }
  const uint32_t child = GroupOf(std::get<GroupId>(member));
  if (!SetLink(Own(facts_.groups.Mutable(parent)).children, child, added_at)) return;
  SetLink(Own(facts_.groups.Mutable(child)).parents, parent, added_at);
  touched_.edges.push_back({parent, child});
}

void Editor::EditMemberships() {
  std::sort(edits_.begin(), edits_.end(), [](const MembershipEdit& a, const MembershipEdit& b) {
    return std::pair(a.user, a.group) < std::pair(b.user, b.group);
  });
  for (size_t begin = 0, end = 0; begin < edits_.size(); begin = end) {
    while (end < edits_.size() && edits_[end].user == edits_[begin].user) ++end;
    EditMembershipsOf(absl::MakeConstSpan(edits_).subspan(begin, end - begin));
  }
}

// Merges the edits of one user into its list; both are ascending by group.
void Editor::EditMembershipsOf(absl::Span<const MembershipEdit> edits) {
  const uint32_t user = edits[0].user;
  const Ref<UserRecord> record = facts_.users[user];
  std::vector<uint32_t> groups;
  std::vector<Time> added_at;
  const auto keep = [&](uint32_t group, Time time) {
    groups.push_back(group);
    added_at.push_back(time);
  };
  size_t old = 0;
  for (const MembershipEdit& edit : edits) {
    for (; old < record->groups().size() && record->groups()[old] < edit.group; ++old) {
      keep(record->groups()[old], record->added_at()[old]);
    }
    std::optional<Time> before;
    if (old < record->groups().size() && record->groups()[old] == edit.group) {
      before = record->added_at()[old++];
    }
    if (edit.added_at.has_value()) keep(edit.group, *edit.added_at);
    if (edit.added_at == before) continue;
    touched_.memberships.push_back({user, edit.group});
    if (!before.has_value()) facts_.members.Mutable(edit.group).Insert(user);
    if (!edit.added_at.has_value()) facts_.members.Mutable(edit.group).Erase(user);
  }
  for (; old < record->groups().size(); ++old) {
    keep(record->groups()[old], record->added_at()[old]);
  }
  UserView view = record->View();
  view.groups = groups;
  view.added_at = added_at;
  facts_.users.Set(user, UserRecord::Make(view));
}

void Editor::Put(const Assignment& assignment) {
  LiveAssignment row{.sku = SkuOf(assignment.sku),
                     .priority = assignment.priority,
                     .assigned_at = assignment.assigned_at,
                     .disabled = {}};
  if (!assignment.disabled_plans.empty()) {
    PlanSet disabled;
    disabled.bits = facts_.catalog().BitsOf(assignment.disabled_plans);
    row.disabled = Ref<PlanSet>::Make(std::move(disabled));
  }
  if (const auto* user = std::get_if<UserId>(&assignment.principal)) {
    SetDirect(UserOf(*user), row.sku, &row);
  } else {
    SetInherited(GroupOf(std::get<GroupId>(assignment.principal)), row.sku, &row);
  }
}

void Editor::Delete(const AssignmentKey& key) {
  const SkuNo sku = SkuOf(key.sku);
  if (const auto* user = std::get_if<UserId>(&key.principal)) {
    SetDirect(UserOf(*user), sku, nullptr);
  } else {
    SetInherited(GroupOf(std::get<GroupId>(key.principal)), sku, nullptr);
  }
}

void Editor::SetDirect(uint32_t user, SkuNo sku, const LiveAssignment* assignment) {
  const Ref<UserRecord> record = facts_.users[user];
  DirectList direct;
  for (const DirectAssignment& row : record->direct()) {
    if (row.assignment.sku != sku) direct.list.push_back(row);
  }
  if (assignment != nullptr) {
    const auto place = std::find_if(direct.list.begin(), direct.list.end(),
                                    [&](const auto& row) { return row.assignment.sku > sku; });
    direct.list.insert(place, {*assignment, DirectShapeFor(facts_, *assignment)});
    facts_.sources.Mutable(sku).users.Insert(user);
  } else {
    facts_.sources.Mutable(sku).users.Erase(user);
  }
  UserView view = record->View();
  view.direct = direct.list.empty() ? Ref<DirectList>() : Ref<DirectList>::Make(std::move(direct));
  facts_.users.Set(user, UserRecord::Make(view));
  touched_.users.push_back(user);
}

void Editor::SetInherited(uint32_t group, SkuNo sku, const LiveAssignment* assignment) {
  std::vector<LiveAssignment>& rows = Own(facts_.groups.Mutable(group)).assignments;
  const auto it = std::lower_bound(rows.begin(), rows.end(), sku, RowBefore);
  const bool found = it != rows.end() && it->sku == sku;
  if (assignment == nullptr) {
    rows.erase(it);
    facts_.sources.Mutable(sku).groups.Erase(group);
  } else if (found) {
    *it = *assignment;
  } else {
    rows.insert(it, *assignment);
    facts_.sources.Mutable(sku).groups.Insert(group);
  }
  touched_.assigned.push_back(group);
}

}  // namespace

std::vector<SkuNo> ChangedSkus(const ChangedProducts& changed, size_t skus) {
  if (!changed.wider) return changed.skus;
  std::vector<SkuNo> all(skus);
  std::iota(all.begin(), all.end(), 0);
  return all;
}

Touched EditFacts(LiveFacts& facts, const ValidatedChangeSet& changes) {
  return Editor(facts).Run(changes);
}

Ref<ClaimShape> DirectShapeFor(LiveFacts& facts, const LiveAssignment& assignment) {
  const std::vector<uint64_t> plans = PlansOf(facts.catalog(), assignment);
  Ref<ShapeList>& shared = facts.direct_shapes.Mutable(assignment.sku);
  if (!shared) shared = Ref<ShapeList>::Make();
  for (const Ref<ClaimShape>& shape : shared->list) {
    if (shape->asked->plans() == absl::MakeConstSpan(plans)) return shape;
  }
  std::vector<Ref<ClaimShape>>& list = Own(shared).list;
  // Those that only this list refers to are of no use to anybody.
  list.erase(std::remove_if(list.begin(), list.end(),
                            [](const Ref<ClaimShape>& shape) { return shape->IsUnique(); }),
             list.end());
  list.push_back(MakeShape(facts.products, Shape::kDirect, absl::MakeConstSpan(&assignment, 1)));
  return list.back();
}

}  // namespace seatwise
