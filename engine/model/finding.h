// Something to say about a fact: the shape that errors (validate.h) and warnings (warning.h) share.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "engine/model/fact_key.h"

namespace seatwise {

// What is wrong, where, and what to do. `Reason` is an enum that programs read.
template <typename Reason>
struct Finding {
  Reason reason = {};
  // The change that it is about, by its place in the change set; none if a whole tenant is judged.
  std::optional<size_t> change;
  FactKey fact;         // The offending fact, normalised.
  std::string field;    // The column of the interchange folder, or empty: the fact as a whole.
  std::string message;  // A sentence for people: what, where, what to do. Printable.

  friend bool operator==(const Finding&, const Finding&) = default;
};

}  // namespace seatwise
