// How RocksDB is set up, and why (storage section of docs/architecture.md).
#pragma once

#include <cstdint>
#include <memory>

#include "rocksdb/env.h"
#include "rocksdb/listener.h"
#include "rocksdb/options.h"

namespace seatwise {

// Opens strictly: any damage of the write-ahead log is an error. `memory_bytes` as in
// RocksStoreOptions; `listener` may be nullptr.
rocksdb::Options MakeRocksOptions(rocksdb::Env* env, int64_t memory_bytes,
                                  std::shared_ptr<rocksdb::EventListener> listener);

}  // namespace seatwise
