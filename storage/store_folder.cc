#include "storage/store_folder.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "base/status_macros.h"
#include "storage/rocks_status.h"

namespace seatwise {
namespace {

const rocksdb::IOOptions kIo;

// "a" for "a/b" and "a/b/", "." for "b", "/" for "/b".
std::string ParentOf(absl::string_view path) {
  while (path.size() > 1 && absl::ConsumeSuffix(&path, "/")) {
  }
  const size_t slash = path.rfind('/');
  if (slash == absl::string_view::npos) return ".";
  return std::string(path.substr(0, std::max<size_t>(slash, 1)));
}

}  // namespace

StoreFolder::StoreFolder(std::string path, std::shared_ptr<rocksdb::FileSystem> file_system)
    : path_(std::move(path)),
      file_system_(file_system ? std::move(file_system) : rocksdb::FileSystem::Default()),
      env_(rocksdb::NewCompositeEnv(file_system_)) {}

StoreFolder::~StoreFolder() {
  if (lock_ != nullptr) file_system_->UnlockFile(lock_, kIo, nullptr).PermitUncheckedError();
}

std::string StoreFolder::PathOf(absl::string_view name) const {
  return absl::StrCat(path_, "/", name);
}

bool StoreFolder::Exists(absl::string_view name) const {
  return file_system_->FileExists(PathOf(name), kIo, nullptr).ok();
}

absl::StatusOr<std::vector<std::string>> StoreFolder::List() const {
  std::vector<std::string> names;
  SEATWISE_RETURN_IF_ERROR(FromRocks(file_system_->GetChildren(path_, kIo, &names, nullptr),
                                     absl::StrCat("listing '", path_, "'")));
  std::erase_if(names, [](const std::string& name) { return name == "." || name == ".."; });
  std::sort(names.begin(), names.end());
  return names;
}

absl::StatusOr<std::string> StoreFolder::Read(absl::string_view name) const {
  std::string content;
  SEATWISE_RETURN_IF_ERROR(
      FromRocks(rocksdb::ReadFileToString(file_system_.get(), PathOf(name), &content),
                absl::StrCat("reading '", PathOf(name), "'")));
  return content;
}

absl::Status StoreFolder::Create() const {
  SEATWISE_RETURN_IF_ERROR(FromRocks(file_system_->CreateDirIfMissing(path_, kIo, nullptr),
                                     absl::StrCat("creating '", path_, "'")));
  // Else a loss of power could take the folder away, with everything synced in it.
  return SyncNamesIn(ParentOf(path_));
}

absl::Status StoreFolder::WriteDurably(absl::string_view name, absl::string_view content) const {
  const std::string path = PathOf(name);
  const std::string fresh = absl::StrCat(path, ".new");
  const std::string what = absl::StrCat("writing '", path, "'");
  const rocksdb::Slice bytes(content.data(), content.size());
  SEATWISE_RETURN_IF_ERROR(FromRocks(
      rocksdb::WriteStringToFile(file_system_.get(), bytes, fresh, /*should_sync=*/true), what));
  SEATWISE_RETURN_IF_ERROR(FromRocks(file_system_->RenameFile(fresh, path, kIo, nullptr), what));
  return SyncNames();
}

absl::Status StoreFolder::RemoveDurably(absl::string_view name) const {
  SEATWISE_RETURN_IF_ERROR(FromRocks(file_system_->DeleteFile(PathOf(name), kIo, nullptr),
                                     absl::StrCat("removing '", PathOf(name), "'")));
  return SyncNames();
}

absl::Status StoreFolder::SyncNames() const { return SyncNamesIn(path_); }

absl::Status StoreFolder::SyncNamesIn(const std::string& folder) const {
  const std::string what = absl::StrCat("syncing '", folder, "'");
  std::unique_ptr<rocksdb::FSDirectory> directory;
  SEATWISE_RETURN_IF_ERROR(
      FromRocks(file_system_->NewDirectory(folder, kIo, &directory, nullptr), what));
  return FromRocks(directory->Fsync(kIo, nullptr), what);
}

absl::Status StoreFolder::RemoveContents() const {
  const std::string rocks = RocksPath();
  std::vector<std::string> names;
  // An absent folder has nothing to remove.
  file_system_->GetChildren(rocks, kIo, &names, nullptr).PermitUncheckedError();
  for (const std::string& name : names) {
    if (name == "." || name == "..") continue;
    const std::string path = absl::StrCat(rocks, "/", name);
    SEATWISE_RETURN_IF_ERROR(FromRocks(file_system_->DeleteFile(path, kIo, nullptr),
                                       absl::StrCat("removing '", path, "'")));
  }
  if (Exists("rocks")) {
    SEATWISE_RETURN_IF_ERROR(FromRocks(file_system_->DeleteDir(rocks, kIo, nullptr),
                                       absl::StrCat("removing '", rocks, "'")));
  }
  if (Exists(kMarkFile)) SEATWISE_RETURN_IF_ERROR(RemoveDurably(kMarkFile));
  return SyncNames();
}

absl::Status StoreFolder::Lock() {
  const rocksdb::IOStatus status = file_system_->LockFile(PathOf(kLockFile), kIo, &lock_, nullptr);
  if (status.ok()) return absl::OkStatus();
  return absl::UnavailableError(absl::StrCat("'", path_,
                                             "' is in use: only one process may have a store open "
                                             "(",
                                             status.ToString(), ")"));
}

}  // namespace seatwise
