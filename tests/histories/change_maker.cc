#include "tests/histories/change_maker.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <utility>
#include <variant>

#include "absl/strings/str_cat.h"
#include "engine/model/fact_key.h"

namespace seatwise::histories {
namespace {

constexpr size_t kMostPast = 40;

// Keeps the newest.
template <typename T>
void Push(std::vector<T>& list, T value) {
  list.push_back(std::move(value));
  if (list.size() > kMostPast) list.erase(list.begin());
}

}  // namespace

Changes ChangeMaker::Make(const Facts& facts) {
  facts_ = &facts;
  ++made_;
  using Maker = Changes (*)(ChangeMaker&);
  struct Kind {
    int weight;
    Maker make;
  };
  const Kind kinds[] = {
      {w_.members, [](ChangeMaker& m) { return m.Members(); }},
      {w_.nesting, [](ChangeMaker& m) { return m.Nesting(); }},
      {w_.group_wishes, [](ChangeMaker& m) { return m.Wish(false); }},
      {w_.direct_wishes, [](ChangeMaker& m) { return m.Wish(true); }},
      {w_.subscriptions, [](ChangeMaker& m) { return m.Subscriptions(); }},
      {w_.overage, [](ChangeMaker& m) { return m.Overage(); }},
      {w_.plans, [](ChangeMaker& m) { return m.Plans(); }},
      {w_.skus, [](ChangeMaker& m) { return m.Skus(); }},
      {w_.relations, [](ChangeMaker& m) { return m.Relations(); }},
      {w_.people, [](ChangeMaker& m) { return m.People(); }},
      {w_.users, [](ChangeMaker& m) { return m.Users(); }},
      {w_.groups, [](ChangeMaker& m) { return m.Groups(); }},
      {w_.settings, [](ChangeMaker& m) { return m.Settings(); }},
      {w_.nothing, [](ChangeMaker& m) { return m.Nothing(); }},
      {w_.undo, [](ChangeMaker& m) { return m.Undo(); }},
  };
  int all = 0;
  for (const Kind& kind : kinds) all += kind.weight;
  int drawn = dice_.Below(all);
  for (const Kind& kind : kinds) {
    if (drawn < kind.weight) return kind.make(*this);
    drawn -= kind.weight;
  }
  return {};
}

void ChangeMaker::Remember(const FactsView& before, const ChangeSet& changes) {
  for (const Change& change : changes.changes) {
    const FactKey key = KeyOf(change);
    std::optional<Fact> fact = before.Find(key).value();
    if (fact.has_value()) Push(past_, *std::move(fact));
    if (std::holds_alternative<Put>(change)) continue;
    if (const auto* user = std::get_if<UserId>(&key)) Push(dead_users_, user->value());
    if (const auto* group = std::get_if<GroupId>(&key)) Push(dead_groups_, group->value());
  }
}

// Like those of random tenants; sometimes later than all before.
Time ChangeMaker::AnyTime() {
  if (Chance(w_.tenant.odd_times)) return Chance(50) ? kMinTime : kMaxTime;
  if (Chance(20)) return {1000 + made_};
  return {dice_.Below(w_.tenant.times) - 2};
}

int32_t ChangeMaker::AnyPriority() {
  static constexpr int32_t kPriorities[] = {0, 1, -1, std::numeric_limits<int32_t>::max(),
                                            std::numeric_limits<int32_t>::min()};
  return kPriorities[dice_.Below(std::clamp(w_.tenant.priorities, 3, 5))];
}

int64_t ChangeMaker::AnyUnits() {
  if (Chance(1)) return 1'000'000'000'000;
  return dice_.Between(0, w_.tenant.units);
}

Location ChangeMaker::AnyLocation() {
  static constexpr const char* kLocations[] = {"US", "US", "DE", "CN"};
  return *Location::Parse(dice_.Pick(kLocations));
}

std::string ChangeMaker::AnyAddress() {
  static constexpr const char* kPrefixes[] = {"smtp:p", "SMTP:P", "smtp:P", "x500:p"};
  return absl::StrCat(dice_.Pick(kPrefixes), dice_.Below(w_.tenant.addresses), "@x");
}

PlanIdSet ChangeMaker::AnyPlans(int percent) {
  PlanIdSet plans;
  for (const ServicePlan& plan : facts_->plans) {
    if (Chance(percent)) plans.insert(plan.id);
  }
  return plans;
}

std::string ChangeMaker::AnyId(const char* kind, const std::vector<std::string>& dead) {
  if (!dead.empty() && Chance(60)) return dice_.Pick(dead);
  // Before, among and after those that random tenants have.
  static constexpr const char* kPlaces[] = {"", "!", "~", "\xc3\xa9", "prefix00"};
  return absl::StrCat(dice_.Pick(kPlaces), kind, "n", made_);
}

std::vector<Membership> ChangeMaker::MembershipsOf(bool groups) const {
  std::vector<Membership> memberships;
  for (const Membership& fact : facts_->memberships) {
    if (std::holds_alternative<GroupId>(fact.member) == groups) memberships.push_back(fact);
  }
  return memberships;
}

std::vector<Assignment> ChangeMaker::Wishes(bool direct) const {
  std::vector<Assignment> wishes;
  for (const Assignment& assignment : facts_->assignments) {
    if (IsDirect(assignment.principal) == direct) wishes.push_back(assignment);
  }
  return wishes;
}

Changes ChangeMaker::Members() {
  if (facts_->users.empty() || facts_->groups.empty()) return {};
  const std::vector<Membership> members = MembershipsOf(false);
  const int way = dice_.Below(100);
  if (way < 40 || members.empty()) {
    return {
        Put{Membership{dice_.Pick(facts_->groups).id, dice_.Pick(facts_->users).id, AnyTime()}}};
  }
  if (way < 65) return {Gone(dice_.Pick(members))};
  if (way < 80) return Move();
  if (way < 90) return Swap();
  Membership retimed = dice_.Pick(members);
  retimed.added_at = AnyTime();
  return {Put{retimed}};
}

Changes ChangeMaker::Move() {
  const Membership from = dice_.Pick(MembershipsOf(false));
  const GroupId to = dice_.Pick(facts_->groups).id;
  if (to == from.group) return {Gone(from)};
  return {Gone(from), Put{Membership{to, from.member, Chance(50) ? from.added_at : AnyTime()}}};
}

// Two members change places, or one takes the place of another.
Changes ChangeMaker::Swap() {
  const std::vector<Membership> members = MembershipsOf(false);
  const Membership a = dice_.Pick(members);
  const Membership b = dice_.Pick(members);
  if (a.group == b.group || a.member == b.member || Chance(30)) {
    return {Gone(a), Put{Membership{a.group, dice_.Pick(facts_->users).id, a.added_at}}};
  }
  return {Gone(a), Gone(b), Put{Membership{a.group, b.member, a.added_at}},
          Put{Membership{b.group, a.member, b.added_at}}};
}

Changes ChangeMaker::Nesting() {
  if (facts_->groups.empty()) return {};
  const std::vector<Membership> edges = MembershipsOf(true);
  const int way = dice_.Below(100);
  if (way < 35 || edges.empty()) {
    return {
        Put{Membership{dice_.Pick(facts_->groups).id, dice_.Pick(facts_->groups).id, AnyTime()}}};
  }
  const Membership edge = dice_.Pick(edges);
  if (way < 65) return {Gone(edge)};
  if (way < 80) {
    // A circle of two.
    return {Put{Membership{std::get<GroupId>(edge.member), edge.group, AnyTime()}}};
  }
  if (way < 90) return {Put{Membership{edge.group, edge.member, AnyTime()}}};
  // The other way round.
  if (edge.member == Principal(edge.group)) return {Gone(edge)};
  return {Gone(edge), Put{Membership{std::get<GroupId>(edge.member), edge.group, edge.added_at}}};
}

Changes ChangeMaker::Wish(bool direct) {
  const std::vector<Assignment> wishes = Wishes(direct);
  const int way = dice_.Below(100);
  if (way < 35 || wishes.empty()) {
    if (facts_->skus.empty() || (direct ? facts_->users.empty() : facts_->groups.empty()))
      return {};
    Assignment wish{{}, dice_.Pick(facts_->skus).id, {}, AnyPriority(), AnyTime()};
    if (direct) wish.principal = dice_.Pick(facts_->users).id;
    if (!direct) wish.principal = dice_.Pick(facts_->groups).id;
    if (Chance(50)) wish.disabled_plans = AnyPlans(w_.tenant.disabled_plan);
    return {Put{wish}};
  }
  const Assignment wish = dice_.Pick(wishes);
  return way < 60 ? Changes{Gone(wish)} : Rewish(wish);
}

Changes ChangeMaker::Rewish(Assignment assignment) {
  switch (dice_.Below(4)) {
    case 0:
      assignment.priority = AnyPriority();
      break;
    case 1:
      assignment.assigned_at = AnyTime();
      break;
    case 2:
      assignment.disabled_plans = AnyPlans(Chance(20) ? 100 : w_.tenant.disabled_plan);
      break;
    default: {
      // To another SKU, in place of this one.
      const Assignment old = assignment;
      assignment.sku = dice_.Pick(facts_->skus).id;
      if (assignment.sku != old.sku) return {Gone(old), Put{assignment}};
    }
  }
  return {Put{assignment}};
}

Changes ChangeMaker::People() {
  if (facts_->users.empty()) return {};
  User user = dice_.Pick(facts_->users);
  switch (dice_.Below(5)) {
    case 0:
      user.usage_location = Chance(30) ? Location() : AnyLocation();
      break;
    case 1:
      user.proxy_addresses.insert(AnyAddress());
      break;
    case 2:
      if (!user.proxy_addresses.empty()) user.proxy_addresses.erase(user.proxy_addresses.begin());
      break;
    case 3:
      user.proxy_addresses.clear();
      while (Chance(w_.tenant.address)) user.proxy_addresses.insert(AnyAddress());
      break;
    default:
      user.created_at = AnyTime();
  }
  return {Put{user}};
}

Changes ChangeMaker::NewUser() {
  User user{.id = UserId(AnyId("u", dead_users_)), .created_at = AnyTime()};
  if (Chance(w_.tenant.own_location)) user.usage_location = AnyLocation();
  while (Chance(w_.tenant.address)) user.proxy_addresses.insert(AnyAddress());
  Changes changes = {Put{user}};
  if (!facts_->groups.empty() && Chance(70)) {
    changes.push_back(Put{Membership{dice_.Pick(facts_->groups).id, user.id, AnyTime()}});
  }
  if (!facts_->skus.empty() && Chance(30)) {
    changes.push_back(Put{Assignment{user.id, dice_.Pick(facts_->skus).id, {}, 0, AnyTime()}});
  }
  return changes;
}

Changes ChangeMaker::Users() {
  if (facts_->users.empty() || Chance(50)) return NewUser();
  return {Gone(dice_.Pick(facts_->users))};
}

Changes ChangeMaker::Groups() {
  if (!facts_->groups.empty() && Chance(45)) {
    return {Gone(dice_.Pick(facts_->groups), /*cascade=*/true)};
  }
  const GroupId group(AnyId("g", dead_groups_));
  Changes changes = {Put{Group{.id = group}}};
  for (int i = dice_.Below(3); i > 0 && !facts_->users.empty(); --i) {
    changes.push_back(Put{Membership{group, dice_.Pick(facts_->users).id, AnyTime()}});
  }
  if (!facts_->groups.empty() && Chance(20)) {
    changes.push_back(Put{Membership{dice_.Pick(facts_->groups).id, group, AnyTime()}});
  }
  if (!facts_->skus.empty() && Chance(60)) {
    changes.push_back(Put{Assignment{group, dice_.Pick(facts_->skus).id, {}, 0, AnyTime()}});
  }
  return changes;
}

Changes ChangeMaker::Settings() {
  TenantSettings settings = facts_->settings;
  switch (dice_.Below(4)) {
    case 0:
      settings.assignment_mode = settings.assignment_mode == AssignmentMode::kGroupAtomic
                                     ? AssignmentMode::kSkuIndependent
                                     : AssignmentMode::kGroupAtomic;
      break;
    case 1:
      settings.nested_groups = !settings.nested_groups;
      break;
    case 2:
      settings.default_usage_location = Chance(20) ? Location() : AnyLocation();
      break;
    default:
      settings.retention_days = dice_.Between(0, 60);
  }
  return {Put{settings}};
}

// Nothing at all, a fact as it is, or what no answer depends on.
Changes ChangeMaker::Nothing() {
  const int way = dice_.Below(6);
  if (way == 1 && !facts_->memberships.empty()) return {Put{dice_.Pick(facts_->memberships)}};
  if (way == 2 && !facts_->assignments.empty()) return {Put{dice_.Pick(facts_->assignments)}};
  if (way == 3 && !facts_->skus.empty()) return {Put{dice_.Pick(facts_->skus)}};
  if (way == 4 && !facts_->observed.empty()) {
    return {Gone(dice_.Pick(facts_->observed))};
  }
  if (way == 4) return {Put{Observed{UserId("nobody"), SkuId("nothing"), {}}}};
  if (way == 5 && !facts_->users.empty()) {
    User user = dice_.Pick(facts_->users);
    user.display_name = absl::StrCat("name ", made_);
    user.account_enabled = !user.account_enabled;
    return {Put{user}};
  }
  return {};
}

Changes ChangeMaker::Undo() {
  if (past_.empty()) return {};
  return {Put{dice_.Pick(past_)}};
}

}  // namespace seatwise::histories
