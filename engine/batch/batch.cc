#include "engine/batch/batch.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "engine/batch/classes.h"
#include "engine/batch/nesting.h"
#include "engine/batch/outcomes.h"
#include "engine/batch/singles.h"
#include "engine/batch/together.h"
#include "engine/batch/triage.h"
#include "engine/batch/waiting_lists.h"
#include "engine/rules/explain.h"
#include "engine/rules/shapes.h"
#include "engine/rules/traits.h"
#include "engine/rules/user_in_columns.h"

namespace seatwise {
namespace {

BatchStatistics CountStatistics(const Classes& classes, const Triage& triage,
                                const Singles& singles, const Outcomes& outcomes) {
  BatchStatistics statistics;
  statistics.classes = static_cast<int64_t>(classes.size());
  statistics.outcomes = static_cast<int64_t>(outcomes.size());
  statistics.contended_skus = std::count(triage.contended.begin(), triage.contended.end(), 1);
  for (ClassNo number = 0; number < classes.size(); ++number) {
    const int64_t users = classes.population[number];
    if (triage.handling[number] == Handling::kAlone) statistics.users_alone += users;
    if (triage.handling[number] == Handling::kQueued) statistics.users_queued += users;
  }
  statistics.queue_entries = static_cast<int64_t>(singles.queue().size());
  return statistics;
}

// A user together with its places (O8).
class UserInQueue final : public UserInColumns {
 public:
  UserInQueue(const Columns& columns, UserNo user, const WaitingLists& waiting)
      : UserInColumns(columns, user), waiting_(waiting) {}
  int64_t PlaceOf(SkuNo sku) const override { return waiting_.PlaceOf(user_, sku); }

 private:
  const WaitingLists& waiting_;
};

// All parts of the computation that answers are read from.
class State final : public BatchState {
 public:
  State(const Columns& columns, Executor& executor)
      : columns_(columns),
        shapes_(columns),
        traits_(columns.catalog),
        nesting_(shapes_, executor),
        classes_(BuildClasses(shapes_, traits_, nesting_, executor)),
        triage_(TriageClasses(shapes_, traits_, classes_, executor)),
        together_(shapes_, traits_, classes_, triage_),
        singles_(std::in_place, shapes_, traits_, nesting_, classes_, triage_, together_, executor),
        outcomes_(shapes_, traits_, classes_, *singles_, std::move(together_), executor),
        waiting_(shapes_, classes_, *singles_, outcomes_, executor),
        statistics_(CountStatistics(classes_, triage_, *singles_, outcomes_)) {
    singles_.reset();  // All that is asked of those who queued is in outcomes_ and waiting_.
  }

  const Columns& columns() const override { return columns_; }
  const BatchStatistics& statistics() const override { return statistics_; }
  uint32_t OutcomeCount() const override { return static_cast<uint32_t>(outcomes_.size()); }
  uint32_t OutcomeOf(UserNo user) const override { return outcomes_.of(user); }

  void ForEachLicense(UserNo begin, UserNo end,
                      absl::FunctionRef<void(const LicenseRow&)> visit) const override {
    for (UserNo user = begin; user < end; ++user) {
      for (const OutcomeLicense& license : outcomes_.licenses(outcomes_.of(user))) {
        visit({.user = user,
               .sku = license.sku,
               .state = license.state,
               .enabled_plans = license.enabled_plans});
      }
    }
  }

  // A class lists its claims, and a claim its items, in just this order.
  void ForEachItem(UserNo begin, UserNo end,
                   absl::FunctionRef<void(const ItemRow&)> visit) const override {
    for (UserNo user = begin; user < end; ++user) {
      const OutcomeNo outcome = outcomes_.of(user);
      const ViolationMask* mask = outcomes_.items(outcome).data();
      for (ShapeNo number : classes_.List(outcomes_.class_of(outcome)).shapes) {
        const Shape& shape = shapes_[number];
        for (const ShapeItem& item : shapes_.items(number)) {
          visit({.user = user,
                 .direct = shape.direct(),
                 .principal = shape.direct() ? user : shape.group,
                 .sku = item.sku,
                 .violations = *mask++});
        }
      }
    }
  }

  uint32_t PlanSetCount() const override { return outcomes_.plan_sets(); }
  PlanBits PlanSet(uint32_t number) const override { return outcomes_.PlanSet(number); }

  std::vector<SeatUsage> Seats() const override {
    std::vector<SeatUsage> seats;
    for (SkuNo sku = 0; sku < columns_.catalog.skus(); ++sku) {
      const SeatSupply& supply = columns_.catalog.supply(sku);
      seats.push_back({.sku = columns_.catalog.sku(sku).id,
                       .usable = supply.usable,
                       .parked = supply.parked,
                       .capacity = supply.capacity(),
                       .consumed = outcomes_.consumed()[sku],
                       .waiting = outcomes_.waiting()[sku]});
    }
    return seats;
  }

  std::vector<GroupStatus> Groups() const override;

  ClaimCounts Counts() const override;

  std::vector<ClaimItem> Explain(UserNo user) const override {
    const OutcomeNo outcome = outcomes_.of(user);
    const JudgedClaims judged{.claims = classes_.List(outcomes_.class_of(outcome)).shapes,
                              .granted = outcomes_.granted(outcome),
                              .items = outcomes_.items(outcome)};
    return ExplainClaims(shapes_, judged, UserInQueue(columns_, user, waiting_));
  }

 private:
  const Columns& columns_;
  ShapeTable shapes_;
  TraitTable traits_;
  Nesting nesting_;
  Classes classes_;  // But for class_of, which becomes outcomes_.
  Triage triage_;
  Together together_;               // Empty once outcomes_ has it.
  std::optional<Singles> singles_;  // While answers are computed.
  Outcomes outcomes_;
  WaitingLists waiting_;
  BatchStatistics statistics_;
};

std::vector<GroupStatus> State::Groups() const {
  std::vector<int64_t> members(columns_.groups.size());
  std::vector<int64_t> with_errors(columns_.groups.size());
  for (OutcomeNo outcome = 0; outcome < outcomes_.size(); ++outcome) {
    const absl::Span<const ShapeNo> claims = classes_.List(outcomes_.class_of(outcome)).shapes;
    const int64_t users = outcomes_.population(outcome);
    for (size_t begin = 0, end = 0; begin < claims.size(); begin = end) {
      const GroupNo group = shapes_[claims[begin]].group;
      bool all_granted = true;
      for (; end < claims.size() && shapes_[claims[end]].group == group; ++end) {
        all_granted = all_granted && IsGranted(outcomes_.granted(outcome), end);
      }
      if (group == Shape::kDirect) continue;
      members[group] += users;
      with_errors[group] += all_granted ? 0 : users;
    }
  }
  std::vector<GroupStatus> status;
  for (GroupNo group = 0; group < columns_.groups.size(); ++group) {
    if (!shapes_.IsLicensed(group)) continue;
    status.push_back({.group = GroupId(columns_.groups[group]),
                      .members = members[group],
                      .fully_licensed = members[group] - with_errors[group],
                      .with_errors = with_errors[group]});
  }
  return status;
}

ClaimCounts State::Counts() const {
  ClaimCounts counts;
  for (OutcomeNo outcome = 0; outcome < outcomes_.size(); ++outcome) {
    const absl::Span<const ShapeNo> claims = classes_.List(outcomes_.class_of(outcome)).shapes;
    const int64_t users = outcomes_.population(outcome);
    bool any_rejected = false;
    for (size_t claim = 0; claim < claims.size(); ++claim) {
      const bool granted = IsGranted(outcomes_.granted(outcome), claim);
      (granted ? counts.granted : counts.rejected) += users;
      any_rejected = any_rejected || !granted;
    }
    if (!claims.empty()) counts.users_with_claims += users;
    if (any_rejected) counts.users_with_errors += users;
    for (ViolationMask mask : outcomes_.items(outcome)) {
      for (size_t code = 0; code < kViolationCodes; ++code) {
        if (Contains(mask, static_cast<ViolationCode>(code))) counts.items_by_code[code] += users;
      }
    }
  }
  return counts;
}

}  // namespace

std::unique_ptr<const BatchState> Derive(const Columns& columns, Executor& executor) {
  return std::make_unique<State>(columns, executor);
}

}  // namespace seatwise
