// Users that are alike: with the same claims, but for their times, and the same traits. What does
// not depend on times or seats is computed once for a class.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "base/executor.h"
#include "engine/batch/nesting.h"
#include "engine/model/columns.h"
#include "engine/rules/granting.h"
#include "engine/rules/shapes.h"
#include "engine/rules/traits.h"

namespace seatwise {

// Numbered by the first user of the class.
using ClassNo = uint32_t;

// Reads from any thread.
struct Classes {
  std::vector<ClassNo> class_of;     // By user.
  std::vector<uint32_t> population;  // By class: its users.
  std::vector<Traits> traits;        // By class.
  // Claims as shapes: lists by class, ascending.
  std::vector<size_t> first_claim;
  std::vector<ShapeNo> claims;

  size_t size() const { return traits.size(); }
  ClaimList List(ClassNo number) const {
    return {.shapes = ListAt(first_claim, claims, number), .traits = traits[number]};
  }
};

// Sorts all users into classes. The result does not depend on the number of threads.
Classes BuildClasses(const ShapeTable& shapes, const TraitTable& traits, const Nesting& nesting,
                     Executor& executor);

}  // namespace seatwise
