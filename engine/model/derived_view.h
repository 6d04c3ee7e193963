// The derived state of one tenant, read in bulk without making a value of each row. Implemented by
// the engines that keep the state in compact forms; read by writers, reports and comparisons.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "absl/functional/function_ref.h"
#include "engine/model/columns.h"
#include "engine/model/derived.h"

namespace seatwise {

// A License as numbers.
struct LicenseRow {
  UserNo user = 0;
  SkuNo sku = 0;
  LicenseState state = LicenseState::kError;
  uint32_t enabled_plans = 0;  // A number for DerivedView::PlanSet.
};

// A ClaimItem as numbers, without the details of its violations.
struct ItemRow {
  UserNo user = 0;
  bool direct = false;
  uint32_t principal = 0;  // `user` again if direct, else a GroupNo.
  SkuNo sku = 0;
  ViolationMask violations = 0;  // Empty iff granted.
};

// What became of all claims, in numbers.
struct ClaimCounts {
  int64_t granted = 0;   // Claims.
  int64_t rejected = 0;  // Claims.
  // By ViolationCode: rejected items that have it. An item may have several.
  std::array<int64_t, kViolationCodes> items_by_code = {};
  int64_t users_with_claims = 0;
  int64_t users_with_errors = 0;  // With a rejected claim.
};

// Any number of threads may read at the same time.
class DerivedView {
 public:
  virtual ~DerivedView() = default;

  // The facts that the state follows from, and what the numbers mean.
  virtual const Columns& columns() const = 0;

  // The rows of users `begin` to `end` - 1, by (user, sku).
  virtual void ForEachLicense(UserNo begin, UserNo end,
                              absl::FunctionRef<void(const LicenseRow&)> visit) const = 0;

  // The rows of users `begin` to `end` - 1, in the order of claims.csv: by (user, groups before
  // the user itself, principal, sku).
  virtual void ForEachItem(UserNo begin, UserNo end,
                           absl::FunctionRef<void(const ItemRow&)> visit) const = 0;

  // The sets that LicenseRow::enabled_plans numbers: 0 to PlanSetCount() - 1.
  virtual uint32_t PlanSetCount() const = 0;
  virtual PlanBits PlanSet(uint32_t number) const = 0;

  // By SKU; every SKU.
  virtual std::vector<SeatUsage> Seats() const = 0;

  // By group; licensed groups only.
  virtual std::vector<GroupStatus> Groups() const = 0;

  virtual ClaimCounts Counts() const = 0;

  // Everything about one user's claims, with the details of all violations. Sorted like
  // Derived::items.
  virtual std::vector<ClaimItem> Explain(UserNo user) const = 0;
};

// The whole state as values: for small tenants and for comparing engines.
Derived ExpandDerived(const DerivedView& view);

}  // namespace seatwise
