// SKUs and their plans, without the relations between plans.
#pragma once

#include <cstdint>

#include "bench/workload/tenant.h"

namespace seatwise::workload {

// The first SKUs are suites of 20 to 40 plans that share a core; the others are add-ons of 1 to 19,
// each with plans of its neighbours. SKU 0 is what all staff has.
uint32_t SuiteCount(uint32_t skus);

// `skus` SKUs over about 10 / 3 as many plans: on average 12 plans a SKU. 8 % of the plans apply to
// the company, 30 % retain data, two of the core need a unique address. Overage is 0.
Catalog MakeCatalog(uint64_t seed, uint32_t skus);

}  // namespace seatwise::workload
