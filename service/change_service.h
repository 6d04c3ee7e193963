// ApplyChanges: edits of facts of all kinds, as one revision or as a what-if.
#pragma once

#include <memory>
#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "seatwise/v1/change_service.pb.h"
#include "service/owned_service.h"
#include "service/tenant_registry.h"

namespace seatwise {

// As the rpc says. Blocks.
absl::Status ApplyChanges(TenantRegistry& registry, const std::string& actor,
                          const v1::ApplyChangesRequest& request,
                          v1::ApplyChangesResponse& response);

// As the rpc says: hands the messages of the answer to `write`, until it answers false.
absl::Status PlanChanges(TenantRegistry& registry, const std::string& actor,
                         const v1::PlanChangesRequest& request,
                         absl::FunctionRef<bool(const v1::PlanChangesResponse&)> write);

// `registry` outlives the service.
OwnedService MakeChangeService(TenantRegistry& registry);

}  // namespace seatwise
