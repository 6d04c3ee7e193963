#include "engine/plan/user_effect.h"

#include <algorithm>
#include <tuple>

#include "engine/incremental/claim_shape.h"
#include "engine/incremental/ref.h"
#include "engine/model/plan_bits.h"
#include "engine/rules/license_maker.h"
#include "engine/rules/shape.h"

namespace seatwise {
namespace {

// A license as it can be compared: O1 to O3.
struct Shown {
  SkuNo sku = 0;
  LicenseState state = LicenseState::kError;
  PlanBits plans;

  bool held() const { return state != LicenseState::kError; }
};

// By the number of the SKU.
std::vector<Shown> LicensesOf(const Outcome* outcome, const LiveParts& parts) {
  std::vector<Shown> licenses;
  if (outcome == nullptr) return licenses;
  for (const LiveOutcomeLicense& license : outcome->licenses) {
    const bool off = parts.facts.products.supply(license.sku).off();
    licenses.push_back(
        {license.sku, StateOf(license.held, license.rejected, off), outcome->plans(license)});
  }
  std::ranges::sort(licenses, {}, &Shown::sku);
  return licenses;
}

uint64_t WordOf(PlanBits bits, size_t word) { return word < bits.size() ? bits[word] : 0; }

// Sets of an older catalog are shorter.
bool SamePlans(PlanBits x, PlanBits y) {
  for (size_t word = 0; word < std::max(x.size(), y.size()); ++word) {
    if (WordOf(x, word) != WordOf(y, word)) return false;
  }
  return true;
}

// O4.
std::vector<uint64_t> EffectivePlans(const std::vector<Shown>& licenses, size_t words) {
  std::vector<uint64_t> plans(words);
  for (const Shown& license : licenses) {
    if (license.state == LicenseState::kDisabled) continue;
    UnionInto(absl::MakeSpan(plans), license.plans);
  }
  return plans;
}

// Walks two lists that are sorted by distinct keys: `visit` gets what has the same key in both, or
// null for the one that lacks it.
template <typename Row, typename Key, typename Visit>
void VisitPairs(const std::vector<Row>& before, const std::vector<Row>& after, Key key,
                Visit visit) {
  auto was = before.begin();
  auto is = after.begin();
  while (was != before.end() || is != after.end()) {
    const bool has_old = was != before.end() && (is == after.end() || key(*was) <= key(*is));
    const bool has_new = is != after.end() && (was == before.end() || key(*is) <= key(*was));
    visit(has_old ? &*was++ : nullptr, has_new ? &*is++ : nullptr);
  }
}

void CompareLicenses(const std::vector<Shown>& before, const std::vector<Shown>& after,
                     UserEffect& effect) {
  const auto sku = [](const Shown& license) { return license.sku; };
  VisitPairs(before, after, sku, [&](const Shown* was, const Shown* is) {
    const bool held_before = was != nullptr && was->held();
    const bool held_after = is != nullptr && is->held();
    effect.gains_sku |= held_after && !held_before;
    effect.loses_sku |= held_before && !held_after;
    effect.license_differs |= was == nullptr || is == nullptr || was->state != is->state ||
                              !SamePlans(was->plans, is->plans);
  });
}

void ComparePlans(const std::vector<uint64_t>& before, const std::vector<uint64_t>& after,
                  const Catalog& catalog, UserEffect& effect) {
  for (size_t word = 0; word < before.size(); ++word) {
    const uint64_t gained = after[word] & ~before[word];
    const uint64_t lost = before[word] & ~after[word];
    const auto number = [word](uint32_t bit) { return static_cast<PlanNo>(64 * word + bit); };
    ForEachPlan({&gained, 1}, [&](uint32_t bit) { effect.plans_gained.push_back(number(bit)); });
    ForEachPlan({&lost, 1}, [&](uint32_t bit) {
      effect.plans_lost.push_back(number(bit));
      // What was kept so far follows the plan as it was when it held the data.
      if (catalog.plan(number(bit)).retains_data) effect.plans_at_risk.push_back(number(bit));
    });
  }
}

auto KeyOf(const ItemEffect& item) { return std::tuple(!item.direct, item.group, item.sku); }

// The rejected items, by key, with their violations in `mask`.
std::vector<ItemEffect> RejectedOf(const Outcome* outcome, const LiveParts& parts,
                                   ViolationMask ItemEffect::* mask) {
  std::vector<ItemEffect> items;
  if (outcome == nullptr || !outcome->any_rejected) return items;
  size_t number = 0;
  for (const Ref<ClaimShape>& claim : outcome->claims) {
    const Shape& head = claim->head;
    for (const ShapeItem& asked : claim->items) {
      const ViolationMask shown = ShownMask(outcome->items[number++], parts.IsFull(asked.sku));
      if (shown == 0) continue;
      items.push_back(
          {.direct = head.direct(), .group = head.direct() ? 0 : head.group, .sku = asked.sku});
      items.back().*mask = shown;
    }
  }
  std::ranges::sort(items, {}, KeyOf);
  return items;
}

void CompareItems(const std::vector<ItemEffect>& before, const std::vector<ItemEffect>& after,
                  UserEffect& effect) {
  VisitPairs(before, after, KeyOf, [&](const ItemEffect* was, const ItemEffect* is) {
    ItemEffect item = was != nullptr ? *was : *is;
    if (is != nullptr) item.after = is->after;
    if (item.before != item.after) effect.items.push_back(item);
  });
}

}  // namespace

UserEffect EffectMaker::Make(const Outcome* before, const Outcome* after) const {
  UserEffect effect;
  const std::vector<Shown> old_licenses = LicensesOf(before, before_);
  const std::vector<Shown> new_licenses = LicensesOf(after, after_);
  CompareLicenses(old_licenses, new_licenses, effect);
  const Catalog& catalog = *before_.facts.products.catalog();
  if (effect.license_differs) {
    const size_t words = std::max(catalog.words(), after_.facts.products.catalog()->words());
    ComparePlans(EffectivePlans(old_licenses, words), EffectivePlans(new_licenses, words), catalog,
                 effect);
  }
  CompareItems(RejectedOf(before, before_, &ItemEffect::before),
               RejectedOf(after, after_, &ItemEffect::after), effect);
  return effect;
}

}  // namespace seatwise
