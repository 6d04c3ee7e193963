#include "engine/report/superfluous.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "engine/incremental/claim_shape.h"
#include "engine/incremental/live_facts.h"
#include "engine/incremental/live_parts.h"
#include "engine/incremental/outcome.h"
#include "engine/incremental/ref.h"
#include "engine/model/plan_bits.h"
#include "engine/rules/granting.h"
#include "engine/rules/shape.h"

namespace seatwise {
namespace {

bool IsSubset(PlanBits part, PlanBits whole) {
  for (size_t i = 0; i < part.size(); ++i) {
    if ((part[i] & ~whole[i]) != 0) return false;
  }
  return true;
}

// The item of the claim for the SKU; null if there is none.
const ShapeItem* ItemFor(const ClaimShape& claim, SkuNo sku) {
  for (const ShapeItem& item : claim.items) {
    if (item.sku == sku) return &item;
  }
  return nullptr;
}

// What groups give of the SKU of claim number `direct`; without groups if nothing.
DoubleAssignment OfDirectClaim(const Outcome& outcome, size_t direct) {
  const ClaimShape& own = *outcome.claims[direct];
  const ShapeItem& item = own.items.front();
  const PlanBits plans = own.plans(item);
  DoubleAssignment found = {.sku = item.sku,
                            .direct_granted = IsGranted(outcome.granted, direct),
                            .added_plans = std::vector<uint64_t>(plans.size())};
  if (found.direct_granted) found.added_plans.assign(plans.begin(), plans.end());
  for (size_t i = 0; i < outcome.claims.size(); ++i) {
    const ClaimShape& claim = *outcome.claims[i];
    const ShapeItem* other = claim.head.direct() ? nullptr : ItemFor(claim, item.sku);
    if (other == nullptr) continue;
    found.groups.push_back(claim.head.group);
    if (!IsGranted(outcome.granted, i)) continue;
    const PlanBits given = claim.plans(*other);
    for (size_t word = 0; word < given.size(); ++word) found.added_plans[word] &= ~given[word];
  }
  return found;
}

// Collects overlaps; users come by id.
class Overlaps {
 public:
  Overlaps(const LiveState& state, std::optional<SkuNo> sku, size_t sample_size)
      : state_(state), sku_(sku), sample_size_(sample_size) {}

  void Add(uint32_t user) {
    const Outcome* outcome = state_.parts().answers.OutcomeOf(user);
    if (outcome == nullptr) return;
    const auto [known, is_new] = known_.try_emplace(outcome);
    if (is_new) known->second = Find(user);
    for (const size_t at : known->second) {
      SkuOverlap& overlap = found_[at];
      ++overlap.users;
      if (overlap.sample.size() < sample_size_) overlap.sample.push_back(user);
    }
  }

  std::vector<SkuOverlap> Take() && {
    std::sort(found_.begin(), found_.end(), [&](const SkuOverlap& x, const SkuOverlap& y) {
      if (x.users != y.users) return x.users > y.users;
      return std::tie(IdOf(x.sku), IdOf(x.within)) < std::tie(IdOf(y.sku), IdOf(y.within));
    });
    return std::move(found_);
  }

 private:
  const SkuId& IdOf(SkuNo sku) const { return state_.catalog().sku(sku).id; }

  // Those of one user.
  std::vector<size_t> Find(uint32_t user) {
    std::vector<LiveLicense> usable;
    state_.ForEachLicense(user, [&](const LiveLicense& license) {
      if (license.state == LicenseState::kError || license.state == LicenseState::kDisabled) return;
      if (!IsEmpty(license.enabled_plans)) usable.push_back(license);
    });
    std::vector<size_t> found;
    for (const LiveLicense& part : usable) {
      if (sku_ && part.sku != *sku_) continue;
      for (const LiveLicense& whole : usable) {
        if (part.sku != whole.sku && AddsNothing(part, whole)) {
          found.push_back(NumberOf(part.sku, whole.sku));
        }
      }
    }
    return found;
  }

  bool AddsNothing(const LiveLicense& part, const LiveLicense& whole) const {
    if (!IsSubset(part.enabled_plans, whole.enabled_plans)) return false;
    return !IsSubset(whole.enabled_plans, part.enabled_plans) || IdOf(part.sku) < IdOf(whole.sku);
  }

  size_t NumberOf(SkuNo sku, SkuNo within) {
    const auto [at, is_new] = numbers_.try_emplace({sku, within}, found_.size());
    if (is_new) found_.push_back({.sku = sku, .within = within});
    return at->second;
  }

  const LiveState& state_;
  const std::optional<SkuNo> sku_;
  const size_t sample_size_;
  absl::flat_hash_map<const Outcome*, std::vector<size_t>> known_;
  absl::flat_hash_map<std::pair<SkuNo, SkuNo>, size_t> numbers_;
  std::vector<SkuOverlap> found_;
};

}  // namespace

std::vector<DoubleAssignment> DoubleAssignmentsOf(const LiveState& state, uint32_t user) {
  std::vector<DoubleAssignment> doubles;
  if (state.parts().facts.users[user]->direct().empty()) return doubles;
  // Claims come direct ones first, by the id of the SKU; then by the id of the group.
  const Outcome& outcome = *state.parts().answers.OutcomeOf(user);
  for (size_t i = 0; i < outcome.claims.size() && outcome.claims[i]->head.direct(); ++i) {
    DoubleAssignment found = OfDirectClaim(outcome, i);
    if (!found.groups.empty()) doubles.push_back(std::move(found));
  }
  auto found = doubles.begin();
  state.ForEachLicense(user, [&](const LiveLicense& license) {
    if (found == doubles.end() || found->sku != license.sku) return;
    found->state = license.state;
    ++found;
  });
  return doubles;
}

std::vector<SkuOverlap> SkuOverlapsOf(const LiveState& state, std::optional<SkuNo> sku,
                                      size_t sample_size) {
  Overlaps overlaps(state, sku, sample_size);
  state.ForEachUserFrom("", [&](uint32_t user, absl::string_view) {
    overlaps.Add(user);
    return true;
  });
  return std::move(overlaps).Take();
}

}  // namespace seatwise
