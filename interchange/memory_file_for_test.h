// A file without a disk. Test only.
#pragma once

#include <sys/mman.h>
#include <unistd.h>

#include <string>

#include "absl/strings/string_view.h"
#include "base/check.h"

namespace seatwise {

class MemoryFile {
 public:
  explicit MemoryFile(absl::string_view bytes) : fd_(memfd_create("fuzz", MFD_CLOEXEC)) {
    SEATWISE_CHECK(fd_ >= 0);
    const ssize_t size = static_cast<ssize_t>(bytes.size());
    SEATWISE_CHECK(write(fd_, bytes.data(), bytes.size()) == size);
  }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;
  ~MemoryFile() { close(fd_); }

  std::string path() const { return "/proc/self/fd/" + std::to_string(fd_); }

 private:
  int fd_;
};

}  // namespace seatwise
