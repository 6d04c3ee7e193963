// The designs of all shapes.
#pragma once

#include <cstdint>
#include <memory>

#include "bench/workload/design.h"
#include "bench/workload/options.h"
#include "bench/workload/people.h"

namespace seatwise::workload {

// The design of options.shape. `people` outlives it and has DepartmentCount(options) departments.
std::unique_ptr<Design> MakeDesign(const Options& options, const People& people);

// The departments that users of a tenant are in; in shapes that have no groups for them they only
// decide locations.
uint32_t DepartmentCount(const Options& options);

}  // namespace seatwise::workload
