// What a random tenant is like. Test only.
#pragma once

#include <cstdint>
#include <ostream>
#include <string>

namespace seatwise::worlds {

// Sizes, and how often things happen, in percent. The defaults are a small, unexciting tenant.
struct Weights {
  std::string flavour = "plain";  // For messages.

  // The tenant.
  int atomic = 30;            // GROUP_ATOMIC.
  int nested = 30;            // nested_groups.
  int default_location = 80;  // There is one.

  // How many there are: at least half of this, or at least one.
  int small = 25;  // How often at least one will do.
  int users = 6;
  int groups = 4;
  int skus = 3;
  int plans = 6;

  // The catalog.
  int plan_in_sku = 30;  // A plan is in a SKU.
  int ladder = 0;        // The n-th SKU has the n-th plan and, a third as often, others.
  int company_plan = 8;
  int unique_plan = 25;
  int conflicts = 2;     // At most so many.
  int requirements = 2;  // At most so many.
  int any_of = 2;        // Plans of a requirement, at most.
  int chain = 20;        // A requirement is of the n-th plan by the next one.
  int circle = 10;       // The last plan of a chain requires the first one.
  int prohibitions = 1;  // At most so many.

  // Subscriptions.
  int subscriptions = 2;  // Of a SKU, at most.
  int units = 6;          // Of a subscription, at most.
  int warning = 15;
  int deleted = 5;
  int self_service = 5;
  int parked_sku = 10;    // Nothing of a SKU is usable, but something is parked.
  int parked_units = 10;  // A subscription beside others is parked.
  int overage = 15;
  int unlimited = 5;

  // People.
  int own_location = 30;
  int address = 40;   // A user has an address; then, as often, another.
  int addresses = 3;  // Different addresses in the tenant.

  // Groups.
  int groups_of_user = 2;    // At most so many.
  int groups_in_groups = 2;  // Facts, at most; in tenants without nesting as well, but rarely.

  // Assignments.
  int group_sku = 40;      // A group has a SKU.
  int user_sku = 10;       // A user has a SKU directly.
  int disabled_plan = 15;  // A plan of the SKU is disabled.
  int all_disabled = 5;    // All are.
  int foreign_plan = 5;    // A plan that is not in the SKU is disabled too.

  // Ties.
  int times = 4;       // Different times.
  int odd_times = 5;   // A time is at an end of the range instead.
  int priorities = 2;  // Different priorities; 1 for always 0.
  int odd_ids = 20;    // An id is an odd one.

  friend std::ostream& operator<<(std::ostream& out, const Weights& weights) {
    return out << weights.flavour;
  }
};

// The weights of the tenant with this seed: a flavour (scarce seats, many conflicts, deep healing
// chains, ...), and beyond that some numbers drawn again.
Weights RandomWeights(uint64_t seed);

}  // namespace seatwise::worlds
