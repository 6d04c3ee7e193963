// From the facts of a tenant as they are loaded to the form that changes.
#pragma once

#include "engine/incremental/live_facts.h"
#include "engine/model/loaded_facts.h"

namespace seatwise {

// The same facts. Numbers of SKUs and plans are those of loaded.columns.
LiveFacts LoadLiveFacts(const LoadedFacts& loaded);

}  // namespace seatwise
