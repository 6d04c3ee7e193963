#include "tests/worlds/weights.h"

#include "tests/worlds/dice.h"

namespace seatwise::worlds {
namespace {

// Nobody gets all they ask for.
void Scarce(Weights& w) {
  w.flavour = "scarce seats";
  w.users = 10;
  w.units = 2;
  w.subscriptions = 1;
  w.group_sku = 60;
  w.user_sku = 20;
  w.conflicts = 1;
  w.requirements = 1;
}

// Many pairs of plans exclude each other.
void Conflicts(Weights& w) {
  w.flavour = "conflicts";
  w.conflicts = 8;
  w.plan_in_sku = 45;
  w.skus = 5;
  w.disabled_plan = 30;
  w.groups_of_user = 4;
}

// Each SKU brings what another one needs, so that grants heal claims one after the other.
void Healing(Weights& w) {
  w.flavour = "healing";
  w.small = 5;
  w.users = 5;
  w.skus = 5;
  w.plans = 5;
  w.ladder = 95;
  w.plan_in_sku = 8;
  w.company_plan = 2;
  w.unique_plan = 3;
  w.requirements = 6;
  w.chain = 92;
  w.conflicts = 0;
  w.prohibitions = 0;
  w.subscriptions = 3;
  w.units = 20;
  w.parked_sku = 5;
  w.user_sku = 90;
  w.group_sku = 10;
  w.groups_of_user = 3;
  w.disabled_plan = 3;
  w.all_disabled = 2;
  w.default_location = 97;
  w.times = 8;
  w.atomic = 20;
}

// As before, with hardly a seat, so that healed claims and others race for the last one.
void HealingRace(Weights& w) {
  Healing(w);
  w.flavour = "healing race";
  w.conflicts = 1;
  w.users = 8;
  w.units = 4;
  w.skus = 3;
  w.plans = 3;
  w.requirements = 4;
}

// As before, and groups heal as a whole or not at all.
void HealingGroups(Weights& w) {
  Healing(w);
  w.flavour = "healing groups";
  w.atomic = 100;
  w.groups = 7;
  w.groups_of_user = 12;
  w.group_sku = 30;
  w.user_sku = 5;
}

// Groups in groups in circles.
void Nesting(Weights& w) {
  w.flavour = "nesting";
  w.nested = 98;
  w.users = 7;
  w.groups = 7;
  w.groups_in_groups = 14;
  w.groups_of_user = 2;
  w.times = 7;
  w.odd_times = 2;
  w.priorities = 1;
  w.subscriptions = 1;
  w.units = 4;
  w.group_sku = 30;
  w.user_sku = 3;
  w.default_location = 95;
}

// Everybody shares addresses and lives somewhere else.
void People(Weights& w) {
  w.flavour = "people";
  w.users = 10;
  w.unique_plan = 50;
  w.address = 60;
  w.own_location = 60;
  w.default_location = 60;
  w.conflicts = 4;
  w.requirements = 4;
  w.disabled_plan = 30;
  w.times = 2;
  w.units = 12;
  w.prohibitions = 6;
}

// Groups that carry many SKUs stand or fall together.
void Atomic(Weights& w) {
  w.flavour = "atomic";
  w.atomic = 100;
  w.group_sku = 65;
  w.skus = 5;
  w.units = 4;
  w.conflicts = 3;
  w.requirements = 3;
  w.groups_of_user = 3;
  w.disabled_plan = 30;
}

// Subscriptions of every kind.
void Billing(Weights& w) {
  w.flavour = "billing";
  w.subscriptions = 4;
  w.units = 3;
  w.warning = 25;
  w.deleted = 20;
  w.self_service = 20;
  w.parked_sku = 40;
  w.parked_units = 40;
  w.overage = 40;
  w.unlimited = 20;
}

// Nearly everything ties.
void Ties(Weights& w) {
  w.flavour = "ties";
  w.users = 9;
  w.groups = 6;
  w.times = 2;
  w.priorities = 1;
  w.odd_ids = 60;
  w.units = 4;
  w.groups_of_user = 4;
  w.group_sku = 60;
  w.user_sku = 30;
}

// Many users of few kinds.
void Crowd(Weights& w) {
  w.flavour = "crowd";
  w.users = 60;
  w.groups = 3;
  w.units = 30;
  w.user_sku = 2;
  w.address = 3;
  w.own_location = 10;
  w.times = 9;
}

// More SKUs, plans and groups than fit one machine word.
void Wide(Weights& w) {
  w.flavour = "wide";
  w.users = 8;
  w.groups = 80;
  w.skus = 70;
  w.plans = 150;
  w.plan_in_sku = 2;
  w.conflicts = 60;
  w.requirements = 40;
  w.group_sku = 5;
  w.user_sku = 10;
  w.groups_of_user = 12;
  w.groups_in_groups = 40;
}

void Plain(Weights&) {}

}  // namespace

Weights RandomWeights(uint64_t seed) {
  using Flavour = void (*)(Weights&);
  static constexpr Flavour kFlavours[] = {
      Plain,       Scarce,      Scarce,        Conflicts,     Conflicts, Healing, Healing, Healing,
      HealingRace, HealingRace, HealingGroups, HealingGroups, Nesting,   Nesting, People,  People,
      Atomic,      Atomic,      Billing,       Ties,          Ties,      Crowd};
  Dice dice(seed ^ 0x5ea7);
  Weights w;
  // A wide tenant costs as much as a hundred others.
  if (dice.Chance(1)) {
    Wide(w);
  } else {
    dice.Pick(kFlavours)(w);
  }
  if (dice.Chance(25)) w.priorities = dice.Between(1, 5);
  if (dice.Chance(25)) w.times = dice.Between(1, 9);
  if (dice.Chance(15)) w.atomic = 100;
  if (dice.Chance(15)) w.nested = 100;
  if (dice.Chance(10)) w.units = dice.Between(0, 3);
  if (dice.Chance(10)) w.requirements = dice.Between(2, 6);
  if (dice.Chance(10)) w.parked_sku = 50;
  if (dice.Chance(10)) w.odd_ids = 100;
  return w;
}

}  // namespace seatwise::worlds
