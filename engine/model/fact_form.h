// Whether the values of a fact are well-formed by themselves: everything that can be said without
// looking at another fact.
#pragma once

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "engine/model/fact_key.h"
#include "engine/model/facts.h"
#include "engine/model/validation_error.h"

namespace seatwise {

// One bad value.
struct FormFlaw {
  ErrorReason reason = ErrorReason::kMalformed;
  absl::string_view field;  // The column of the interchange folder; of a constant.
  std::string problem;      // The rest of a sentence that begins with the field: "is empty".
};

// All flaws of a fact, in the order of its columns in the interchange folder; what concerns the
// fact as a whole comes last, with an empty field. A set or map reports its first bad element.
std::vector<FormFlaw> CheckForm(const Fact& fact);

// The same for a key.
std::vector<FormFlaw> CheckForm(const FactKey& key);

}  // namespace seatwise
