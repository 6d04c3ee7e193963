// One idea after the other, by what is wrong:
//
//   K1  a location, as colleagues have it
//   K2  without the prohibited plans
//   K3  without the address, or without the plans that need it
//   K4  the other assignment taken back, or without the plans; or this one without its plans
//   K5  the missing plan enabled, or assigned, or what brings it healed; or without the plan
//   K6  seats, for all SKUs of the claim that lack one; or a parked subscription renewed
//
// and where the claim itself is a wish for one user, or comes by a group that the user is in: give
// that up.
#include "engine/plan/fix_candidates.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <variant>

#include "base/status_macros.h"
#include "base/time.h"
#include "engine/incremental/live_parts.h"
#include "engine/incremental/live_sources.h"
#include "engine/model/plan_bits.h"
#include "engine/plan/fix_steps.h"
#include "engine/plan/likely_location.h"

namespace seatwise {
namespace {

constexpr size_t kMostSkusTried = 3;  // That could be assigned for a missing plan.

AssignmentKey KeyOf(const ClaimItem& item) { return {item.source, item.sku}; }

class Candidates {
 public:
  Candidates(const LiveState& state, const Draft& draft, const ClaimName& claim,
             const std::vector<ClaimItem>& items, Time now)
      : state_(state),
        draft_(draft),
        claim_(claim),
        items_(items),
        now_(now),
        id_(UserId(state.UserIdOf(claim.user))) {}

  absl::StatusOr<std::vector<FixCandidate>> Make() {
    for (const ClaimItem& item : items_) {
      if (claim_.Has(item)) SEATWISE_RETURN_IF_ERROR(AddAll(item));
    }
    SEATWISE_RETURN_IF_ERROR(AddSeats(claim_));
    SEATWISE_RETURN_IF_ERROR(GiveUp());
    return std::move(candidates_);
  }

 private:
  absl::Status AddAll(const ClaimItem& item);
  absl::Status Add(const ClaimItem& item, const UsageLocationMissing&);
  absl::Status Add(const ClaimItem& item, const ProhibitedInUsageLocation& violation);
  absl::Status Add(const ClaimItem& item, const Uniqueness& violation);
  absl::Status Add(const ClaimItem& item, const MutuallyExclusive& violation);
  absl::Status Add(const ClaimItem& item, const Dependency& violation);
  // All items of a claim together: AddSeats.
  absl::Status Add(const ClaimItem&, const Count&) { return absl::OkStatus(); }
  absl::Status Add(const ClaimItem&, const Other&) { return absl::OkStatus(); }

  absl::Status AddSeats(const ClaimName& claim);
  absl::Status AddMissingPlan(const PlanIdSet& any_of);
  absl::Status AddSkusWith(const PlanIdSet& any_of);
  absl::Status GiveUp();
  // Out of the group in which the user is directly and that leads to `group`.
  absl::Status AddLeaving(const Principal& source);

  absl::Status AddStep(MaybeStep step, int64_t touches) {
    SEATWISE_RETURN_IF_ERROR(step.status());
    if (step->has_value()) candidates_.push_back({{**std::move(step)}, touches});
    return absl::OkStatus();
  }
  // Of a change of an assignment.
  int64_t TouchedBy(const Principal& principal) const {
    const auto* group = std::get_if<GroupId>(&principal);
    if (group == nullptr) return 1;
    const std::optional<uint32_t> number = state_.FindGroup(group->value());
    const std::optional<GroupStatus> status = number ? state_.GroupStatusOf(*number) : std::nullopt;
    return status ? status->members : 0;
  }
  // Not all plans of the SKU: what is left would take a seat for nothing.
  absl::Status AddDisabling(const AssignmentKey& key, const PlanIdSet& plans) {
    const std::optional<SkuNo> sku = state_.FindSku(key.sku.value());
    if (!sku.has_value()) return absl::OkStatus();
    SEATWISE_ASSIGN_OR_RETURN(const std::optional<Assignment> assignment,
                              draft_.Get<Assignment>(key));
    bool leaves_some = false;
    for (const PlanId& plan : state_.catalog().IdsOf(state_.catalog().user_plans(*sku))) {
      const bool disabled = assignment.has_value() && assignment->disabled_plans.contains(plan);
      leaves_some = leaves_some || (!disabled && !plans.contains(plan));
    }
    if (!leaves_some) return absl::OkStatus();
    return AddStep(DisablePlans(draft_, key, plans), TouchedBy(key.principal));
  }

  const LiveState& state_;
  const Draft& draft_;
  const ClaimName& claim_;
  const std::vector<ClaimItem>& items_;
  const Time now_;
  const UserId id_;
  std::vector<FixCandidate> candidates_;
};

absl::Status Candidates::AddAll(const ClaimItem& item) {
  for (const Violation& violation : item.violations) {
    SEATWISE_RETURN_IF_ERROR(
        std::visit([&](const auto& details) { return Add(item, details); }, violation));
  }
  return absl::OkStatus();
}

absl::Status Candidates::Add(const ClaimItem&, const UsageLocationMissing&) {
  for (const Location location : LikelyLocations(state_, claim_.user)) {
    SEATWISE_RETURN_IF_ERROR(AddStep(SetLocation(draft_, id_, location), 1));
  }
  return absl::OkStatus();
}

absl::Status Candidates::Add(const ClaimItem& item, const ProhibitedInUsageLocation& violation) {
  const PlanIdSet plans(violation.plans.begin(), violation.plans.end());
  return AddDisabling(KeyOf(item), plans);
}

absl::Status Candidates::Add(const ClaimItem& item, const Uniqueness& violation) {
  SEATWISE_RETURN_IF_ERROR(AddStep(DropAddresses(draft_, id_, violation.clashes), 1));
  const PlanIdSet plans(violation.plans.begin(), violation.plans.end());
  return AddDisabling(KeyOf(item), plans);
}

absl::Status Candidates::Add(const ClaimItem& item, const MutuallyExclusive& violation) {
  // What is in the way, by the assignment that brings it.
  std::map<PlanSource, PlanIdSet> others;
  PlanIdSet own;
  for (const Exclusion& exclusion : violation.exclusions) {
    own.insert(exclusion.plan);
    for (const PlanSource& source : exclusion.sources) others[source].insert(exclusion.other);
  }
  for (const auto& [source, plans] : others) {
    const AssignmentKey key{source.source, source.sku};
    if (key != KeyOf(item)) {
      SEATWISE_RETURN_IF_ERROR(AddStep(DropAssignment(draft_, key), TouchedBy(key.principal)));
    }
    SEATWISE_RETURN_IF_ERROR(AddDisabling(key, plans));
    if (source.source != item.source) SEATWISE_RETURN_IF_ERROR(AddLeaving(source.source));
  }
  return AddDisabling(KeyOf(item), own);
}

absl::Status Candidates::Add(const ClaimItem& item, const Dependency& violation) {
  PlanIdSet plans;
  for (const PlanRequirement& unmet : violation.unmet) {
    plans.insert(unmet.plan);
    SEATWISE_RETURN_IF_ERROR(AddMissingPlan(unmet.any_of));
  }
  return AddDisabling(KeyOf(item), plans);
}

// The plan is left out of what the user is assigned, or in a claim that is rejected itself, or in
// no claim at all.
absl::Status Candidates::AddMissingPlan(const PlanIdSet& any_of) {
  const std::vector<LiveSource> sources = SourcesOf(state_, claim_.user);
  bool asked = false;
  for (size_t i = 0; i < sources.size(); ++i) {
    const PlanIdSet plans = state_.catalog().IdsOf(sources[i].plans);
    for (const PlanId& plan : any_of) {
      if (!plans.contains(plan)) {
        SEATWISE_RETURN_IF_ERROR(
            AddStep(EnablePlans(draft_, KeyOf(items_[i]), {plan}), TouchedBy(items_[i].source)));
        continue;
      }
      asked = true;
      if (items_[i].granted || claim_.Has(items_[i])) continue;
      for (const Violation& violation : items_[i].violations) {
        if (std::holds_alternative<Dependency>(violation)) continue;  // No circles.
        SEATWISE_RETURN_IF_ERROR(
            std::visit([&](const auto& v) { return Add(items_[i], v); }, violation));
      }
      SEATWISE_RETURN_IF_ERROR(AddSeats(ClaimOf(state_, claim_.user, items_[i])));
    }
  }
  return asked ? absl::OkStatus() : AddSkusWith(any_of);
}

// SKUs with a seat to spare first, then small ones.
absl::Status Candidates::AddSkusWith(const PlanIdSet& any_of) {
  const Catalog& catalog = state_.catalog();
  std::set<std::tuple<bool, size_t, SkuId>> found;
  for (SkuNo sku = 0; sku < catalog.skus(); ++sku) {
    if (catalog.sku(sku).id.value().empty()) continue;
    const PlanIdSet plans = catalog.IdsOf(catalog.user_plans(sku));
    const bool has_one = std::any_of(any_of.begin(), any_of.end(),
                                     [&](const PlanId& plan) { return plans.contains(plan); });
    if (!has_one) continue;
    found.emplace(state_.SeatsOf(sku).available() == 0, plans.size(), catalog.sku(sku).id);
  }
  size_t tried = 0;
  for (const auto& [full, plans, sku] : found) {
    if (++tried > kMostSkusTried) break;
    SEATWISE_RETURN_IF_ERROR(AddStep(AssignSku(draft_, id_, sku, now_), 1));
  }
  return absl::OkStatus();
}

// K6: a claim that lacks several seats needs all of them.
absl::Status Candidates::AddSeats(const ClaimName& claim) {
  FixCandidate all;
  for (const ClaimItem& item : items_) {
    if (!claim.Has(item)) continue;
    for (const Violation& violation : item.violations) {
      const auto* count = std::get_if<Count>(&violation);
      if (count == nullptr) continue;
      const std::optional<SkuNo> sku = state_.FindSku(item.sku.value());
      const SeatSupply& supply = state_.parts().facts.products.supply(*sku);
      SEATWISE_ASSIGN_OR_RETURN(const std::vector<FixStep> renewals, Renewals(draft_, item.sku));
      const SeatUsage seats = state_.SeatsOf(*sku);
      for (const FixStep& step : renewals) {
        candidates_.push_back({{step}, seats.consumed + seats.waiting});
      }
      SEATWISE_ASSIGN_OR_RETURN(
          std::optional<FixStep> step,
          BuySeats(draft_, item.sku, UnitsFor(seats, supply.overage, count->place)));
      if (!step.has_value()) return absl::OkStatus();
      all.touches += count->place;
      all.steps.push_back(*std::move(step));
    }
  }
  if (!all.steps.empty()) candidates_.push_back(std::move(all));
  return absl::OkStatus();
}

absl::Status Candidates::AddLeaving(const Principal& source) {
  const auto* group = std::get_if<GroupId>(&source);
  if (group == nullptr) return absl::OkStatus();
  const std::optional<uint32_t> number = state_.FindGroup(group->value());
  if (!number.has_value()) return absl::OkStatus();
  const std::vector<uint32_t> path = GroupPaths(state_, claim_.user).To(*number);
  if (path.empty()) return absl::OkStatus();
  return AddStep(LeaveGroup(draft_, GroupId(state_.GroupIdOf(path.back())), id_), 1);
}

absl::Status Candidates::GiveUp() {
  const auto lacks_a_seat = [](const Violation& v) { return std::holds_alternative<Count>(v); };
  for (const ClaimItem& item : items_) {
    if (!claim_.Has(item)) continue;
    // Who waits for a seat is served by seats.
    if (std::any_of(item.violations.begin(), item.violations.end(), lacks_a_seat)) {
      return absl::OkStatus();
    }
    if (IsDirect(item.source)) return AddStep(DropAssignment(draft_, KeyOf(item)), 1);
    if (item.violations.size() == 1 && std::holds_alternative<Other>(item.violations[0])) continue;
    // One SKU of several that a group brings as one claim.
    SEATWISE_RETURN_IF_ERROR(AddStep(DropAssignment(draft_, KeyOf(item)), TouchedBy(item.source)));
  }
  return AddLeaving(claim_.source);
}

}  // namespace

int64_t UnitsFor(const SeatUsage& seats, int64_t overage, int64_t place) {
  if (overage == kUnlimited) return 1;
  return std::max<int64_t>(1, seats.consumed + place - seats.usable - overage);
}

ClaimName ClaimOf(const LiveState& state, uint32_t user, const ClaimItem& item) {
  const bool whole_group =
      !IsDirect(item.source) && state.settings().assignment_mode == AssignmentMode::kGroupAtomic;
  return {.user = user, .source = item.source, .sku = whole_group ? SkuId() : item.sku};
}

absl::StatusOr<std::vector<FixCandidate>> CandidatesFor(const LiveState& state, const Draft& draft,
                                                        const ClaimName& claim,
                                                        const std::vector<ClaimItem>& items,
                                                        Time now) {
  return Candidates(state, draft, claim, items, now).Make();
}

}  // namespace seatwise
