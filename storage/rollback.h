// Takes back a commit that never moved the head.
#pragma once

#include "absl/status/status.h"
#include "storage/facts_snapshot.h"
#include "storage/store.h"

namespace seatwise {

// Undoes what the chunks above the head say that was changed, as much of it as was, and removes
// them. Nothing happens if there are none. May itself be cut short, and done again. Durable on
// return. Errors of the store; DATA_LOSS.
absl::Status RollBack(Store& store, const Owner& owner);

}  // namespace seatwise
