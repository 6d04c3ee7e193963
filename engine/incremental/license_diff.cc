#include "engine/incremental/license_diff.h"

#include <algorithm>
#include <optional>

#include "engine/model/derived.h"
#include "engine/rules/license_maker.h"

namespace seatwise {
namespace {

// The licenses by the number of the SKU, which both versions have in common.
std::vector<const OutcomeLicense*> BySku(const Outcome* outcome) {
  std::vector<const OutcomeLicense*> licenses;
  if (outcome == nullptr) return licenses;
  for (const OutcomeLicense& license : outcome->licenses) licenses.push_back(&license);
  std::sort(licenses.begin(), licenses.end(),
            [](const OutcomeLicense* x, const OutcomeLicense* y) { return x->sku < y->sku; });
  return licenses;
}

}  // namespace

uint32_t LicenseDiff::NumberOf(const Outcome& outcome, const OutcomeLicense& license,
                               const LiveProducts& products) {
  const LicenseState state =
      StateOf(license.held, license.rejected, products.supply(license.sku).off());
  std::vector<uint64_t> value = {static_cast<uint64_t>(state)};
  const PlanBits plans = outcome.plans(license);
  value.insert(value.end(), plans.begin(), plans.end());
  while (value.size() > 1 && value.back() == 0) value.pop_back();
  const auto [it, is_new] = numbers_.try_emplace(value, 1 + values_.size());
  if (is_new) values_.push_back(std::move(value));
  return it->second;
}

std::vector<LicenseDiff::Change> LicenseDiff::Compare(const Outcome* before, const Outcome* after) {
  const auto old_ones = BySku(before);
  const auto new_ones = BySku(after);
  std::vector<Change> changes;
  for (size_t i = 0, j = 0; i < old_ones.size() || j < new_ones.size();) {
    Change change;
    change.sku = std::min(i < old_ones.size() ? old_ones[i]->sku : new_ones[j]->sku,
                          j < new_ones.size() ? new_ones[j]->sku : old_ones[i]->sku);
    if (i < old_ones.size() && old_ones[i]->sku == change.sku) {
      change.before = NumberOf(*before, *old_ones[i++], before_);
    }
    if (j < new_ones.size() && new_ones[j]->sku == change.sku) {
      change.after = NumberOf(*after, *new_ones[j++], after_);
    }
    if (change.before != change.after) changes.push_back(change);
  }
  return changes;
}

// Numbers are never given to another plan or SKU; one that was deleted has its id in the version
// before only.
SkuId LicenseDiff::IdOf(SkuNo sku) const {
  const Catalog& after = *after_.catalog();
  if (sku < after.skus() && !after.sku(sku).id.value().empty()) return after.sku(sku).id;
  return before_.catalog()->sku(sku).id;
}

std::optional<LicenseValue> LicenseDiff::ValueOf(uint32_t number) const {
  if (number == 0) return std::nullopt;
  const std::vector<uint64_t>& value = values_[number - 1];
  LicenseValue license{.state = static_cast<LicenseState>(value[0]), .enabled_plans = {}};
  ForEachPlan(absl::MakeConstSpan(value).subspan(1), [&](PlanNo plan) {
    const Catalog& after = *after_.catalog();
    const bool exists = plan < after.plans() && !after.plan(plan).id.value().empty();
    license.enabled_plans.insert((exists ? after : *before_.catalog()).plan(plan).id);
  });
  return license;
}

LicenseDelta LicenseDiff::Take() && {
  absl::flat_hash_map<Change, std::vector<uint32_t>> by_change;
  for (const auto& [outcomes, users] : users_) {
    for (const Change& change : Compare(outcomes.first, outcomes.second)) {
      std::vector<uint32_t>& changed = by_change[change];
      changed.insert(changed.end(), users.begin(), users.end());
    }
  }
  LicenseDelta delta;
  for (auto& [change, users] : by_change) {
    std::sort(users.begin(), users.end());
    delta.runs.push_back({.sku = IdOf(change.sku),
                          .before = ValueOf(change.before),
                          .after = ValueOf(change.after),
                          .users = std::move(users)});
  }
  std::sort(delta.runs.begin(), delta.runs.end());
  return delta;
}

}  // namespace seatwise
