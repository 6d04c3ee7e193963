// Section 2: how many seats a SKU has. Test only.
#pragma once

#include <cstdint>

#include "engine/model/facts.h"

namespace seatwise::reference {

// S1: units of subscriptions that are not self-service and are ENABLED or WARNING.
int64_t Usable(const Facts& facts, const SkuId& sku);

// S2: the same over SUSPENDED and LOCKED_OUT.
int64_t Parked(const Facts& facts, const SkuId& sku);

// S3: the seats that can be held; kUnlimited for no limit.
int64_t Capacity(const Facts& facts, const Sku& sku);

// S4: what is held is DISABLED.
bool IsOff(const Facts& facts, const SkuId& sku);

}  // namespace seatwise::reference
