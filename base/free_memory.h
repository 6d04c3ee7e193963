// What was freed goes back to the operating system.
#pragma once

namespace seatwise {

// The allocator keeps memory that was freed for the next to ask, per thread; after work that took
// very much for a while this gives it back. Takes some milliseconds for each GiB. Any thread.
void ReturnFreeMemory();

}  // namespace seatwise
