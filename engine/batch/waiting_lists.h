// Who waits for which SKU, and at which place (O6, O8).
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "base/executor.h"
#include "engine/batch/classes.h"
#include "engine/batch/outcomes.h"
#include "engine/batch/singles.h"
#include "engine/model/columns.h"
#include "engine/rules/shapes.h"

namespace seatwise {

// Immutable; reads from any thread.
class WaitingLists {
 public:
  WaitingLists(const ShapeTable& shapes, const Classes& classes, const Singles& singles,
               const Outcomes& outcomes, Executor& executor);

  // The user's place among those waiting for the SKU; 1 is next. The user must be waiting for it.
  int64_t PlaceOf(UserNo user, SkuNo sku) const;

 private:
  std::vector<std::vector<std::pair<UserNo, uint32_t>>> places_;  // By SKU: (user, place), by user.
};

}  // namespace seatwise
