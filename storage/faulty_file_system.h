// For tests: a file system that does what real ones do on bad days. It passes everything on to the
// operating system's, counts the operations that change the disk, and can
//   - stop: from some operation on nothing is done any more, as if the power were off;
//   - lose power: put the files back to what a disk keeps that was told to sync only what was
//     synced, and a part of the rest or nothing of it;
//   - fail: let operations of one kind, on some files, answer an error.
// Nothing is really synced, so that tests are fast.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/mutex.h"
#include "rocksdb/file_system.h"

namespace seatwise {

// Any thread, but for LosePower.
class FaultyFileSystem final : public rocksdb::FileSystemWrapper {
 public:
  enum class Operation { kCreate, kAppend, kWrite, kSync, kSyncNames, kRename, kDelete, kRead };

  // What becomes of bytes and names that were not synced.
  enum class Unsynced { kLost, kTorn, kKept };

  struct Fault {
    Operation operation;
    std::string path_part;  // Of the paths it is on; empty is all.
    rocksdb::IOStatus answer;
    bool once = false;
    std::string but_not = "";  // A path that is spared; empty is none.
    int hits = 0;
  };

  // `spare_folder`: for what a loss of power may bring back; on the same disk, and there already.
  explicit FaultyFileSystem(std::string spare_folder);

  // How many operations that change the disk were asked for.
  uint64_t operations() const;
  // Operation number `index` and those after it are not done.
  void StopAt(uint64_t index);
  // Syncs say OK and do nothing, from now on.
  void IgnoreSyncs();

  // One fault at a time; the last one holds.
  void Fail(Fault fault);
  // How often the fault was hit; ends it.
  int EndFault();

  // Puts the disk back to what a loss of power leaves, and is a good file system from then on.
  // Nothing may be open.
  void LosePower(Unsynced unsynced);

  const char* Name() const override { return "FaultyFileSystem"; }
  rocksdb::IOStatus NewWritableFile(const std::string& path, const rocksdb::FileOptions& options,
                                    std::unique_ptr<rocksdb::FSWritableFile>* result,
                                    rocksdb::IODebugContext* dbg) override;
  rocksdb::IOStatus NewRandomAccessFile(const std::string& path,
                                        const rocksdb::FileOptions& options,
                                        std::unique_ptr<rocksdb::FSRandomAccessFile>* result,
                                        rocksdb::IODebugContext* dbg) override;
  rocksdb::IOStatus NewRandomRWFile(const std::string& path, const rocksdb::FileOptions& options,
                                    std::unique_ptr<rocksdb::FSRandomRWFile>* result,
                                    rocksdb::IODebugContext* dbg) override;
  rocksdb::IOStatus NewDirectory(const std::string& path, const rocksdb::IOOptions& io,
                                 std::unique_ptr<rocksdb::FSDirectory>* result,
                                 rocksdb::IODebugContext* dbg) override;
  rocksdb::IOStatus CreateDirIfMissing(const std::string& path, const rocksdb::IOOptions& io,
                                       rocksdb::IODebugContext* dbg) override;
  rocksdb::IOStatus DeleteFile(const std::string& path, const rocksdb::IOOptions& io,
                               rocksdb::IODebugContext* dbg) override;
  rocksdb::IOStatus RenameFile(const std::string& from, const std::string& to,
                               const rocksdb::IOOptions& io, rocksdb::IODebugContext* dbg) override;

  // For the files it hands out: counts the operation, and says whether to do it.
  rocksdb::IOStatus Ask(Operation operation, const std::string& path);
  void Appended(const std::string& path, uint64_t bytes);
  void Overwritten(const std::string& path, uint64_t offset, std::string before);
  void Synced(const std::string& path);
  void SyncedNames(const std::string& folder);

 private:
  // A file that was made or written to, by its path now.
  struct File {
    uint64_t size = 0;
    uint64_t synced_size = 0;
    std::vector<std::pair<uint64_t, std::string>> overwritten;  // Offset and bytes before.
  };
  // A name that came or went, and is not synced.
  struct NameChange {
    std::string folder;
    std::function<void()> undo;
    std::string spare;  // A file to remove once the change is synced; empty if none.
  };

  std::string NewSpare() SEATWISE_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void PutBack(const std::string& path, const File& file, Unsynced unsynced);

  const std::string spare_folder_;
  mutable Mutex mutex_;
  uint64_t operations_ SEATWISE_GUARDED_BY(mutex_) = 0;
  uint64_t stop_at_ SEATWISE_GUARDED_BY(mutex_) = ~uint64_t{0};
  bool ignore_syncs_ SEATWISE_GUARDED_BY(mutex_) = false;
  std::optional<Fault> fault_ SEATWISE_GUARDED_BY(mutex_);
  std::map<std::string, File> files_ SEATWISE_GUARDED_BY(mutex_);
  std::vector<NameChange> name_changes_ SEATWISE_GUARDED_BY(mutex_);
  int spares_ SEATWISE_GUARDED_BY(mutex_) = 0;
};

}  // namespace seatwise
