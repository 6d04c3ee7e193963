// How far a long piece of work is.
#pragma once

#include <cstdint>
#include <functional>

namespace seatwise {

// Called now and then with the work done so far and in all, in units of the work (bytes read, users
// written). One call at a time, though not always from the same thread. May be empty.
using Progress = std::function<void(int64_t done, int64_t total)>;

}  // namespace seatwise
