#include "tests/worlds/disguise.h"

#include <map>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/worlds/dice.h"

namespace seatwise::worlds {
namespace {

// Replaces values by others in the same order.
template <typename Value>
class Reordering {
 public:
  void Note(Value value) { values_[value] = value; }

  // Steps of 1 to `most` from `first` on.
  void Draw(Dice& dice, Value first, int most) {
    Value next = first;
    for (auto& [value, replacement] : values_) {
      replacement = next;
      next += static_cast<Value>(dice.Between(1, most));
    }
  }

  Value operator()(Value value) const { return values_.at(value); }

 private:
  std::map<Value, Value> values_;
};

void ReplaceTimes(Facts& facts, Dice& dice) {
  Reordering<int64_t> times;
  for (const Membership& fact : facts.memberships) times.Note(fact.added_at.micros);
  for (const Assignment& assignment : facts.assignments) times.Note(assignment.assigned_at.micros);
  times.Draw(dice, dice.Chance(50) ? kMinTime.micros : -1, 1'000'000'000);
  for (Membership& fact : facts.memberships) fact.added_at = {times(fact.added_at.micros)};
  for (Assignment& assignment : facts.assignments) {
    assignment.assigned_at = {times(assignment.assigned_at.micros)};
  }
  Reordering<int64_t> created;
  for (const User& user : facts.users) created.Note(user.created_at.micros);
  created.Draw(dice, -3, 2);
  for (User& user : facts.users) user.created_at = {created(user.created_at.micros)};
}

void ReplacePriorities(Facts& facts, Dice& dice) {
  Reordering<int32_t> priorities;
  for (const Assignment& assignment : facts.assignments) priorities.Note(assignment.priority);
  priorities.Draw(dice, dice.Between(-9, 9), 5);
  for (Assignment& assignment : facts.assignments) {
    assignment.priority = priorities(assignment.priority);
  }
}

void ReplaceWhatDoesNotMatter(Facts& facts, Dice& dice) {
  facts.settings.retention_days = dice.Below(100);
  facts.observed.clear();
  for (ServicePlan& plan : facts.plans) {
    plan.name = absl::StrCat("plan ", dice.Below(9));
    plan.retains_data = dice.Chance(50);
  }
  for (Sku& sku : facts.skus) sku.part_number = absl::StrCat("PART_", dice.Below(9));
  for (Subscription& subscription : facts.subscriptions) {
    subscription.unit_price = UnitPrice{dice.Below(9)};
    subscription.renews_at = Time{dice.Below(9)};
  }
  for (User& user : facts.users) {
    user.display_name = absl::StrCat("User ", dice.Below(9));
    user.account_enabled = dice.Chance(50);
    user.user_type = dice.Chance(50) ? UserType::kGuest : UserType::kMember;
    user.attributes["department"] = absl::StrCat(dice.Below(9));
  }
  for (Group& group : facts.groups) group.membership_rule = absl::StrCat("rule ", dice.Below(9));
}

void ShuffleRows(Facts& facts, Dice& dice) {
  dice.Shuffle(facts.plans);
  dice.Shuffle(facts.skus);
  dice.Shuffle(facts.conflicts);
  dice.Shuffle(facts.requirements);
  dice.Shuffle(facts.prohibitions);
  dice.Shuffle(facts.subscriptions);
  dice.Shuffle(facts.users);
  dice.Shuffle(facts.groups);
  dice.Shuffle(facts.memberships);
  dice.Shuffle(facts.assignments);
}

}  // namespace

Facts Disguise(Facts facts, uint64_t seed) {
  Dice dice(seed ^ 0xd156);
  ReplaceTimes(facts, dice);
  ReplacePriorities(facts, dice);
  ReplaceWhatDoesNotMatter(facts, dice);
  ShuffleRows(facts, dice);
  return facts;
}

}  // namespace seatwise::worlds
