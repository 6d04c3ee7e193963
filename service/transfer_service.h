// seatwise.v1.TransferService over gRPC.
#pragma once

#include "service/owned_service.h"
#include "service/page_token.h"
#include "service/tenant_registry.h"

namespace seatwise {

// Both outlive the service.
OwnedService MakeTransferService(TenantRegistry& registry, const PageTokens& tokens);

}  // namespace seatwise
