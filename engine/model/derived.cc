#include "engine/model/derived.h"

namespace seatwise {

absl::string_view ViolationName(ViolationCode code) {
  switch (code) {
    case ViolationCode::kUsageLocationMissing:
      return "UsageLocationMissing";
    case ViolationCode::kProhibitedInUsageLocation:
      return "ProhibitedInUsageLocationViolation";
    case ViolationCode::kUniqueness:
      return "UniquenessViolation";
    case ViolationCode::kMutuallyExclusive:
      return "MutuallyExclusiveViolation";
    case ViolationCode::kDependency:
      return "DependencyViolation";
    case ViolationCode::kCount:
      return "CountViolation";
    case ViolationCode::kOther:
      return "Other";
  }
  return "";
}

absl::string_view LicenseStateName(LicenseState state) {
  switch (state) {
    case LicenseState::kActive:
      return "Active";
    case LicenseState::kActiveWithError:
      return "ActiveWithError";
    case LicenseState::kDisabled:
      return "Disabled";
    case LicenseState::kError:
      return "Error";
  }
  return "";
}

}  // namespace seatwise
