// Service plans, their relations, SKUs and subscriptions over gRPC.
#pragma once

#include <vector>

#include "service/owned_service.h"
#include "service/resource_calls.h"

namespace seatwise {

// What `calls` refers to outlives the services.
std::vector<OwnedService> MakeCatalogServices(const ResourceCalls& calls);

}  // namespace seatwise
