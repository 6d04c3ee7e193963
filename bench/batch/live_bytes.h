// How much memory a piece of work has in use, whatever the allocator keeps of what was given back.
// Who links this has its operators new and delete counted while somebody watches.
#pragma once

#include <cstdint>

namespace seatwise {

// From now on blocks are counted, of all threads. Blocks made before must not be deleted meanwhile.
void WatchLiveBytes();

// The most bytes that blocks made since then had together; ends the watch.
int64_t StopWatchingLiveBytes();

}  // namespace seatwise
