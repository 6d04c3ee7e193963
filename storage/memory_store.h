// A Store in memory, for tests and for what nobody wants to keep: nothing survives it. Keeps every
// version of every key, so that its snapshots are as cheap and as consistent as the real ones.
#pragma once

#include <memory>

#include "storage/store.h"

namespace seatwise {

// An empty store. Everything appended counts as durable; Backup is UNIMPLEMENTED.
std::unique_ptr<Store> NewMemoryStore();

}  // namespace seatwise
