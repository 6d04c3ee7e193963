#include "engine/model/validation_error.h"

namespace seatwise {

absl::string_view ErrorName(ErrorReason reason) {
  switch (reason) {
    case ErrorReason::kMalformed:
      return "MALFORMED";
    case ErrorReason::kOutOfRange:
      return "OUT_OF_RANGE";
    case ErrorReason::kTooLarge:
      return "TOO_LARGE";
    case ErrorReason::kPlanConflictsWithItself:
      return "PLAN_CONFLICTS_WITH_ITSELF";
    case ErrorReason::kNothingRequired:
      return "NOTHING_REQUIRED";
    case ErrorReason::kSettingsRequired:
      return "SETTINGS_REQUIRED";
    case ErrorReason::kRepeatedKey:
      return "REPEATED_KEY";
    case ErrorReason::kNotFound:
      return "NOT_FOUND";
    case ErrorReason::kMissingReference:
      return "MISSING_REFERENCE";
    case ErrorReason::kInUse:
      return "IN_USE";
    case ErrorReason::kTooMany:
      return "TOO_MANY";
  }
  return "";
}

}  // namespace seatwise
