// The number of a world is read as digits of mixed bases, one for each choice; a family is a
// function that spends digits. The number of worlds is the product of the bases, which are the same
// for all worlds of a family.
#include "tests/worlds/small_worlds.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "base/check.h"

namespace seatwise::worlds {
namespace {

class Digits {
 public:
  explicit Digits(uint64_t number) : rest_(number) {}

  // 0 to base - 1.
  int Next(int base) {
    const auto b = static_cast<uint64_t>(base);
    count_ *= b;
    return static_cast<int>(std::exchange(rest_, rest_ / b) % b);
  }
  bool Bit() { return Next(2) == 1; }

  // The product of all bases so far.
  uint64_t count() const { return count_; }
  // True if the number was below count().
  bool spent() const { return rest_ == 0; }

 private:
  uint64_t rest_;
  uint64_t count_ = 1;
};

const UserId kAna("ana"), kBob("bob");
const GroupId kG("g"), kH("h");
const SkuId kS("S"), kT("T");
const PlanId kP("P"), kQ("Q"), kR("R");

// Users ana and bob, groups g and h, SKUs S (plan P) and T (plan Q); location US.
Facts Base() {
  Facts facts;
  facts.settings.default_usage_location = *Location::Parse("US");
  for (const PlanId& plan : {kP, kQ}) facts.plans.emplace_back().id = plan;
  for (const SkuId& sku : {kS, kT}) facts.skus.emplace_back().id = sku;
  facts.skus[0].plans = {kP};
  facts.skus[1].plans = {kQ};
  for (const UserId& user : {kAna, kBob}) facts.users.emplace_back().id = user;
  for (const GroupId& group : {kG, kH}) facts.groups.emplace_back().id = group;
  return facts;
}

void Mode(Facts& facts, Digits& digits) {
  if (digits.Bit()) facts.settings.assignment_mode = AssignmentMode::kGroupAtomic;
}

void Seats(Facts& facts, const SkuId& sku, int64_t units,
           SubscriptionStatus status = SubscriptionStatus::kEnabled) {
  Subscription& subscription = facts.subscriptions.emplace_back();
  subscription.id = SubscriptionId(absl::StrCat("sub", facts.subscriptions.size()));
  subscription.sku = sku;
  subscription.units = units;
  subscription.status = status;
}

void Join(Facts& facts, const GroupId& group, const Principal& member, int64_t time) {
  facts.memberships.push_back({group, member, Time{time}});
}

void Wish(Facts& facts, const Principal& principal, const SkuId& sku, int32_t priority = 0,
          int64_t time = 0, PlanIdSet disabled = {}) {
  facts.assignments.push_back({principal, sku, std::move(disabled), priority, Time{time}});
}

// One of: nothing, P conflicts with Q, P requires Q, Q requires P, both require each other.
void Relation(Facts& facts, int which) {
  if (which == 1) facts.conflicts.push_back({kP, kQ});
  if (which == 2 || which == 4) facts.requirements.push_back({kP, {kQ}});
  if (which == 3 || which == 4) facts.requirements.push_back({kQ, {kP}});
}

Facts Queue(Digits& digits) {
  Facts facts = Base();
  Mode(facts, digits);
  Seats(facts, kS, 1 + digits.Next(2));
  Seats(facts, kT, 1 + digits.Next(2));
  const bool tie = digits.Bit();
  if (digits.Bit()) Join(facts, kG, kAna, tie ? 1 : 2);
  if (digits.Bit()) Join(facts, kG, kBob, 1);
  if (digits.Bit()) Join(facts, kH, kAna, 1);
  if (digits.Bit()) Join(facts, kH, kBob, tie ? 1 : 3);
  const int32_t priority_g = digits.Next(2);
  const int32_t priority_h = digits.Next(2);
  if (digits.Bit()) Wish(facts, kG, kS, 0, 2);
  if (digits.Bit()) Wish(facts, kG, kT, priority_g, 0);
  if (digits.Bit()) Wish(facts, kH, kS, priority_h, 0);
  if (digits.Bit()) Wish(facts, kH, kT, 0, 2);
  if (digits.Bit()) Wish(facts, kAna, kS, 0, 2);
  if (digits.Bit()) Wish(facts, kBob, kT, 0, 1);
  return facts;
}

// What ana and bob may have to do with CN, where P is prohibited.
void Locations(Facts& facts, int which) {
  if (which != 0) facts.prohibitions.push_back({kP, *Location::Parse("CN")});
  if (which == 1) facts.users[1].usage_location = *Location::Parse("CN");
  if (which == 2) {
    facts.settings.default_usage_location = *Location::Parse("CN");
    facts.users[1].usage_location = *Location::Parse("US");
  }
  if (which == 3) {
    facts.settings.default_usage_location = {};
    facts.users[0].usage_location = *Location::Parse("US");
  }
}

// P needs unique addresses; ana and bob share none, or one that ana or bob owns.
void Addresses(Facts& facts, int which) {
  facts.plans[0].unique_address = true;
  if (which == 0) return;
  facts.users[0].proxy_addresses = {"smtp:x"};
  facts.users[1].proxy_addresses = {"SMTP:X"};
  if (which == 2) facts.users[0].created_at = Time{1};
}

Facts Checks(Digits& digits) {
  Facts facts = Base();
  Mode(facts, digits);
  Relation(facts, digits.Next(5));
  Locations(facts, digits.Next(4));
  Addresses(facts, digits.Next(3));
  Seats(facts, kS, 1 + digits.Next(2));
  const int seats_t = digits.Next(3);
  Seats(facts, kT, seats_t == 0 ? 1 : 2,
        seats_t == 2 ? SubscriptionStatus::kSuspended : SubscriptionStatus::kEnabled);
  Join(facts, kG, kAna, 1);
  Join(facts, kG, kBob, 2);
  if (digits.Bit()) Join(facts, kH, kAna, 3);
  if (digits.Bit()) Join(facts, kH, kBob, 1);
  if (digits.Bit()) Wish(facts, kG, kS);
  if (digits.Bit()) Wish(facts, kG, kT);
  if (digits.Bit()) Wish(facts, kH, kS);
  const bool disabled = digits.Bit();
  if (digits.Bit()) Wish(facts, kH, kT, 0, 0, disabled ? PlanIdSet{kQ} : PlanIdSet{});
  return facts;
}

// Absent, or there since 1, 2, ...
void MaybeJoin(Facts& facts, const GroupId& group, const Principal& member, int time) {
  if (time > 0) Join(facts, group, member, time);
}

Facts Nesting(Digits& digits) {
  Facts facts = Base();
  facts.settings.nested_groups = true;
  Mode(facts, digits);
  Seats(facts, kS, 1);
  Seats(facts, kT, 2);
  MaybeJoin(facts, kG, kAna, digits.Next(4));
  MaybeJoin(facts, kH, kAna, digits.Next(3));
  MaybeJoin(facts, kG, kBob, digits.Next(3));
  MaybeJoin(facts, kH, kBob, digits.Next(3));
  MaybeJoin(facts, kG, kH, digits.Next(4));
  MaybeJoin(facts, kH, kG, digits.Next(3));
  MaybeJoin(facts, kG, kG, digits.Next(2));
  const int32_t priority = digits.Next(2);
  const int64_t time = digits.Next(3);
  const int licensed = digits.Next(3);
  if (licensed != 1) Wish(facts, kG, kS, 0, time);
  if (licensed != 0) Wish(facts, kH, kS, priority, 0);
  if (licensed == 2) Wish(facts, kH, kT, 0, time);
  return facts;
}

// The principal asks for a SKU without some of its two plans, or does not.
void MaybeWish(Facts& facts, const Principal& principal, const Sku& sku, int64_t time, int which) {
  if (which == 0) return;
  PlanIdSet disabled;
  if (which == 2 || which == 4) disabled.insert(*sku.plans.begin());
  if (which == 3 || which == 4) disabled.insert(*std::next(sku.plans.begin()));
  Wish(facts, principal, sku.id, 0, time, disabled);
}

Facts Plans(Digits& digits) {
  Facts facts = Base();
  facts.plans.emplace_back().id = kR;
  facts.skus[0].plans = {kP, kQ};
  facts.skus[1].plans = {kQ, kR};
  Mode(facts, digits);
  const int relation = digits.Next(4);
  if (relation == 1) facts.conflicts.push_back({kP, kR});
  if (relation >= 2) facts.requirements.push_back({kP, {kR}});
  if (relation == 3) facts.requirements.push_back({kR, {kP}});
  const int seats = digits.Next(3);
  Seats(facts, kS, seats == 0 ? 1 : 2,
        seats == 2 ? SubscriptionStatus::kLockedOut : SubscriptionStatus::kEnabled);
  Seats(facts, kT, 1);
  const bool late = digits.Bit();
  Join(facts, kG, kAna, late ? 2 : 1);
  Join(facts, kG, kBob, 1);
  Join(facts, kH, kAna, 1);
  MaybeWish(facts, kG, facts.skus[0], 0, digits.Next(5));
  MaybeWish(facts, kH, facts.skus[0], 2, digits.Next(5));
  MaybeWish(facts, kG, facts.skus[1], 0, digits.Next(5));
  MaybeWish(facts, kAna, facts.skus[1], 1, digits.Next(5));
  return facts;
}

Facts Capacity(Digits& digits) {
  Facts facts = Base();
  const int overage = digits.Next(3);
  facts.skus[0].overage_units = overage == 2 ? kUnlimited : overage;
  Seats(facts, kS, digits.Next(3), SubscriptionStatus::kEnabled);
  Seats(facts, kS, digits.Next(2), SubscriptionStatus::kWarning);
  Seats(facts, kS, digits.Next(3), SubscriptionStatus::kSuspended);
  Seats(facts, kS, digits.Next(2), SubscriptionStatus::kLockedOut);
  Seats(facts, kS, digits.Next(2), SubscriptionStatus::kDeleted);
  Seats(facts, kS, digits.Next(2));
  facts.subscriptions.back().self_service = true;
  if (digits.Bit()) Wish(facts, kAna, kS);
  if (digits.Bit()) Wish(facts, kG, kS);
  if (digits.Bit()) Join(facts, kG, kAna, 1);
  if (digits.Bit()) Join(facts, kG, kBob, 0);
  return facts;
}

template <Facts (*kFamily)(Digits&)>
Facts World(uint64_t number) {
  Digits digits(number);
  Facts facts = kFamily(digits);
  SEATWISE_CHECK(digits.spent()) << "there is no world " << number;
  return facts;
}

template <Facts (*kFamily)(Digits&)>
SmallWorlds Family(absl::string_view name) {
  Digits digits(0);
  kFamily(digits);
  return {std::string(name), digits.count(), World<kFamily>};
}

}  // namespace

std::vector<SmallWorlds> AllSmallWorlds() {
  return {Family<Queue>("queue"), Family<Checks>("checks"), Family<Nesting>("nesting"),
          Family<Plans>("plans"), Family<Capacity>("capacity")};
}

void ForEachSmallWorld(absl::FunctionRef<void(const Facts&, absl::string_view name)> visit) {
  for (const SmallWorlds& worlds : AllSmallWorlds()) {
    for (uint64_t number = 0; number < worlds.count; ++number) {
      visit(worlds.world(number), absl::StrCat(worlds.family, " ", number));
    }
  }
}

}  // namespace seatwise::worlds
