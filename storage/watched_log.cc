#include "storage/watched_log.h"

#include <string>
#include <utility>

#include "absl/strings/match.h"

namespace seatwise {
namespace {

using rocksdb::IODebugContext;
using rocksdb::IOOptions;
using rocksdb::IOStatus;
using rocksdb::Slice;

class LogFile final : public rocksdb::FSWritableFileOwnerWrapper {
 public:
  LogFile(std::unique_ptr<rocksdb::FSWritableFile> file, OnLogFailure failed)
      : FSWritableFileOwnerWrapper(std::move(file)), failed_(std::move(failed)) {}

  IOStatus Append(const Slice& data, const IOOptions& io, IODebugContext* dbg) override {
    return Told(target()->Append(data, io, dbg));
  }
  IOStatus Append(const Slice& data, const IOOptions& io, const rocksdb::DataVerificationInfo& info,
                  IODebugContext* dbg) override {
    return Told(target()->Append(data, io, info, dbg));
  }
  // A part of writing with wal_bytes_per_sync.
  IOStatus RangeSync(uint64_t offset, uint64_t bytes, const IOOptions& io,
                     IODebugContext* dbg) override {
    return Told(target()->RangeSync(offset, bytes, io, dbg));
  }

 private:
  IOStatus Told(IOStatus status) const {
    if (!status.ok()) failed_(status);
    return status;
  }

  const OnLogFailure failed_;
};

class WatchedFiles final : public rocksdb::FileSystemWrapper {
 public:
  WatchedFiles(std::shared_ptr<rocksdb::FileSystem> files, OnLogFailure failed)
      : FileSystemWrapper(std::move(files)), failed_(std::move(failed)) {}

  const char* Name() const override { return "SeatwiseWatchedFiles"; }
  IOStatus NewWritableFile(const std::string& path, const rocksdb::FileOptions& options,
                           std::unique_ptr<rocksdb::FSWritableFile>* result,
                           IODebugContext* dbg) override {
    IOStatus status = target()->NewWritableFile(path, options, result, dbg);
    if (status.ok() && absl::EndsWith(path, ".log")) {
      *result = std::make_unique<LogFile>(std::move(*result), failed_);
    }
    return status;
  }

 private:
  const OnLogFailure failed_;
};

}  // namespace

std::shared_ptr<rocksdb::FileSystem> WatchLogs(std::shared_ptr<rocksdb::FileSystem> files,
                                               OnLogFailure failed) {
  return std::make_shared<WatchedFiles>(std::move(files), std::move(failed));
}

}  // namespace seatwise
