// Conflicts, requirements and prohibitions of plans over gRPC.
#pragma once

#include <vector>

#include "service/owned_service.h"
#include "service/resource_calls.h"

namespace seatwise {

// What `calls` refers to outlives the services.
std::vector<OwnedService> MakePlanRelationServices(const ResourceCalls& calls);

}  // namespace seatwise
