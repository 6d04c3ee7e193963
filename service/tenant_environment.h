// What every part of a running server shares.
#pragma once

#include "base/clock.h"
#include "service/log.h"
#include "service/metrics.h"
#include "storage/store.h"

namespace seatwise {

// Everything outlives who holds it. Value type.
struct TenantEnvironment {
  Store& store;
  const Clock& clock;
  Logger& log;
  Metrics& metrics;
  int threads = 2;  // That compute; at least 1.
};

}  // namespace seatwise
