// seatwise.v1.ReconciliationService and google.longrunning.Operations over gRPC.
#pragma once

#include <vector>

#include "service/owned_service.h"
#include "service/page_token.h"
#include "service/reconciler.h"
#include "service/tenant_registry.h"

namespace seatwise {

// All of these outlive the services.
std::vector<OwnedService> MakeReconciliationServices(TenantRegistry& registry,
                                                     Reconciler& reconciler,
                                                     const PageTokens& tokens);

}  // namespace seatwise
