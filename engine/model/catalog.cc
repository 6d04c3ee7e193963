#include "engine/model/catalog.h"

#include <algorithm>
#include <utility>

#include "base/check.h"

namespace seatwise {
namespace {

template <typename Row>
std::vector<Row> SortedById(std::vector<Row> rows) {
  std::sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) { return a.id < b.id; });
  return rows;
}

}  // namespace

Catalog Catalog::Build(const Facts& facts) {
  Catalog catalog;
  catalog.plan_facts_ = SortedById(facts.plans);
  catalog.sku_facts_ = SortedById(facts.skus);
  catalog.AddAll(facts, facts.plans.size());
  return catalog;
}

Catalog Catalog::BuildInOrder(const Facts& facts, size_t plan_room) {
  SEATWISE_CHECK(plan_room >= facts.plans.size());
  Catalog catalog;
  catalog.plan_facts_ = facts.plans;
  catalog.sku_facts_ = facts.skus;
  catalog.AddAll(facts, plan_room);
  return catalog;
}

void Catalog::AddAll(const Facts& facts, size_t plan_room) {
  words_ = PlanWords(plan_room);
  plan_ids_ = NumberIds(plan_facts_);
  sku_ids_ = NumberIds(sku_facts_);
  AddPlans();
  AddSkus();
  AddConflicts(facts);
  AddRequirements(facts);
  AddProhibitions(facts);
  AddSupply(facts);
}

template <typename Row>
Catalog::Numbers Catalog::NumberIds(const std::vector<Row>& rows) {
  StringColumn ids;
  std::vector<uint32_t> number;  // By position in `ids`.
  for (uint32_t i = 0; i < rows.size(); ++i) {
    if (rows[i].id.empty()) continue;
    ids.Add(rows[i].id.value());
    number.push_back(i);
  }
  IdTable::Built built = IdTable::Build(ids);
  SEATWISE_CHECK(built.repeated.empty()) << "an id is given twice";
  Numbers numbers{.by_rank = std::move(built.table),
                  .of_rank = std::vector<uint32_t>(number.size()),
                  .rank_of = std::vector<uint32_t>(rows.size())};
  for (size_t i = 0; i < number.size(); ++i) {
    numbers.of_rank[built.number_of[i]] = number[i];
    numbers.rank_of[number[i]] = built.number_of[i];
  }
  numbers.ranked = numbers.of_rank.size() == rows.size() &&
                   std::is_sorted(numbers.of_rank.begin(), numbers.of_rank.end());
  return numbers;
}

void Catalog::AddPlans() {
  marks_ = PlanRows(words(), kMarks);
  for (PlanNo plan = 0; plan < plans(); ++plan) {
    if (plan_facts_[plan].unique_address) Insert(marks_.Mutable(kUniqueAddress), plan);
  }
}

void Catalog::AddSkus() {
  user_plans_ = PlanRows(words(), skus());
  for (SkuNo sku = 0; sku < skus(); ++sku) {
    for (const PlanId& id : sku_facts_[sku].plans) {
      const PlanNo plan = FindPlan(id.value()).value();
      if (plan_facts_[plan].applies_to == AppliesTo::kUser) Insert(user_plans_.Mutable(sku), plan);
    }
  }
}

void Catalog::AddConflicts(const Facts& facts) {
  conflicts_ = PlanRows(words(), plans());
  for (const PlanConflict& conflict : facts.conflicts) {
    const PlanNo a = FindPlan(conflict.a.value()).value();
    const PlanNo b = FindPlan(conflict.b.value()).value();
    Insert(conflicts_.Mutable(a), b);
    Insert(conflicts_.Mutable(b), a);
    Insert(marks_.Mutable(kWithConflicts), a);
    Insert(marks_.Mutable(kWithConflicts), b);
  }
}

void Catalog::AddRequirements(const Facts& facts) {
  std::vector<PlanRequirement> sorted = facts.requirements;
  std::sort(sorted.begin(), sorted.end());
  // Which is the order of the numbers already if they follow the ids.
  std::stable_sort(sorted.begin(), sorted.end(), [&](const auto& a, const auto& b) {
    return FindPlan(a.plan.value()).value() < FindPlan(b.plan.value()).value();
  });
  any_of_ = PlanRows(words());
  first_requirement_.assign(plans() + 1, 0);
  for (const PlanRequirement& requirement : sorted) {
    const PlanNo plan = FindPlan(requirement.plan.value()).value();
    requirements_.push_back(
        {.plan = plan, .any_of = static_cast<uint32_t>(any_of_.Add(BitsOf(requirement.any_of)))});
    ++first_requirement_[plan + 1];
    Insert(marks_.Mutable(kWithRequirements), plan);
  }
  for (size_t i = 1; i < first_requirement_.size(); ++i) {
    first_requirement_[i] += first_requirement_[i - 1];
  }
}

void Catalog::AddProhibitions(const Facts& facts) {
  prohibitions_ = PlanRows(words());
  const std::vector<uint64_t> none(words());
  for (const PlanProhibition& prohibition : facts.prohibitions) {
    const auto [it, is_new] =
        prohibition_row_.try_emplace(prohibition.location, prohibitions_.size());
    if (is_new) prohibitions_.Add(none);
    Insert(prohibitions_.Mutable(it->second), FindPlan(prohibition.plan.value()).value());
  }
}

void Catalog::AddSupply(const Facts& facts) {
  supply_.resize(skus());
  for (SkuNo sku = 0; sku < skus(); ++sku) supply_[sku].overage = sku_facts_[sku].overage_units;
  for (const Subscription& subscription : facts.subscriptions) {
    if (subscription.self_service) continue;
    supply_[FindSku(subscription.sku.value()).value()].Add(subscription.status, subscription.units);
  }
}

PlanBits Catalog::prohibited_in(Location location) const {
  const auto it = prohibition_row_.find(location);
  return it == prohibition_row_.end() ? marks_[kNothing] : prohibitions_[it->second];
}

std::vector<Location> Catalog::prohibiting_locations() const {
  std::vector<Location> locations;
  for (const auto& [location, row] : prohibition_row_) locations.push_back(location);
  std::sort(locations.begin(), locations.end());
  return locations;
}

absl::Span<const RequirementRow> Catalog::requirements_of(PlanNo plan) const {
  const uint32_t begin = first_requirement_[plan];
  return {requirements_.data() + begin, first_requirement_[plan + 1] - begin};
}

std::vector<uint64_t> Catalog::BitsOf(const PlanIdSet& plans) const {
  std::vector<uint64_t> bits(words());
  for (const PlanId& id : plans) Insert(absl::MakeSpan(bits), FindPlan(id.value()).value());
  return bits;
}

PlanIdSet Catalog::IdsOf(PlanBits bits) const {
  PlanIdSet ids;
  ForEachPlan(bits, [&](PlanNo plan) { ids.insert(ids.end(), plan_facts_[plan].id); });
  return ids;
}

}  // namespace seatwise
