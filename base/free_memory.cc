#include "base/free_memory.h"

#include <malloc.h>

namespace seatwise {

void ReturnFreeMemory() { malloc_trim(0); }

}  // namespace seatwise
