// Plans stand in a row. The first are the core of all suites; a suite takes others from the first
// third, an add-on from a window that moves on with its number, so that windows of neighbours
// overlap and every plan is within somebody's reach.
#include "bench/workload/catalog.h"

#include <algorithm>
#include <set>

#include "bench/workload/random.h"

namespace seatwise::workload {

namespace {

constexpr uint32_t kCorePlans = 12;

Plan PickPlan(uint32_t number, Random& random) {
  Plan plan;
  plan.company = random.Chance(80'000);
  plan.retains_data = random.Chance(300'000);
  // The mailbox plans of every tenant: they need an address that is not somebody else's.
  plan.unique_address = number == 1 || number == 2;
  if (plan.unique_address) plan.company = false;
  return plan;
}

// Adds different plans of [begin, begin + width), counted around the end of the row, until the set
// has `size` or all of them.
void AddPlans(std::set<uint32_t>& plans, uint32_t begin, uint32_t width, size_t size, uint32_t all,
              Random& random) {
  for (uint32_t tries = 0; plans.size() < size && tries < 20 * width; ++tries) {
    plans.insert((begin + random.Below(width)) % all);
  }
}

Sku MakeSuite(uint32_t plan_count, Random& random) {
  std::set<uint32_t> plans;
  for (uint32_t plan = 0; plan < std::min(kCorePlans, plan_count); ++plan) {
    if (random.Chance(800'000)) plans.insert(plan);
  }
  const size_t size = std::min(random.Between(20, 40), plan_count / 2);
  AddPlans(plans, 0, std::max(plan_count / 3, 40u), size, plan_count, random);
  return Sku{{plans.begin(), plans.end()}};
}

Sku MakeAddOn(uint32_t begin, uint32_t plan_count, Random& random) {
  std::set<uint32_t> plans;
  const size_t size = random.Between(1, 19);
  AddPlans(plans, begin, 2 * static_cast<uint32_t>(size), size, plan_count, random);
  return Sku{{plans.begin(), plans.end()}};
}

}  // namespace

uint32_t SuiteCount(uint32_t skus) { return std::min(std::max(skus / 10, 3u), skus); }

Catalog MakeCatalog(uint64_t seed, uint32_t skus) {
  Random random(seed, Stream::kCatalog, 0);
  const uint32_t plan_count = std::max(skus * 10 / 3, 6u);
  Catalog catalog;
  for (uint32_t i = 0; i < plan_count; ++i) catalog.plans.push_back(PickPlan(i, random));
  for (uint32_t i = 0; i < skus; ++i) {
    catalog.skus.push_back(i < SuiteCount(skus)
                               ? MakeSuite(plan_count, random)
                               : MakeAddOn(i * plan_count / skus, plan_count, random));
  }
  return catalog;
}

}  // namespace seatwise::workload
