// Which users can be granted together, which one by one, and which have to queue.
#pragma once

#include <cstdint>
#include <vector>

#include "base/executor.h"
#include "engine/batch/classes.h"
#include "engine/rules/shapes.h"
#include "engine/rules/traits.h"

namespace seatwise {

enum class Handling : uint8_t {
  // The answer is the same in any order of the claims and needs no seat that could be missing.
  kTogether,
  // The order of the user's own claims matters, but no seat could be missing.
  kAlone,
  // A claim that could pass asks for a contended SKU: others may be served first.
  kQueued,
};

struct Triage {
  std::vector<Handling> handling;  // By class.
  // By SKU: more users could come to ask for a seat than there are.
  std::vector<char> contended;
};

// The result does not depend on the number of threads.
Triage TriageClasses(const ShapeTable& shapes, const TraitTable& traits, const Classes& classes,
                     Executor& executor);

}  // namespace seatwise
