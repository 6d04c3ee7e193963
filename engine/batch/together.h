// What becomes of the classes that are answered for together (Handling::kTogether). It depends on
// no seat, so threads that would wait for the queue can find it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/batch/classes.h"
#include "engine/batch/license_parts.h"
#include "engine/batch/triage.h"
#include "engine/rules/shapes.h"
#include "engine/rules/traits.h"

namespace seatwise {

// Outcomes of the classes that are answered for together, numbered from 0 up in their order.
class Together {
 public:
  // All that is given must outlive it. Answers nothing yet.
  Together(const ShapeTable& shapes, const TraitTable& traits, const Classes& classes,
           const Triage& triage);

  // The work comes in parts 0 to parts() - 1: each must be done once, on any thread, several at the
  // same time.
  int parts() const { return static_cast<int>(licenses.PartsOf(class_of.size())); }
  void Answer(int part);

  // By outcome, once all parts are done; for whoever takes them over.
  std::vector<ClassNo> class_of;
  std::vector<size_t> first_word;  // Of `granted`; one past the end.
  std::vector<uint64_t> granted;
  // Of all parts that are full: the last one may be shared with outcomes to come.
  LicenseParts licenses;

 private:
  void Grant(size_t begin, size_t end);

  const ShapeTable& shapes_;
  const TraitTable& traits_;
  const Classes& classes_;
};

}  // namespace seatwise
