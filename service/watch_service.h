// seatwise.v1.WatchService over gRPC.
#pragma once

#include "service/owned_service.h"
#include "service/tenant_registry.h"

namespace seatwise {

// Streams that may be open at the same time: each has a thread.
inline constexpr int kMostWatchers = 500;

// `registry` outlives the service. Streams end when their tenants' watches are closed
// (TenantRegistry::CloseWatches): do that before the server is stopped.
OwnedService MakeWatchService(TenantRegistry& registry);

}  // namespace seatwise
