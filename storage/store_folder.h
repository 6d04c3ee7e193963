// The folder that a store on disk lives in, and its small files.
//
//   FORMAT    the format's version; a folder with it is a complete store
//   CREATING  there while a store is made, restored or thrown away: nothing in it counts yet
//   LOCK      held by the process that has the store open
//   MARK      how far writes were promised (high_water_mark.h)
//   rocks/    RocksDB's files
//
// Everything goes through one rocksdb::FileSystem, so that a test can fail or lose any of it.
// Not thread-safe, but for env().
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "rocksdb/env.h"
#include "rocksdb/file_system.h"

namespace seatwise {

class StoreFolder {
 public:
  // nullptr is the operating system's file system.
  StoreFolder(std::string path, std::shared_ptr<rocksdb::FileSystem> file_system);
  StoreFolder(const StoreFolder&) = delete;
  StoreFolder& operator=(const StoreFolder&) = delete;
  // Gives the lock back.
  ~StoreFolder();

  const std::string& path() const { return path_; }
  std::string PathOf(absl::string_view name) const;
  std::string RocksPath() const { return PathOf("rocks"); }
  rocksdb::FileSystem& file_system() const { return *file_system_; }
  // What RocksDB is to use; good for as long as the folder.
  rocksdb::Env* env() const { return env_.get(); }

  bool Exists(absl::string_view name) const;
  // The names in the folder but "." and "..", sorted; NOT_FOUND if there is no folder.
  absl::StatusOr<std::vector<std::string>> List() const;
  absl::StatusOr<std::string> Read(absl::string_view name) const;

  // Makes the folder, durably, if it is absent; its parent must be there.
  absl::Status Create() const;
  // Replaces a file: after a loss of power it is the old one or the new one, and after an OK the
  // new one.
  absl::Status WriteDurably(absl::string_view name, absl::string_view content) const;
  absl::Status RemoveDurably(absl::string_view name) const;
  // Makes names that came and went durable.
  absl::Status SyncNames() const;

  // Removes everything that a store keeps here but CREATING and LOCK.
  absl::Status RemoveContents() const;

  // UNAVAILABLE if another process, or another part of this one, has the store open.
  absl::Status Lock();

 private:
  absl::Status SyncNamesIn(const std::string& folder) const;

  const std::string path_;
  const std::shared_ptr<rocksdb::FileSystem> file_system_;
  const std::unique_ptr<rocksdb::Env> env_;
  rocksdb::FileLock* lock_ = nullptr;
};

inline constexpr absl::string_view kFormatFile = "FORMAT";
inline constexpr absl::string_view kCreatingFile = "CREATING";
inline constexpr absl::string_view kLockFile = "LOCK";
inline constexpr absl::string_view kMarkFile = "MARK";

}  // namespace seatwise
