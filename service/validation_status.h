// What the door says (engine/model/validate.h), for callers.
#pragma once

#include <cstddef>
#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "engine/model/fact_key.h"
#include "engine/model/validation_error.h"
#include "engine/model/warning.h"
#include "seatwise/v1/errors.pb.h"
#include "seatwise/v1/write.pb.h"

namespace seatwise {

// Where a change stands in the request, by its place in the change set that was judged:
// "changes[7].put.user".
using PlaceOf = absl::FunctionRef<std::string(size_t change)>;

// The errors as one status: the code and reason of the first, each as a field violation. There is
// at least one.
absl::Status ValidationStatus(absl::string_view tenant, absl::Span<const ValidationError> errors,
                              size_t more_errors, PlaceOf place);

// The reason on the wire.
v1::ErrorReason ToReason(ErrorReason reason);

// The field of the message in which a column of the interchange folder is: a Finding's `field`.
// Empty for an empty one.
std::string MessageField(const FactKey& fact, absl::string_view column);

// The warnings, the first few; the rest and `more_warnings` are counted.
void FillWarnings(absl::string_view tenant, absl::Span<const Warning> warnings,
                  size_t more_warnings, v1::WriteResult& result);

}  // namespace seatwise
