// The bulk edits of direct assignments that administrators know: add to, replace, remove all.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "seatwise/v1/user_licensing_service.pb.h"
#include "service/owned_service.h"
#include "service/tenant_registry.h"

namespace seatwise {

// As the rpcs of these names say. Block.
absl::Status AddUserLicenses(TenantRegistry& registry, const std::string& actor,
                             const v1::AddUserLicensesRequest& request,
                             v1::AddUserLicensesResponse& response);
absl::Status ReplaceUserLicenses(TenantRegistry& registry, const std::string& actor,
                                 const v1::ReplaceUserLicensesRequest& request,
                                 v1::ReplaceUserLicensesResponse& response);
absl::Status RemoveAllUserLicenses(TenantRegistry& registry, const std::string& actor,
                                   const v1::RemoveAllUserLicensesRequest& request,
                                   v1::RemoveAllUserLicensesResponse& response);

// `registry` outlives the service.
OwnedService MakeUserLicensingService(TenantRegistry& registry);

}  // namespace seatwise
