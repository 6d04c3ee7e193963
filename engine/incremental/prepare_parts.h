// The next version of a tenant's parts, and how it differs: what Prepare (live_state.h) does.
#pragma once

#include <memory>

#include "base/executor.h"
#include "engine/incremental/live_parts.h"
#include "engine/incremental/prepare_options.h"
#include "engine/model/license_delta.h"
#include "engine/model/validated_change_set.h"

namespace seatwise {

struct PreparedParts {
  std::unique_ptr<LiveParts> parts;
  LicenseDelta delta;
  PrepareStatistics statistics;
};

// `changes` were validated against the facts of `base`, which stays as it is.
PreparedParts PrepareParts(const LiveParts& base, const ValidatedChangeSet& changes,
                           const PrepareLimits& limits, Executor& executor);

}  // namespace seatwise
