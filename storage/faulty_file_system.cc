// Names: a new, renamed or deleted name is undone by a loss of power unless its folder was synced
// since. What a rename replaces, and what is deleted, is therefore kept in the spare folder until
// then.
#include "storage/faulty_file_system.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <utility>

namespace seatwise {
namespace {

using rocksdb::IODebugContext;
using rocksdb::IOOptions;
using rocksdb::IOStatus;
using rocksdb::Slice;

std::string FolderOf(const std::string& path) {
  return std::filesystem::path(path).parent_path().string();
}

// File systems name folders with and without a slash at the end.
std::string WithoutSlash(std::string path) {
  while (path.size() > 1 && path.back() == '/') path.pop_back();
  return path;
}

class WritableFile final : public rocksdb::FSWritableFileOwnerWrapper {
 public:
  WritableFile(std::unique_ptr<rocksdb::FSWritableFile> file, std::string path,
               FaultyFileSystem* faults)
      : FSWritableFileOwnerWrapper(std::move(file)), path_(std::move(path)), faults_(faults) {}

  IOStatus Append(const Slice& data, const IOOptions& io, IODebugContext* dbg) override {
    const IOStatus asked = faults_->Ask(FaultyFileSystem::Operation::kAppend, path_);
    if (!asked.ok()) return asked;
    faults_->Appended(path_, data.size());
    return target()->Append(data, io, dbg);
  }
  IOStatus Append(const Slice& data, const IOOptions& io, const rocksdb::DataVerificationInfo&,
                  IODebugContext* dbg) override {
    return Append(data, io, dbg);
  }
  IOStatus Sync(const IOOptions&, IODebugContext*) override {
    const IOStatus asked = faults_->Ask(FaultyFileSystem::Operation::kSync, path_);
    if (asked.ok()) faults_->Synced(path_);
    return asked;
  }
  IOStatus Fsync(const IOOptions& io, IODebugContext* dbg) override { return Sync(io, dbg); }
  IOStatus RangeSync(uint64_t, uint64_t, const IOOptions&, IODebugContext*) override {
    return IOStatus::OK();
  }

 private:
  const std::string path_;
  FaultyFileSystem* const faults_;
};

class RandomAccessFile final : public rocksdb::FSRandomAccessFileOwnerWrapper {
 public:
  RandomAccessFile(std::unique_ptr<rocksdb::FSRandomAccessFile> file, std::string path,
                   FaultyFileSystem* faults)
      : FSRandomAccessFileOwnerWrapper(std::move(file)), path_(std::move(path)), faults_(faults) {}

  IOStatus Read(uint64_t offset, size_t bytes, const IOOptions& io, Slice* result, char* scratch,
                IODebugContext* dbg) const override {
    const IOStatus asked = faults_->Ask(FaultyFileSystem::Operation::kRead, path_);
    return asked.ok() ? target()->Read(offset, bytes, io, result, scratch, dbg) : asked;
  }
  IOStatus MultiRead(rocksdb::FSReadRequest* requests, size_t count, const IOOptions& io,
                     IODebugContext* dbg) override {
    const IOStatus asked = faults_->Ask(FaultyFileSystem::Operation::kRead, path_);
    return asked.ok() ? target()->MultiRead(requests, count, io, dbg) : asked;
  }

 private:
  const std::string path_;
  FaultyFileSystem* const faults_;
};

class RandomRWFile final : public rocksdb::FSRandomRWFileOwnerWrapper {
 public:
  RandomRWFile(std::unique_ptr<rocksdb::FSRandomRWFile> file, std::string path,
               FaultyFileSystem* faults)
      : FSRandomRWFileOwnerWrapper(std::move(file)), path_(std::move(path)), faults_(faults) {}

  IOStatus Write(uint64_t offset, const Slice& data, const IOOptions& io,
                 IODebugContext* dbg) override {
    const IOStatus asked = faults_->Ask(FaultyFileSystem::Operation::kWrite, path_);
    if (!asked.ok()) return asked;
    std::string before(data.size(), '\0');
    Slice read;
    const IOStatus status =
        FSRandomRWFileOwnerWrapper::Read(offset, data.size(), io, &read, before.data(), dbg);
    if (!status.ok()) return status;
    faults_->Overwritten(path_, offset, read.ToString());
    return FSRandomRWFileOwnerWrapper::Write(offset, data, io, dbg);
  }
  IOStatus Sync(const IOOptions&, IODebugContext*) override {
    const IOStatus asked = faults_->Ask(FaultyFileSystem::Operation::kSync, path_);
    if (asked.ok()) faults_->Synced(path_);
    return asked;
  }
  IOStatus Fsync(const IOOptions& io, IODebugContext* dbg) override { return Sync(io, dbg); }

 private:
  const std::string path_;
  FaultyFileSystem* const faults_;
};

class Directory final : public rocksdb::FSDirectoryWrapper {
 public:
  Directory(std::unique_ptr<rocksdb::FSDirectory> directory, std::string path,
            FaultyFileSystem* faults)
      : FSDirectoryWrapper(std::move(directory)), path_(std::move(path)), faults_(faults) {}

  IOStatus Fsync(const IOOptions&, IODebugContext*) override {
    const IOStatus asked = faults_->Ask(FaultyFileSystem::Operation::kSyncNames, path_);
    if (asked.ok()) faults_->SyncedNames(path_);
    return asked;
  }
  IOStatus FsyncWithDirOptions(const IOOptions& io, IODebugContext* dbg,
                               const rocksdb::DirFsyncOptions&) override {
    return Fsync(io, dbg);
  }

 private:
  const std::string path_;
  FaultyFileSystem* const faults_;
};

}  // namespace

FaultyFileSystem::FaultyFileSystem(std::string spare_folder)
    : FileSystemWrapper(rocksdb::FileSystem::Default()), spare_folder_(std::move(spare_folder)) {}

uint64_t FaultyFileSystem::operations() const {
  MutexLock lock(&mutex_);
  return operations_;
}

void FaultyFileSystem::StopAt(uint64_t index) {
  MutexLock lock(&mutex_);
  stop_at_ = index;
}

void FaultyFileSystem::IgnoreSyncs() {
  MutexLock lock(&mutex_);
  ignore_syncs_ = true;
}

void FaultyFileSystem::Fail(Fault fault) {
  MutexLock lock(&mutex_);
  fault_ = std::move(fault);
}

int FaultyFileSystem::EndFault() {
  MutexLock lock(&mutex_);
  const int hits = fault_ ? fault_->hits : 0;
  fault_.reset();
  return hits;
}

IOStatus FaultyFileSystem::Ask(Operation operation, const std::string& path) {
  MutexLock lock(&mutex_);
  if (operation != Operation::kRead && ++operations_ >= stop_at_) {
    return IOStatus::IOError("the power is off");
  }
  if (!fault_ || fault_->operation != operation) return IOStatus::OK();
  if (path.find(fault_->path_part) == std::string::npos) return IOStatus::OK();
  if (path == fault_->but_not) return IOStatus::OK();
  if (fault_->once && fault_->hits > 0) return IOStatus::OK();
  ++fault_->hits;
  return fault_->answer;
}

void FaultyFileSystem::Appended(const std::string& path, uint64_t bytes) {
  MutexLock lock(&mutex_);
  files_[path].size += bytes;
}

void FaultyFileSystem::Overwritten(const std::string& path, uint64_t offset, std::string before) {
  MutexLock lock(&mutex_);
  const auto [file, is_new] = files_.try_emplace(path);
  if (is_new) file->second.size = file->second.synced_size = std::filesystem::file_size(path);
  file->second.overwritten.emplace_back(offset, std::move(before));
}

void FaultyFileSystem::Synced(const std::string& path) {
  MutexLock lock(&mutex_);
  if (ignore_syncs_) return;
  File& file = files_[path];
  file.synced_size = file.size;
  file.overwritten.clear();
}

void FaultyFileSystem::SyncedNames(const std::string& folder) {
  MutexLock lock(&mutex_);
  if (ignore_syncs_) return;
  const std::string synced = WithoutSlash(folder);
  std::erase_if(name_changes_, [&synced](const NameChange& change) {
    if (change.folder != synced) return false;
    std::error_code absent;
    if (!change.spare.empty()) std::filesystem::remove(change.spare, absent);
    return true;
  });
}

std::string FaultyFileSystem::NewSpare() {
  return spare_folder_ + "/spare-" + std::to_string(++spares_);
}

IOStatus FaultyFileSystem::NewWritableFile(const std::string& path,
                                           const rocksdb::FileOptions& options,
                                           std::unique_ptr<rocksdb::FSWritableFile>* result,
                                           IODebugContext* dbg) {
  const IOStatus asked = Ask(Operation::kCreate, path);
  if (!asked.ok()) return asked;
  std::unique_ptr<rocksdb::FSWritableFile> file;
  const IOStatus status = target()->NewWritableFile(path, options, &file, dbg);
  if (!status.ok()) return status;
  *result = std::make_unique<WritableFile>(std::move(file), path, this);
  MutexLock lock(&mutex_);
  files_[path] = File();
  name_changes_.push_back({FolderOf(path),
                           [this, path]() SEATWISE_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
                             files_.erase(path);
                             std::filesystem::remove(path);
                           },
                           ""});
  return status;
}

IOStatus FaultyFileSystem::NewRandomAccessFile(const std::string& path,
                                               const rocksdb::FileOptions& options,
                                               std::unique_ptr<rocksdb::FSRandomAccessFile>* result,
                                               IODebugContext* dbg) {
  std::unique_ptr<rocksdb::FSRandomAccessFile> file;
  const IOStatus status = target()->NewRandomAccessFile(path, options, &file, dbg);
  if (status.ok()) *result = std::make_unique<RandomAccessFile>(std::move(file), path, this);
  return status;
}

IOStatus FaultyFileSystem::NewRandomRWFile(const std::string& path,
                                           const rocksdb::FileOptions& options,
                                           std::unique_ptr<rocksdb::FSRandomRWFile>* result,
                                           IODebugContext* dbg) {
  std::unique_ptr<rocksdb::FSRandomRWFile> file;
  const IOStatus status = target()->NewRandomRWFile(path, options, &file, dbg);
  if (status.ok()) *result = std::make_unique<RandomRWFile>(std::move(file), path, this);
  return status;
}

IOStatus FaultyFileSystem::NewDirectory(const std::string& path, const IOOptions& io,
                                        std::unique_ptr<rocksdb::FSDirectory>* result,
                                        IODebugContext* dbg) {
  std::unique_ptr<rocksdb::FSDirectory> directory;
  const IOStatus status = target()->NewDirectory(path, io, &directory, dbg);
  if (status.ok()) *result = std::make_unique<Directory>(std::move(directory), path, this);
  return status;
}

IOStatus FaultyFileSystem::CreateDirIfMissing(const std::string& path, const IOOptions& io,
                                              IODebugContext* dbg) {
  if (std::filesystem::exists(path)) return target()->CreateDirIfMissing(path, io, dbg);
  const IOStatus asked = Ask(Operation::kCreate, path);
  if (!asked.ok()) return asked;
  const IOStatus status = target()->CreateDirIfMissing(path, io, dbg);
  MutexLock lock(&mutex_);
  // With it goes what was synced in it.
  name_changes_.push_back(
      {FolderOf(WithoutSlash(path)), [path] { std::filesystem::remove_all(path); }, ""});
  return status;
}

IOStatus FaultyFileSystem::DeleteFile(const std::string& path, const IOOptions& io,
                                      IODebugContext* dbg) {
  const IOStatus asked = Ask(Operation::kDelete, path);
  if (!asked.ok()) return asked;
  MutexLock lock(&mutex_);
  const std::string spare = NewSpare();
  const IOStatus status = target()->RenameFile(path, spare, io, dbg);
  if (!status.ok()) return status;
  const File file = std::exchange(files_[path], File());
  files_.erase(path);
  name_changes_.push_back({FolderOf(path),
                           [this, path, spare, file]() SEATWISE_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
                             std::filesystem::rename(spare, path);
                             files_[path] = file;
                           },
                           spare});
  return status;
}

IOStatus FaultyFileSystem::RenameFile(const std::string& from, const std::string& to,
                                      const IOOptions& io, IODebugContext* dbg) {
  const IOStatus asked = Ask(Operation::kRename, to);
  if (!asked.ok()) return asked;
  MutexLock lock(&mutex_);
  const bool replaces = std::filesystem::exists(to);
  const std::string spare = replaces ? NewSpare() : "";
  if (replaces) std::filesystem::create_hard_link(to, spare);
  const IOStatus status = target()->RenameFile(from, to, io, dbg);
  if (!status.ok()) return status;
  const bool knew_replaced = files_.contains(to);
  const File replaced = knew_replaced ? files_[to] : File();
  const bool knew = files_.contains(from);
  if (knew) files_[to] = std::exchange(files_[from], File());
  files_.erase(from);
  name_changes_.push_back({FolderOf(to),
                           [=, this]() SEATWISE_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
                             std::filesystem::rename(to, from);
                             if (knew) files_[from] = files_[to];
                             files_.erase(to);
                             if (replaces) std::filesystem::rename(spare, to);
                             if (knew_replaced) files_[to] = replaced;
                           },
                           spare});
  return status;
}

void FaultyFileSystem::PutBack(const std::string& path, const File& file, Unsynced unsynced) {
  if (!std::filesystem::exists(path)) return;
  const uint64_t lost = file.size - file.synced_size;
  const uint64_t kept = unsynced == Unsynced::kTorn ? lost / 2 : 0;
  if (std::filesystem::file_size(path) > file.synced_size + kept) {
    std::filesystem::resize_file(path, file.synced_size + kept);
  }
  std::fstream content(path, std::ios::in | std::ios::out | std::ios::binary);
  for (auto at = file.overwritten.rbegin(); at != file.overwritten.rend(); ++at) {
    content.seekp(static_cast<std::streamoff>(at->first));
    content.write(at->second.data(), static_cast<std::streamsize>(at->second.size()));
  }
}

void FaultyFileSystem::LosePower(Unsynced unsynced) {
  MutexLock lock(&mutex_);
  std::error_code absent;
  if (unsynced == Unsynced::kKept) {
    for (const NameChange& change : name_changes_) std::filesystem::remove(change.spare, absent);
  } else {
    // Names first: a file that comes back comes back as it was synced.
    for (auto change = name_changes_.rbegin(); change != name_changes_.rend(); ++change) {
      change->undo();
    }
    for (const auto& [path, file] : files_) PutBack(path, file, unsynced);
  }
  name_changes_.clear();
  files_.clear();
  fault_.reset();
  ignore_syncs_ = false;
  stop_at_ = ~uint64_t{0};
}

}  // namespace seatwise
