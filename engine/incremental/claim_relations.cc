#include "engine/incremental/claim_relations.h"

namespace seatwise {
namespace {

// Plans that need a plan of some set to which one of `plans` belongs.
std::vector<uint64_t> PlansThatNeed(const Catalog& catalog, PlanBits plans) {
  std::vector<uint64_t> needing(catalog.words());
  ForEachPlan(catalog.plans_with_requirements(), [&](PlanNo plan) {
    for (const RequirementRow& requirement : catalog.requirements_of(plan)) {
      if (Intersects(catalog.any_of(requirement.any_of), plans)) {
        Insert(absl::MakeSpan(needing), plan);
      }
    }
  });
  return needing;
}

}  // namespace

ClaimRelations::ClaimRelations(const Catalog& catalog, absl::Span<const ClaimShape* const> swapped)
    : plans_(catalog.words()), conflicts_(catalog.words()), skus_(catalog.skus()), known_(kKnown) {
  for (const ClaimShape* claim : swapped) {
    UnionInto(absl::MakeSpan(plans_), claim->asked->plans());
    for (const ShapeItem& item : claim->items) skus_[item.sku] = 1;
  }
  ForEachPlan(plans_, [&](PlanNo plan) {
    UnionInto(absl::MakeSpan(conflicts_), catalog.conflicts_of(plan));
  });
  needing_ = PlansThatNeed(catalog, plans_);
}

ClaimRelation ClaimRelations::Find(const ClaimShape* claim) const {
  const PlanBits plans = claim->asked->plans();
  return {.claim = claim,
          .conflicts = Intersects(plans, conflicts_),
          .needs = claim->head.needs_others && Intersects(plans, needing_),
          .asks = AsksFor(*claim, skus_)};
}

}  // namespace seatwise
