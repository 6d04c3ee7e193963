// seatwise.v1.ExplainService: why users have what they have, and how it came about.
#pragma once

#include "service/owned_service.h"

namespace seatwise {

class PageTokens;
class TenantRegistry;

// Both outlive the service.
OwnedService MakeExplainService(TenantRegistry& registry, const PageTokens& tokens);

}  // namespace seatwise
