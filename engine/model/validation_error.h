// Why a change set is rejected.
#pragma once

#include <cstdint>

#include "absl/strings/string_view.h"
#include "engine/model/finding.h"

namespace seatwise {

// In the order of the ladder of checks (validate.h).
enum class ErrorReason : uint8_t {
  // Form: the values by themselves.
  kMalformed,                // An id, text, location or currency that is not spelled as such.
  kOutOfRange,               // A number, time or enum value.
  kTooLarge,                 // A fact over kMaxFactBytes.
  kPlanConflictsWithItself,  // p = q.
  kNothingRequired,          // A requirement for any of no plans.
  kSettingsRequired,         // A tenant's settings cannot be deleted.
  // The set.
  kRepeatedKey,  // An earlier change names the same key.
  // What is stored, and what it will be.
  kNotFound,          // What shall be deleted does not exist.
  kMissingReference,  // What the fact names does not exist when all changes are made.
  kInUse,             // Other facts stand on what shall be deleted.
  kTooMany,           // More facts of a kind than a tenant may have (limits.h).
};
inline constexpr int kErrorReasons = 11;

// The name in output and on the wire: "MISSING_REFERENCE".
absl::string_view ErrorName(ErrorReason reason);

using ValidationError = Finding<ErrorReason>;

}  // namespace seatwise
