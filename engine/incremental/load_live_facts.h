// From the facts of a tenant as they are loaded to the form that changes.
#pragma once

#include "base/executor.h"
#include "engine/incremental/live_facts.h"
#include "engine/model/loaded_facts.h"

namespace seatwise {

// The same facts. Numbers of SKUs and plans are those of loaded.columns. The result does not depend
// on the number of threads.
LiveFacts LoadLiveFacts(const LoadedFacts& loaded, Executor& executor);
// On one thread, for small tenants: tests have many.
LiveFacts LoadLiveFacts(const LoadedFacts& loaded);

}  // namespace seatwise
