// A relation between plans hits users through every SKU that has the plans. How many is estimated
// from the pairs of SKUs that users ask for together, summed up: an upper bound, since users that
// are hit twice count twice and disabled plans are not looked at. Candidates are drawn, estimated,
// and taken while the sum stays within a budget.
#include "bench/workload/relations.h"

#include <algorithm>
#include <set>
#include <utility>

#include "bench/workload/catalog.h"
#include "bench/workload/people.h"
#include "bench/workload/random.h"

namespace seatwise::workload {

namespace {

// Budgets of users, of a million.
constexpr uint64_t kConflictBudget = 60'000;
constexpr uint64_t kRequirementBudget = 10'000;
constexpr uint64_t kProhibitionLimit = 50'000;
constexpr int kCandidates = 4'000;

// The plans of a user, by the SKUs that have them; COMPANY plans have none (rule C1).
std::vector<std::vector<uint32_t>> SkusOfPlans(const Catalog& catalog) {
  std::vector<std::vector<uint32_t>> skus(catalog.plans.size());
  for (uint32_t sku = 0; sku < catalog.skus.size(); ++sku) {
    for (uint32_t plan : catalog.skus[sku].plans) {
      if (!catalog.plans[plan].company) skus[plan].push_back(sku);
    }
  }
  return skus;
}

bool Contains(const std::vector<uint32_t>& list, uint32_t value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

class RelationPicker {
 public:
  RelationPicker(uint64_t seed, uint32_t users, const Demand& demand, Catalog& catalog)
      : users_(users),
        demand_(demand),
        catalog_(catalog),
        skus_of_(SkusOfPlans(catalog)),
        random_(seed, Stream::kRelations, 0) {}

  void PickConflicts(uint64_t budget, uint32_t count);
  void PickRequirements(const std::vector<bool>& all_staff_plans);
  void PickProhibitions();

 private:
  struct Candidate {
    uint64_t hits;
    uint32_t plan;
    uint32_t other;

    friend auto operator<=>(const Candidate&, const Candidate&) = default;
  };

  uint32_t PickPlan() { return random_.Below(static_cast<uint32_t>(catalog_.plans.size())); }
  // Whether two plans may exclude each other: each in some SKU, none in a SKU with both.
  bool Separate(uint32_t plan, uint32_t other) const;
  uint64_t UsersWithBoth(uint32_t plan, uint32_t other) const;
  uint64_t UsersWith(uint32_t plan) const;
  std::vector<Candidate> DrawConflicts();
  // Outside what all staff has, and in use.
  bool IsOptional(uint32_t plan) const;
  std::vector<uint32_t> DrawAnyOf(const std::vector<uint32_t>& from);

  uint32_t users_;
  const Demand& demand_;
  Catalog& catalog_;
  std::vector<std::vector<uint32_t>> skus_of_;
  Random random_;
};

bool RelationPicker::Separate(uint32_t plan, uint32_t other) const {
  if (skus_of_[plan].empty() || skus_of_[other].empty()) return false;
  return std::none_of(skus_of_[plan].begin(), skus_of_[plan].end(),
                      [&](uint32_t sku) { return Contains(skus_of_[other], sku); });
}

uint64_t RelationPicker::UsersWithBoth(uint32_t plan, uint32_t other) const {
  uint64_t sum = 0;
  for (uint32_t sku : skus_of_[plan]) {
    for (uint32_t with : skus_of_[other]) sum += demand_.Together(sku, with);
  }
  return sum;
}

uint64_t RelationPicker::UsersWith(uint32_t plan) const {
  uint64_t sum = 0;
  for (uint32_t sku : skus_of_[plan]) sum += demand_.holders[sku];
  return sum;
}

// Different pairs, those that hit most users first.
std::vector<RelationPicker::Candidate> RelationPicker::DrawConflicts() {
  std::set<Candidate> candidates;
  for (int i = 0; i < kCandidates; ++i) {
    const uint32_t first = PickPlan();
    const uint32_t second = PickPlan();
    if (!Separate(first, second)) continue;
    candidates.insert(
        {UsersWithBoth(first, second), std::min(first, second), std::max(first, second)});
  }
  return {candidates.rbegin(), candidates.rend()};
}

void RelationPicker::PickConflicts(uint64_t budget, uint32_t count) {
  uint64_t left = budget;
  for (const Candidate& candidate : DrawConflicts()) {
    if (count == 0) return;
    // A third of what is left: so there are large ones and small ones, and the budget suffices for
    // any count.
    if (candidate.hits > left / 3) continue;
    left -= candidate.hits;
    --count;
    catalog_.conflicts.push_back({candidate.plan, candidate.other});
  }
}

bool RelationPicker::IsOptional(uint32_t plan) const {
  return !skus_of_[plan].empty() && !Contains(skus_of_[plan], 0) && !Contains(skus_of_[plan], 1);
}

std::vector<uint32_t> RelationPicker::DrawAnyOf(const std::vector<uint32_t>& from) {
  std::set<uint32_t> any_of;
  const uint32_t count = random_.Between(1, 3);
  for (uint32_t i = 0; i < count; ++i) {
    any_of.insert(from[random_.Below(static_cast<uint32_t>(from.size()))]);
  }
  return {any_of.begin(), any_of.end()};
}

void RelationPicker::PickRequirements(const std::vector<bool>& all_staff_plans) {
  std::vector<uint32_t> staff, others;
  for (uint32_t plan = 0; plan < catalog_.plans.size(); ++plan) {
    if (catalog_.plans[plan].company) continue;
    if (all_staff_plans[plan]) staff.push_back(plan);
    if (IsOptional(plan) && skus_of_[plan].front() < SuiteCount(catalog_.skus.size()))
      others.push_back(plan);
  }
  uint64_t budget = kRequirementBudget * users_ / 1'000'000;
  size_t count = catalog_.plans.size() / 10;
  for (int i = 0; i < kCandidates && count > 0 && !staff.empty(); ++i) {
    const uint32_t plan = PickPlan();
    const bool rarely_met = random_.Chance(300'000) && !others.empty();
    std::vector<uint32_t> any_of = DrawAnyOf(rarely_met ? others : staff);
    if (!IsOptional(plan) || Contains(any_of, plan)) continue;
    if (rarely_met && UsersWith(plan) > budget) continue;
    if (rarely_met) budget -= UsersWith(plan);
    catalog_.requirements.push_back({plan, std::move(any_of)});
    --count;
  }
}

void RelationPicker::PickProhibitions() {
  const std::vector<absl::string_view>& locations = Locations();
  std::set<std::pair<uint32_t, size_t>> taken;
  const size_t count = 5 + catalog_.plans.size() / 100;
  for (int i = 0; i < kCandidates && taken.size() < count; ++i) {
    const uint32_t plan = PickPlan();
    const size_t place = 5 + random_.Below(static_cast<uint32_t>(locations.size()) - 5);
    if (UsersWith(plan) > kProhibitionLimit * users_ / 1'000'000) continue;
    if (!IsOptional(plan) || !taken.insert({plan, place}).second) continue;
    catalog_.prohibitions.push_back({plan, locations[place]});
  }
}

}  // namespace

void AddRelations(uint64_t seed, uint32_t users, const Demand& demand,
                  const std::vector<bool>& all_staff_plans, Catalog& catalog) {
  RelationPicker picker(seed, users, demand, catalog);
  picker.PickConflicts(kConflictBudget * users / 1'000'000,
                       static_cast<uint32_t>(catalog.plans.size() / 10));
  picker.PickRequirements(all_staff_plans);
  picker.PickProhibitions();
}

void AddConflicts(uint64_t seed, uint32_t count, Catalog& catalog) {
  const size_t skus = catalog.skus.size();
  // Nobody counts: every pair hits none, within a budget of none.
  const Demand demand{0, std::vector<uint32_t>(skus), std::vector<uint32_t>(skus * skus)};
  RelationPicker(seed, 0, demand, catalog).PickConflicts(0, count);
}

}  // namespace seatwise::workload
