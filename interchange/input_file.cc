#include "interchange/input_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"

namespace seatwise {
namespace {

std::string CannotBeRead(int error) {
  return absl::StrCat("cannot be read: ", std::generic_category().message(error));
}

}  // namespace

absl::StatusOr<InputFile> InputFile::Open(const std::string& path) {
  // Without O_NONBLOCK, opening a pipe waits for a writer.
  const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (fd < 0) {
    const int error = errno;
    if (error == ENOENT) return absl::NotFoundError("does not exist");
    return absl::FailedPreconditionError(CannotBeRead(error));
  }
  InputFile file(fd, 0);
  struct stat info = {};
  if (fstat(fd, &info) != 0) return absl::FailedPreconditionError(CannotBeRead(errno));
  if (S_ISDIR(info.st_mode)) return absl::FailedPreconditionError("is a directory, not a file");
  if (!S_ISREG(info.st_mode)) return absl::FailedPreconditionError("is not a regular file");
  file.size_ = info.st_size;
  return file;
}

InputFile::InputFile(InputFile&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)), size_(other.size_) {}

InputFile& InputFile::operator=(InputFile&& other) noexcept {
  std::swap(fd_, other.fd_);
  std::swap(size_, other.size_);
  return *this;
}

InputFile::~InputFile() {
  if (fd_ >= 0) close(fd_);
}

absl::Status InputFile::ReadAt(int64_t offset, char* into, size_t size) const {
  while (size > 0) {
    const ssize_t count = pread(fd_, into, size, offset);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return absl::UnavailableError(CannotBeRead(errno));
    if (count == 0) return absl::UnavailableError("became shorter while it was read");
    offset += count;
    into += count;
    size -= static_cast<size_t>(count);
  }
  return absl::OkStatus();
}

absl::StatusOr<std::string> InputFile::ReadAll(size_t limit) const {
  const size_t bytes = static_cast<size_t>(size_);
  if (bytes > limit) {
    return absl::ResourceExhaustedError(absl::StrCat("is longer than ", limit, " bytes"));
  }
  std::string text(bytes, '\0');
  SEATWISE_RETURN_IF_ERROR(ReadAt(0, text.data(), bytes));
  return text;
}

}  // namespace seatwise
