#include "interchange/output_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"

namespace seatwise {
namespace {

absl::StatusCode CodeOf(int error) {
  switch (error) {
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
      return absl::StatusCode::kResourceExhausted;
    case EACCES:
    case EPERM:
    case EROFS:
      return absl::StatusCode::kPermissionDenied;
    default:
      return absl::StatusCode::kUnavailable;
  }
}

// In the same folder, since a file can only take a place in its own file system; with a leading
// dot, since it is nobody's business.
std::string TemporaryName(const std::string& path) {
  static std::atomic<int> count = 0;
  const std::filesystem::path whole = path;
  const std::string name =
      absl::StrCat(".", whole.filename().string(), ".", getpid(), "-", count++, ".partial");
  return (whole.parent_path() / name).string();
}

}  // namespace

absl::Status CannotBeWritten(const std::string& path, int error) {
  return absl::Status(
      CodeOf(error),
      absl::StrCat(path, ": cannot be written: ", std::generic_category().message(error)));
}

absl::Status MakeFolder(const std::string& dir) {
  std::error_code error;
  std::filesystem::create_directories(dir, error);
  if (!error && !std::filesystem::is_directory(dir, error))
    error = {ENOTDIR, std::system_category()};
  if (!error) return absl::OkStatus();
  return absl::Status(CodeOf(error.value()),
                      absl::StrCat(dir, ": cannot be made a folder: ", error.message()));
}

absl::StatusOr<OutputFile> OutputFile::Create(const std::string& path) {
  std::string temporary = TemporaryName(path);
  const int fd = open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (fd < 0) return CannotBeWritten(path, errno);
  return OutputFile(path, std::move(temporary), fd);
}

OutputFile::OutputFile(std::string path, std::string temporary, int fd)
    : path_(std::move(path)), temporary_(std::move(temporary)), fd_(fd) {}

OutputFile::OutputFile(OutputFile&& other) noexcept
    : path_(std::move(other.path_)),
      temporary_(std::move(other.temporary_)),
      fd_(std::exchange(other.fd_, -1)) {}

OutputFile& OutputFile::operator=(OutputFile&& other) noexcept {
  std::swap(path_, other.path_);
  std::swap(temporary_, other.temporary_);
  std::swap(fd_, other.fd_);
  return *this;
}

OutputFile::~OutputFile() {
  if (fd_ < 0) return;
  close(fd_);
  unlink(temporary_.c_str());
}

absl::Status OutputFile::Write(absl::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = write(fd_, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return CannotBeWritten(path_, errno);
    bytes.remove_prefix(static_cast<size_t>(count));
  }
  return absl::OkStatus();
}

// Some file systems tell only at closing that the disk is full.
absl::Status OutputFile::Commit() {
  if (close(std::exchange(fd_, -1)) != 0 || std::rename(temporary_.c_str(), path_.c_str()) != 0) {
    const int error = errno;
    unlink(temporary_.c_str());
    return CannotBeWritten(path_, error);
  }
  return absl::OkStatus();
}

absl::Status WriteWholeFile(const std::string& path, absl::string_view bytes) {
  SEATWISE_ASSIGN_OR_RETURN(OutputFile file, OutputFile::Create(path));
  SEATWISE_RETURN_IF_ERROR(file.Write(bytes));
  return file.Commit();
}

}  // namespace seatwise
