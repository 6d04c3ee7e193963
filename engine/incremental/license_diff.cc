// Users ascend, so each run has its users in order as they come: nothing is sorted at the end.
#include "engine/incremental/license_diff.h"

#include <algorithm>
#include <iterator>
#include <tuple>

#include "engine/model/derived.h"
#include "engine/rules/license_maker.h"

namespace seatwise {
namespace {

LicenseState StateIn(const LiveProducts& products, const LiveOutcomeLicense& license) {
  return StateOf(license.held, license.rejected, products.supply(license.sku).off());
}

// Sets may be of different length. Most are the very same, of one claim: then nobody reads them.
bool SamePlans(PlanBits x, PlanBits y) {
  if (x.data() == y.data() && x.size() == y.size()) return true;
  if (x.size() > y.size()) std::swap(x, y);
  const auto is_zero = [](uint64_t word) { return word == 0; };
  return std::equal(x.begin(), x.end(), y.begin()) &&
         std::all_of(y.begin() + static_cast<std::ptrdiff_t>(x.size()), y.end(), is_zero);
}

absl::Span<const LiveOutcomeLicense> LicensesOf(const Outcome* outcome) {
  return outcome != nullptr ? absl::MakeConstSpan(outcome->licenses)
                            : absl::Span<const LiveOutcomeLicense>();
}

}  // namespace

void LicenseDiff::Add(uint32_t user, const Outcome* before, const Outcome* after) {
  const auto [it, is_new] = lists_.try_emplace(Outcomes(before, after));
  if (is_new) it->second = Compare(before, after);
  Add(user, it->second);
}

uint32_t LicenseDiff::NumberOf(const Outcome& outcome, const LiveOutcomeLicense& license,
                               const LiveProducts& products) {
  std::vector<uint64_t> value = {static_cast<uint64_t>(StateIn(products, license))};
  const PlanBits plans = outcome.plans(license);
  value.insert(value.end(), plans.begin(), plans.end());
  while (value.size() > 1 && value.back() == 0) value.pop_back();
  const auto [it, is_new] = numbers_.try_emplace(value, 1 + values_.size());
  if (is_new) values_.push_back(std::move(value));
  return it->second;
}

void LicenseDiff::AddChange(const Change& change) {
  const auto [it, is_new] = run_of_.try_emplace(change, static_cast<uint32_t>(runs_.size()));
  if (is_new) runs_.push_back({.change = change, .users = {}});
  run_lists_.push_back(it->second);
}

// Both outcomes list their licenses by the ids of the SKUs, and most licenses are the same in both.
LicenseDiff::RunList LicenseDiff::Compare(const Outcome* before, const Outcome* after) {
  RunList list{.begin = static_cast<uint32_t>(run_lists_.size())};
  const absl::Span<const LiveOutcomeLicense> were = LicensesOf(before);
  const absl::Span<const LiveOutcomeLicense> are = LicensesOf(after);
  for (size_t i = 0, j = 0; i < were.size() || j < are.size();) {
    const bool both = i < were.size() && j < are.size();
    const bool same = both && were[i].sku == are[j].sku;
    const bool has_old = same || j == are.size() || (both && IdOf(were[i].sku) < IdOf(are[j].sku));
    const LiveOutcomeLicense* was = has_old ? &were[i++] : nullptr;
    const LiveOutcomeLicense* is = same || !has_old ? &are[j++] : nullptr;
    if (same && StateIn(before_, *was) == StateIn(after_, *is) &&
        SamePlans(before->plans(*was), after->plans(*is))) {
      continue;
    }
    Change change{.sku = was != nullptr ? was->sku : is->sku};
    if (was != nullptr) change.before = NumberOf(*before, *was, before_);
    if (is != nullptr) change.after = NumberOf(*after, *is, after_);
    AddChange(change);
  }
  list.end = static_cast<uint32_t>(run_lists_.size());
  return list;
}

// Numbers are never given to another plan or SKU; one that was deleted has its id in the version
// before only.
const SkuId& LicenseDiff::IdOf(SkuNo sku) const {
  const Catalog& after = *after_.catalog();
  if (sku < after.skus() && !after.sku(sku).id.value().empty()) return after.sku(sku).id;
  return before_.catalog()->sku(sku).id;
}

SharedPlanIds LicenseDiff::IdsOf(SkuNo sku, PlanBits plans) const {
  const Catalog& after = *after_.catalog();
  // Most licenses have all plans of their SKU.
  if (sku < after.skus() && SamePlans(plans, after.user_plans(sku))) {
    return after_.whole_plan_ids(sku);
  }
  PlanIdSet ids;
  ForEachPlan(plans, [&](PlanNo plan) {
    const bool exists = plan < after.plans() && !after.plan(plan).id.value().empty();
    // Nearly always the last one so far: most numbers follow the ids.
    ids.insert(ids.end(), (exists ? after : *before_.catalog()).plan(plan).id);
  });
  return ids;
}

std::optional<LicenseValue> LicenseDiff::ValueOf(SkuNo sku, uint32_t number) const {
  if (number == 0) return std::nullopt;
  const absl::Span<const uint64_t> value = values_[number - 1];
  return LicenseValue{.state = static_cast<LicenseState>(value[0]),
                      .enabled_plans = IdsOf(sku, value.subspan(1))};
}

LicenseDelta LicenseDiff::Take() && {
  LicenseDelta delta;
  delta.runs.reserve(runs_.size());
  for (Run& run : runs_) {
    if (run.users.empty()) continue;  // Compared, and then nobody went that way.
    delta.runs.push_back({.sku = IdOf(run.change.sku),
                          .before = ValueOf(run.change.sku, run.change.before),
                          .after = ValueOf(run.change.sku, run.change.after),
                          .users = std::move(run.users)});
  }
  std::sort(delta.runs.begin(), delta.runs.end());
  return delta;
}

LicenseDelta UniteDeltas(std::vector<LicenseDelta> parts) {
  LicenseDelta all;
  for (LicenseDelta& part : parts) {
    all.runs.insert(all.runs.end(), std::make_move_iterator(part.runs.begin()),
                    std::make_move_iterator(part.runs.end()));
  }
  // Of equal runs the part with smaller users stays in front.
  std::stable_sort(all.runs.begin(), all.runs.end());
  LicenseDelta united;
  for (LicenseDelta::Run& run : all.runs) {
    if (united.runs.empty() || united.runs.back() < run) {
      united.runs.push_back(std::move(run));
    } else {
      std::vector<uint32_t>& users = united.runs.back().users;
      users.insert(users.end(), run.users.begin(), run.users.end());
    }
  }
  return united;
}

}  // namespace seatwise
