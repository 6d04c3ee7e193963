// Tells that a write of RocksDB's write-ahead log failed, before RocksDB knows: it must not be
// asked for a sync of that log any more, or RocksDB 7.8 as Debian builds it, with assertions,
// aborts the process (WritableFileWriter::AssertFalseAndGetStatusForPrevError).
#pragma once

#include <functional>
#include <memory>

#include "rocksdb/file_system.h"
#include "rocksdb/io_status.h"

namespace seatwise {

// Told of the failure by the thread that writes the log; it is passed on when this returns.
using OnLogFailure = std::function<void(const rocksdb::IOStatus& status)>;

// A file system that passes everything on to `files`. Any thread.
std::shared_ptr<rocksdb::FileSystem> WatchLogs(std::shared_ptr<rocksdb::FileSystem> files,
                                               OnLogFailure failed);

}  // namespace seatwise
