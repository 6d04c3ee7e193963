// Users, groups and members over gRPC; and who is assigned what, one at a time.
#pragma once

#include <vector>

#include "service/owned_service.h"
#include "service/resource_calls.h"

namespace seatwise {

// What `calls` refers to outlives the services.
std::vector<OwnedService> MakeDirectoryServices(const ResourceCalls& calls);

}  // namespace seatwise
