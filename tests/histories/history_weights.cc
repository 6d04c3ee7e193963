#include "tests/histories/history_weights.h"

#include <algorithm>

#include "tests/worlds/dice.h"

namespace seatwise::histories {
namespace {

using worlds::Dice;

// Nothing of what the defaults have.
void Only(HistoryWeights& w) {
  w.members = w.nesting = w.group_wishes = w.direct_wishes = w.subscriptions = w.overage = 0;
  w.plans = w.skus = w.relations = w.people = w.users = w.groups = w.settings = 0;
  w.nothing = 1;
  w.undo = 8;
}

// Whoever comes takes a seat from somebody.
void Seats(HistoryWeights& w) {
  Only(w);
  w.flavour = "seats";
  w.members = 40;
  w.direct_wishes = 12;
  w.group_wishes = 8;
  w.subscriptions = 16;
  w.overage = 3;
  w.users = 4;
  w.tenant.users = 10;
  w.tenant.units = 3;
  w.tenant.subscriptions = 1;
  w.tenant.group_sku = 60;
  w.tenant.user_sku = 15;
  w.tenant.groups_of_user = 3;
  w.tenant.default_location = 98;
}

// The same in GROUP_ATOMIC, where a group needs a seat of each of its SKUs.
void AtomicSeats(HistoryWeights& w) {
  Seats(w);
  w.flavour = "atomic seats";
  w.tenant.atomic = 100;
  w.tenant.skus = 5;
  w.tenant.groups = 5;
  w.tenant.conflicts = 2;
}

// Each SKU brings what another one needs, so that grants heal claims one after the other.
void Healing(HistoryWeights& w) {
  Only(w);
  w.tenant = {};
  w.flavour = "healing";
  w.members = 10;
  w.direct_wishes = 25;
  w.group_wishes = 6;
  w.subscriptions = 12;
  w.relations = 5;
  w.skus = 3;
  w.tenant.atomic = 15;
  w.tenant.users = 6;
  w.tenant.skus = 5;
  w.tenant.plans = 5;
  w.tenant.ladder = 95;
  w.tenant.plan_in_sku = 8;
  w.tenant.company_plan = 2;
  w.tenant.unique_plan = 3;
  w.tenant.small = 5;
  w.tenant.requirements = 7;
  w.tenant.chain = 92;
  w.tenant.conflicts = 0;
  w.tenant.prohibitions = 0;
  w.tenant.subscriptions = 2;
  w.tenant.units = 20;
  w.tenant.parked_sku = 5;
  w.tenant.user_sku = 85;
  w.tenant.group_sku = 15;
  w.tenant.disabled_plan = 4;
  w.tenant.all_disabled = 2;
  w.tenant.default_location = 97;
  w.tenant.times = 8;
}

// The same with hardly a seat: one more or less decides who brings whom what.
void HealingRace(HistoryWeights& w) {
  Healing(w);
  w.flavour = "healing race";
  w.tenant.users = 8;
  w.tenant.skus = 3;
  w.tenant.plans = 3;
  w.tenant.units = 4;
  w.tenant.conflicts = 1;
}

// The same with groups that heal as a whole.
void HealingGroups(HistoryWeights& w) {
  Healing(w);
  w.flavour = "healing groups";
  w.members = 40;
  w.direct_wishes = 8;
  w.tenant.atomic = 100;
  w.tenant.groups = 7;
  w.tenant.groups_of_user = 8;
  w.tenant.group_sku = 30;
  w.tenant.user_sku = 10;
}

// Plans against each other, and who came first.
void Conflicts(HistoryWeights& w) {
  Only(w);
  w.flavour = "conflicts";
  w.members = 20;
  w.direct_wishes = 12;
  w.group_wishes = 12;
  w.relations = 15;
  w.plans = 6;
  w.skus = 8;
  w.subscriptions = 6;
  w.tenant.conflicts = 7;
  w.tenant.plan_in_sku = 45;
  w.tenant.skus = 5;
  w.tenant.disabled_plan = 30;
  w.tenant.groups_of_user = 4;
}

// The catalog is rebuilt under everybody's feet.
void Catalogs(HistoryWeights& w) {
  Only(w);
  w.flavour = "catalog";
  w.plans = 20;
  w.skus = 20;
  w.relations = 15;
  w.subscriptions = 5;
  w.members = 5;
  w.direct_wishes = 4;
  w.group_wishes = 6;
}

// Around 64 plans, so that sets of plans become a word longer.
void ManyPlans(HistoryWeights& w) {
  Catalogs(w);
  w.flavour = "many plans";
  w.plans = 60;
  w.single = 0;
  w.steps = 20;
  w.tenant.small = 0;
  w.tenant.plans = 66;
  w.tenant.skus = 40;
  w.tenant.plan_in_sku = 5;
  w.tenant.group_sku = 10;
  w.tenant.user_sku = 5;
}

// Groups in groups, in circles as well.
void Nesting(HistoryWeights& w) {
  Only(w);
  w.flavour = "nesting";
  w.nesting = 40;
  w.members = 15;
  w.groups = 8;
  w.group_wishes = 10;
  w.settings = 1;
  w.users = 2;
  w.subscriptions = 4;
  w.tenant.nested = 97;
  w.tenant.groups = 8;
  w.tenant.groups_in_groups = 14;
  w.tenant.group_sku = 25;
  w.tenant.user_sku = 3;
  w.tenant.units = 4;
  w.tenant.times = 7;
  w.tenant.default_location = 95;
}

// Who lives where and who owns which address.
void People(HistoryWeights& w) {
  Only(w);
  w.flavour = "people";
  w.people = 40;
  w.users = 15;
  w.settings = 2;
  w.relations = 5;
  w.plans = 4;
  w.direct_wishes = 5;
  w.members = 8;
  w.tenant.users = 9;
  w.tenant.unique_plan = 60;
  w.tenant.address = 60;
  w.tenant.own_location = 60;
  w.tenant.default_location = 60;
  w.tenant.times = 2;
  w.tenant.prohibitions = 6;
  w.tenant.units = 6;
}

// Bills are paid late, or not.
void Billing(HistoryWeights& w) {
  Only(w);
  w.flavour = "billing";
  w.subscriptions = 50;
  w.overage = 12;
  w.members = 10;
  w.direct_wishes = 5;
  w.skus = 3;
  w.tenant.subscriptions = 3;
  w.tenant.units = 3;
  w.tenant.warning = 25;
  w.tenant.deleted = 20;
  w.tenant.self_service = 20;
  w.tenant.parked_sku = 40;
  w.tenant.parked_units = 40;
  w.tenant.overage = 40;
  w.tenant.unlimited = 20;
  w.tenant.group_sku = 60;
}

// People and groups come and go.
void Churn(HistoryWeights& w) {
  Only(w);
  w.flavour = "churn";
  w.users = 30;
  w.groups = 20;
  w.members = 20;
  w.group_wishes = 5;
  w.direct_wishes = 5;
  w.undo = 20;
  w.tenant.units = 4;
}

// Switches are thrown.
void Settings(HistoryWeights& w) {
  w.flavour = "settings";
  w.settings = 25;
  w.tenant.group_sku = 50;
  w.tenant.groups_in_groups = 6;
}

// Many of few kinds, with about as many seats: demand goes past the supply and back.
void Crowd(HistoryWeights& w) {
  Seats(w);
  w.flavour = "crowd";
  w.tenant.small = 0;
  w.tenant.users = 40;
  w.tenant.groups = 3;
  w.tenant.skus = 2;
  w.tenant.units = 24;
  w.tenant.user_sku = 4;
  w.tenant.times = 9;
}

void Everything(HistoryWeights&) {}

}  // namespace

HistoryWeights RandomHistoryWeights(uint64_t seed) {
  using Flavour = void (*)(HistoryWeights&);
  static constexpr Flavour kFlavours[] = {
      Everything, Everything,  Seats,       Seats,         AtomicSeats,   AtomicSeats, Healing,
      Healing,    HealingRace, HealingRace, HealingGroups, HealingGroups, Conflicts,   Catalogs,
      Nesting,    Nesting,     People,      Billing,       Churn,         Settings,    Crowd};
  Dice dice(seed ^ 0x415);
  HistoryWeights w;
  w.tenant = worlds::RandomWeights(dice.Next());
  // A wide tenant costs as much as many others.
  if (w.tenant.skus > 20) w.tenant = {};
  if (dice.Chance(2)) {
    ManyPlans(w);
  } else {
    dice.Pick(kFlavours)(w);
  }
  if (dice.Chance(10)) w.single = 0;
  // So long that numbers of what is deleted and made again run out of room.
  if (dice.Chance(1)) w.steps = 400;
  return w;
}

HistoryWeights MediumHistoryWeights(uint64_t seed) {
  HistoryWeights w = RandomHistoryWeights(seed);
  Dice dice(seed ^ 0x3ed);
  w.steps = 200;
  w.tenant.small = 0;
  w.tenant.users = dice.Between(250, 600);
  w.tenant.groups = std::max(w.tenant.groups, 12);
  w.tenant.user_sku = std::min(w.tenant.user_sku, 10);
  // Seats for some of those that want one.
  w.tenant.units = w.tenant.users / dice.Between(2, 8);
  w.tenant.times = dice.Chance(50) ? 300 : 5;
  w.tenant.addresses = dice.Chance(30) ? 5 : 150;
  return w;
}

}  // namespace seatwise::histories
