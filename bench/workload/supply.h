// How many seats of each SKU were bought.
#pragma once

#include <cstdint>
#include <vector>

#include "bench/workload/tenant.h"

namespace seatwise::workload {

// `round(share * SKUs)` SKUs to be scarce, of those somebody asks for: neighbours by demand whose
// would-be holders, added up, come close to 11 % of `users` without exceeding it; the least wanted
// ones if even these exceed it. (Some users ask for two of them: on L about 10 % touch one.)
std::vector<bool> ChooseScarce(const std::vector<uint32_t>& holders, uint32_t users, double share);

// Subscriptions of all SKUs, in an order that mixes them. A scarce SKU has a capacity (rule S3) of
// 50 to 90 % of its would-be holders, always less than all; the others of 102 to 140 %. Some units
// are in grace, some SKUs have units that do not count (suspended, locked out, deleted,
// self-service), an overage (set in `catalog`; SKU 1, free for all staff, unlimited if it is not
// scarce), or, of the others above 19, one is off (S4).
std::vector<Subscription> MakeSubscriptions(uint64_t seed, const std::vector<uint32_t>& holders,
                                            const std::vector<bool>& scarce, Catalog& catalog);

}  // namespace seatwise::workload
