// A small tenant to ask "what if" of. Test only.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/executor.h"
#include "engine/incremental/live_state.h"
#include "engine/model/change.h"
#include "engine/model/facts.h"
#include "engine/model/loaded_facts.h"
#include "engine/model/memory_facts.h"
#include "engine/model/validate.h"

namespace seatwise {

struct PlanTenant {
  // `loaded` are the same facts.
  PlanTenant(const Facts& all, LoadedFacts loaded)
      : facts(all), state(LiveStateFrom(std::move(loaded), executor)) {}

  uint32_t User(const char* id) const { return state->FindUser(id).value(); }
  Prepared WhatIf(std::vector<Change> changes) {
    const ValidationResult result = Validate({std::move(changes)}, facts).value();
    return Prepare(state, result.changes.value(), executor);
  }

  InlineExecutor executor;
  MemoryFacts facts;
  std::shared_ptr<const LiveState> state;
};

}  // namespace seatwise
