#include "engine/incremental/asked_plans.h"

#include <utility>

#include "engine/rules/relations.h"

namespace seatwise {

PlanIdSet IdsOf(const Catalog& catalog, FewPlans plans) {
  PlanIdSet ids;
  ForEachPlan(plans, [&](PlanNo plan) { ids.insert(catalog.plan(plan).id); });
  return ids;
}

Ref<AskedPlans> AskFor(const Catalog& catalog, absl::Span<const std::vector<uint64_t>> items) {
  AskedPlans asked;
  asked.items = static_cast<uint32_t>(items.size());
  asked.sets = PlanRows(catalog.words());
  std::vector<uint64_t> all(catalog.words());
  for (const std::vector<uint64_t>& plans : items) {
    asked.sets.Add(plans);
    UnionInto(absl::MakeSpan(all), plans);
  }
  if (items.size() > 1) asked.sets.Add(all);
  const std::vector<uint32_t> needs = NeedsOf(catalog, all);
  asked.need_count = static_cast<uint32_t>(needs.size());
  for (uint32_t row : needs) {
    AppendWords(catalog.any_of(row), asked.words);
    asked.ends.push_back(static_cast<uint32_t>(asked.words.size()));
  }
  AppendWords(ConflictsOf(catalog, all), asked.words);
  return Ref<AskedPlans>::Make(std::move(asked));
}

}  // namespace seatwise
