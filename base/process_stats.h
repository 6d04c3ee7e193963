// What the operating system says about this process.
#pragma once

#include <cstdint>

namespace seatwise {

// The largest resident set of this process so far, in bytes.
int64_t PeakResidentBytes();

// The processors this process may run on; at least 1.
int AvailableProcessors();

}  // namespace seatwise
