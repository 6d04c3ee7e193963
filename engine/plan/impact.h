// The effect of a change that is not made, or not yet: two versions of a tenant, held against each
// other.
//
//   Prepare(version, changes)            the next version, and how licenses differ: the what-if
//   Impact(version, next, delta)         who gains and loses what, which violations appear and
//                                        clear, seats before and after, data put at risk
//
// An impact is counts, and rows that are made one by one when somebody reads them: a change to a
// million equal users is a few groups and a list of numbers.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "engine/incremental/live_state.h"
#include "engine/model/catalog.h"
#include "engine/model/derived.h"
#include "engine/model/ids.h"
#include "engine/model/license_delta.h"
#include "engine/plan/user_effect.h"

namespace seatwise {

// Counts of users.
struct SkuImpact {
  SkuId sku;
  int64_t gained = 0;                     // Hold it and did not (O1).
  int64_t lost = 0;                       // Held it and do not.
  int64_t changed = 0;                    // Another state or other plans, otherwise.
  std::optional<SeatUsage> seats_before;  // Nothing: the SKU is new.
  std::optional<SeatUsage> seats_after;   // Nothing: it is gone.
};

// Counts of users to whom it is effective (O4), of whichever SKU.
struct PlanImpact {
  PlanId plan;
  int64_t gained = 0;
  int64_t lost = 0;
  bool data_at_risk = false;  // Some lose it, and it retains data (L3).
};

// Counts of claim items.
struct ViolationImpact {
  int64_t appeared = 0;
  int64_t cleared = 0;
};

// Sums over all users.
struct ImpactTotals {
  int64_t licenses_held = 0;  // Before; pairs of user and SKU, as the three below.
  int64_t licenses_gained = 0;
  int64_t licenses_lost = 0;
  int64_t licenses_changed = 0;
  int64_t users = 0;              // With a license that differs.
  int64_t users_gaining = 0;      // Hold a SKU that they did not.
  int64_t users_losing = 0;       // Held a SKU that they do not.
  std::vector<SkuImpact> skus;    // By id; those with a license or a seat count that differs.
  std::vector<PlanImpact> plans;  // By id; those that somebody gains or loses.
  std::array<ViolationImpact, kViolationCodes> violations;  // By code.
  int64_t users_at_risk = 0;                                // That lose plans with data.
  int64_t plans_at_risk = 0;                                // Pairs of user and such a plan.
};

// Users of which one item's violations differ in the same way.
struct ItemGroup {
  ItemEffect item;
  int64_t users = 0;
  std::vector<uint32_t> some_users;  // Ascending.
};

// Any number of threads may read. Keeps the versions.
class Impact {
 public:
  // `delta` is that of Prepare from `before` to `after`. The time follows the users that differ and
  // the SKUs there are.
  Impact(std::shared_ptr<const LiveState> before, std::shared_ptr<const LiveState> after,
         std::shared_ptr<const LicenseDelta> delta);

  const ImpactTotals& totals() const { return totals_; }
  const LicenseDelta& delta() const { return *delta_; }

  // The runs of the delta, most users first, then in its order.
  std::vector<const LicenseDelta::Run*> LicenseGroups() const;
  // Most users first, then by source and SKU in the order of their ids; each with at most so many
  // users.
  std::vector<ItemGroup> ItemGroups(size_t most_users) const;

  // The rows that are not licenses, by the number of the user, until a visit answers false.
  // Users in the order of their numbers, each with at least one item that differs.
  using VisitItems = absl::FunctionRef<bool(uint32_t user, absl::Span<const ItemEffect> items)>;
  void ForEachItems(VisitItems visit) const;
  // Each with at least one plan.
  using VisitPlans = absl::FunctionRef<bool(uint32_t user, absl::Span<const PlanNo> plans)>;
  void ForEachAtRisk(VisitPlans visit) const;

  // What the numbers mean, in whichever version has it.
  absl::string_view UserIdOf(uint32_t user) const;
  absl::string_view GroupIdOf(uint32_t group) const;
  const SkuId& SkuIdOf(SkuNo sku) const;
  const PlanId& PlanIdOf(PlanNo plan) const;

 private:
  // A user for whom something differs, and the place in effects_.
  struct Row {
    uint32_t user = 0;
    uint32_t effect = 0;
  };

  void FindUsers();
  void CountLicenses();
  void CountUsers();

  const std::shared_ptr<const LiveState> before_;
  const std::shared_ptr<const LiveState> after_;
  const std::shared_ptr<const LicenseDelta> delta_;
  ImpactTotals totals_;
  std::vector<UserEffect> effects_;  // None is empty.
  std::vector<Row> rows_;            // By user.
};

// The removal guard: whether `removed` is strictly more than so many percent of `held`.
inline bool TakesTooMany(int64_t removed, int64_t held, int32_t limit_percent) {
  return removed * 100 > held * limit_percent;
}

// What the guard compares: pairs of user and SKU that are held and will not be; and that are held
// in a version. Takes the time of a look at each run, or each SKU.
int64_t LicensesLost(const LicenseDelta& delta);
int64_t LicensesHeld(const LiveState& state);

}  // namespace seatwise
