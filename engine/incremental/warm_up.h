// Fetches what a small change will look at and write, before it is looked for.
#pragma once

#include "engine/incremental/live_parts.h"
#include "engine/model/validated_change_set.h"

namespace seatwise {

// Has no effect but on time, and none where there are many changes: then they do the same for each
// other. The changes need not fit the parts. Any number of threads.
void WarmUp(const LiveParts& parts, const ValidatedChangeSet& changes);

}  // namespace seatwise
