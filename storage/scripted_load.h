// For tests: a load on a store that is broken off at any point, and the check of what is left.
//
// Write number i (from 1) puts "v<i>" into tenant 1 or 2 by turns, and i as "n" into the same
// tenant. Some are awaited one by one, some a few at a time. So what is left tells which writes
// survived, and every prefix of the order looks different from everything else.
#pragma once

#include <memory>
#include <string>

#include "rocksdb/file_system.h"
#include "storage/rocks_store_options.h"
#include "storage/store.h"

namespace seatwise {

// How far a load came.
struct LoadProgress {
  int appended = 0;      // Writes that Append took.
  int acknowledged = 0;  // Writes that AwaitDurable said OK to.
  bool finished = false;
};

// Buffers so small that a load of 40 writes has flushes and a compaction in it.
RocksStoreOptions LoadOptions(const std::string& path,
                              std::shared_ptr<rocksdb::FileSystem> file_system);

// Makes or opens the store, appends writes up to `last`, with a restart half way, and closes it.
LoadProgress RunLoad(const RocksStoreOptions& options, int last);

// Appends write number `i`.
absl::StatusOr<Ticket> AppendWrite(Store& store, const Owner owners[2], int i);

// Reads a store and says what is wrong with it; empty if it holds a prefix of the writes that has
// everything acknowledged in it and nothing that was never appended. DATA_LOSS while reading is no
// better than a wrong answer here.
std::string FaultOf(const Store& store, const LoadProgress& progress);

// How many writes are there, if FaultOf finds nothing; else 0.
int WritesIn(const Store& store);

// As FaultOf, after opening the store, which must work, and with a write that must work as well.
std::string FaultAfterRestart(const RocksStoreOptions& options, const LoadProgress& progress);

}  // namespace seatwise
