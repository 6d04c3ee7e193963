// ApplyChanges: edits of facts of all kinds, as one revision or as a what-if.
#pragma once

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "seatwise/v1/change_service.pb.h"
#include "service/owned_service.h"
#include "service/tenant_registry.h"

namespace seatwise {

// As the rpc says. Blocks.
absl::Status ApplyChanges(TenantRegistry& registry, const std::string& actor,
                          const v1::ApplyChangesRequest& request,
                          v1::ApplyChangesResponse& response);

// `registry` outlives the service.
OwnedService MakeChangeService(TenantRegistry& registry);

}  // namespace seatwise
