#include "tests/worlds/random_tenant.h"

#include <algorithm>
#include <limits>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "tests/worlds/dice.h"
#include "tests/worlds/odd_ids.h"

namespace seatwise::worlds {
namespace {

class Maker {
 public:
  Maker(uint64_t seed, const Weights& weights) : dice_(seed), w_(weights) {}

  Facts Make();

 private:
  void MakeSettings();
  void MakePlans();
  void MakeSkus();
  void MakeRelations();
  void MakeRequirement();
  void MakeSubscriptions(const Sku& sku);
  Subscription MakeSubscription(const Sku& sku, bool parked);
  void MakeUsers();
  void MakeMemberships();
  void MakeAssignments();
  void MakeAssignment(const Principal& principal, const Sku& sku);
  void MakeObserved();
  void ShuffleRows();

  int UpTo(int most) { return dice_.Between(0, most); }
  int Size(int most) { return dice_.Between(dice_.Chance(w_.small) ? 1 : (most + 1) / 2, most); }
  // 0 to `most`, more often the upper half.
  int Count(int most) { return dice_.Between(dice_.Chance(60) ? (most + 1) / 2 : 0, most); }
  PlanId AnyPlan() { return dice_.Pick(facts_.plans).id; }
  Location AnyLocation();
  Time AnyTime();
  int32_t AnyPriority();
  std::string AnyAddress();

  Dice dice_;
  const Weights& w_;
  Facts facts_;
};

Facts Maker::Make() {
  MakeSettings();
  MakePlans();
  MakeSkus();
  MakeRelations();
  MakeUsers();
  MakeMemberships();
  MakeAssignments();
  MakeObserved();
  ShuffleRows();
  return std::move(facts_);
}

Location Maker::AnyLocation() {
  static constexpr const char* kLocations[] = {"US", "US", "DE", "CN"};
  return *Location::Parse(dice_.Pick(kLocations));
}

// Few different times, a microsecond apart, before and after the epoch.
Time Maker::AnyTime() {
  if (dice_.Chance(w_.odd_times)) return dice_.Chance(50) ? kMinTime : kMaxTime;
  return {dice_.Below(w_.times) - 2};
}

int32_t Maker::AnyPriority() {
  static constexpr int32_t kPriorities[] = {0, 1, -1, std::numeric_limits<int32_t>::max(),
                                            std::numeric_limits<int32_t>::min()};
  return kPriorities[dice_.Below(std::min(w_.priorities, 5))];
}

// Case is random but for a letter beyond ASCII, which lower-casing leaves alone (K3).
std::string Maker::AnyAddress() {
  static constexpr const char* kPrefixes[] = {"smtp:", "smtp:", "SMTP:", "x500:"};
  static constexpr const char* kLetters[] = {"\xc3\xa9", "\xc3\x89"};
  std::string address = absl::StrCat(dice_.Pick(kPrefixes), "p", dice_.Below(w_.addresses));
  if (dice_.Chance(50)) absl::AsciiStrToUpper(&address);
  return absl::StrCat(address, dice_.Chance(85) ? "" : dice_.Pick(kLetters), "@x");
}

void Maker::MakeSettings() {
  if (dice_.Chance(w_.atomic)) facts_.settings.assignment_mode = AssignmentMode::kGroupAtomic;
  facts_.settings.nested_groups = dice_.Chance(w_.nested);
  if (dice_.Chance(w_.default_location)) facts_.settings.default_usage_location = AnyLocation();
}

void Maker::MakePlans() {
  IdMaker ids('p', w_.odd_ids, dice_);
  const int count = Size(w_.plans);
  for (int i = 0; i < count; ++i) {
    ServicePlan& plan = facts_.plans.emplace_back();
    plan.id = PlanId(ids.Next());
    if (dice_.Chance(w_.company_plan)) plan.applies_to = AppliesTo::kCompany;
    plan.unique_address = dice_.Chance(w_.unique_plan);
    plan.retains_data = dice_.Chance(20);
  }
}

void Maker::MakeSkus() {
  IdMaker ids('s', w_.odd_ids, dice_);
  const int count = Size(w_.skus);
  for (int i = 0; i < count; ++i) {
    Sku& sku = facts_.skus.emplace_back();
    sku.id = SkuId(ids.Next());
    const bool ladder = dice_.Chance(w_.ladder);
    if (ladder) sku.plans.insert(facts_.plans[static_cast<size_t>(i) % facts_.plans.size()].id);
    for (const ServicePlan& plan : facts_.plans) {
      if (dice_.Chance(ladder ? w_.plan_in_sku / 3 : w_.plan_in_sku)) sku.plans.insert(plan.id);
    }
    if (dice_.Chance(w_.overage)) sku.overage_units = UpTo(3);
    if (dice_.Chance(w_.unlimited)) sku.overage_units = kUnlimited;
    MakeSubscriptions(sku);
  }
}

void Maker::MakeSubscriptions(const Sku& sku) {
  const bool all_parked = dice_.Chance(w_.parked_sku);
  const int count = dice_.Chance(4) ? 0 : dice_.Between(1, std::max(1, w_.subscriptions));
  for (int i = 0; i < count; ++i) {
    const bool parked = all_parked || dice_.Chance(w_.parked_units);
    facts_.subscriptions.push_back(MakeSubscription(sku, parked));
  }
}

Subscription Maker::MakeSubscription(const Sku& sku, bool parked) {
  Subscription subscription;
  // One is given out for each; ids of subscriptions take no part in any order.
  subscription.id = SubscriptionId(absl::StrCat("sub", facts_.subscriptions.size()));
  subscription.sku = sku.id;
  subscription.units = dice_.Chance(1) ? 1'000'000'000'000 : UpTo(w_.units);
  if (parked) {
    subscription.status =
        dice_.Chance(50) ? SubscriptionStatus::kSuspended : SubscriptionStatus::kLockedOut;
  } else if (dice_.Chance(w_.warning)) {
    subscription.status = SubscriptionStatus::kWarning;
  }
  if (dice_.Chance(w_.deleted)) subscription.status = SubscriptionStatus::kDeleted;
  subscription.self_service = dice_.Chance(w_.self_service);
  return subscription;
}

void Maker::MakeRelations() {
  std::set<PlanConflict> conflicts;
  for (int i = Count(w_.conflicts); i > 0; --i) {
    const PlanId a = AnyPlan();
    const PlanId b = AnyPlan();
    if (a != b) conflicts.insert({std::min(a, b), std::max(a, b)});
  }
  facts_.conflicts.assign(conflicts.begin(), conflicts.end());
  for (int i = Count(w_.requirements); i > 0; --i) MakeRequirement();
  std::set<PlanProhibition> prohibitions;
  for (int i = Count(w_.prohibitions); i > 0; --i) prohibitions.insert({AnyPlan(), AnyLocation()});
  facts_.prohibitions.assign(prohibitions.begin(), prohibitions.end());
}

void Maker::MakeRequirement() {
  PlanRequirement requirement;
  if (dice_.Chance(w_.chain)) {
    // Among the plans that stand on a ladder of SKUs, so that there is one to bring each.
    const size_t length = std::min(facts_.plans.size(), facts_.skus.size());
    const size_t place = static_cast<size_t>(dice_.Below(static_cast<int>(length)));
    if (place + 1 == length && !dice_.Chance(w_.circle)) return;
    requirement = {facts_.plans[place].id, {facts_.plans[(place + 1) % length].id}};
  } else {
    requirement.plan = AnyPlan();
    for (int i = dice_.Between(1, w_.any_of); i > 0; --i) requirement.any_of.insert(AnyPlan());
  }
  const auto& all = facts_.requirements;
  if (std::find(all.begin(), all.end(), requirement) == all.end()) {
    facts_.requirements.push_back(std::move(requirement));
  }
}

void Maker::MakeUsers() {
  IdMaker ids('u', w_.odd_ids, dice_);
  const int count = Size(w_.users);
  for (int i = 0; i < count; ++i) {
    User& user = facts_.users.emplace_back();
    user.id = UserId(ids.Next());
    if (dice_.Chance(w_.own_location)) user.usage_location = AnyLocation();
    user.account_enabled = !dice_.Chance(10);
    if (dice_.Chance(10)) user.user_type = UserType::kGuest;
    user.created_at = AnyTime();
    while (dice_.Chance(w_.address)) user.proxy_addresses.insert(AnyAddress());
  }
}

void Maker::MakeMemberships() {
  IdMaker ids('g', w_.odd_ids, dice_);
  const int count = dice_.Chance(5) ? 0 : Size(w_.groups);
  for (int i = 0; i < count; ++i) facts_.groups.emplace_back().id = GroupId(ids.Next());
  if (count == 0) return;
  std::set<std::pair<GroupId, Principal>> facts;
  for (const User& user : facts_.users) {
    for (int i = UpTo(w_.groups_of_user); i > 0; --i) {
      facts.insert({dice_.Pick(facts_.groups).id, user.id});
    }
  }
  if (facts_.settings.nested_groups || dice_.Chance(20)) {
    for (int i = UpTo(w_.groups_in_groups); i > 0; --i) {
      const GroupId outer = dice_.Pick(facts_.groups).id;
      facts.insert({outer, dice_.Pick(facts_.groups).id});
    }
  }
  for (const auto& [group, member] : facts) {
    facts_.memberships.push_back({group, member, AnyTime()});
  }
}

void Maker::MakeAssignments() {
  for (const Sku& sku : facts_.skus) {
    for (const Group& group : facts_.groups) {
      if (dice_.Chance(w_.group_sku)) MakeAssignment(group.id, sku);
    }
    for (const User& user : facts_.users) {
      if (dice_.Chance(w_.user_sku)) MakeAssignment(user.id, sku);
    }
  }
}

void Maker::MakeAssignment(const Principal& principal, const Sku& sku) {
  Assignment assignment{principal, sku.id, {}, AnyPriority(), AnyTime()};
  const int disabled = dice_.Chance(w_.all_disabled) ? 100 : w_.disabled_plan;
  for (const PlanId& plan : sku.plans) {
    if (dice_.Chance(disabled)) assignment.disabled_plans.insert(plan);
  }
  if (dice_.Chance(w_.foreign_plan)) assignment.disabled_plans.insert(AnyPlan());
  facts_.assignments.push_back(std::move(assignment));
}

// Some of it names what does not exist (section 9).
void Maker::MakeObserved() {
  if (!dice_.Chance(20)) return;
  const UserId user = dice_.Pick(facts_.users).id;
  facts_.observed.push_back({user, dice_.Pick(facts_.skus).id, {AnyPlan()}});
  facts_.observed.push_back({user, SkuId("no such sku"), {PlanId("no such plan")}});
  facts_.observed.push_back({UserId("nobody here"), dice_.Pick(facts_.skus).id, {}});
}

void Maker::ShuffleRows() {
  dice_.Shuffle(facts_.plans);
  dice_.Shuffle(facts_.skus);
  dice_.Shuffle(facts_.subscriptions);
  dice_.Shuffle(facts_.users);
  dice_.Shuffle(facts_.groups);
  dice_.Shuffle(facts_.memberships);
  dice_.Shuffle(facts_.assignments);
}

}  // namespace

Facts RandomTenant(uint64_t seed, const Weights& weights) { return Maker(seed, weights).Make(); }

Facts RandomTenant(uint64_t seed) { return RandomTenant(seed, RandomWeights(seed)); }

}  // namespace seatwise::worlds
