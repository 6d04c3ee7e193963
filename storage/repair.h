// The way out when a store refuses to open because acknowledged writes are missing and there is no
// backup: `seatwise admin repair --accept-loss`.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "storage/rocks_store_options.h"

namespace seatwise {

// What was done to a store that misses acknowledged writes.
struct Repair {
  // False if there was nothing to repair: the store is then as it was.
  bool repaired = false;
  // Where the damaged log was kept; empty unless repaired.
  std::string evidence;
  // Of the store now.
  uint64_t generation = 0;
  // For the operator: what was found, what was done, what to do next. Ends with a line break.
  std::string text;
};

// Gives up the acknowledged writes that cannot be read, so that the store opens again: what remains
// is the order of writes up to some write. Raises the generation, and with it every owner epoch;
// keeps the damaged log beside the rest. A store from which nothing is missing is left alone.
// Without `accept_loss` nothing is changed either, and DATA_LOSS says what would be lost. Damage
// that is not at the end of the log cannot be repaired: DATA_LOSS, restore a backup. Other errors
// as OpenRocksStore.
absl::StatusOr<Repair> RepairRocksStore(const RocksStoreOptions& options, bool accept_loss);

}  // namespace seatwise
