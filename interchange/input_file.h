// A regular file that is read at offsets.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/status/statusor.h"

namespace seatwise {

// Move-only. Reads: any number of threads.
class InputFile {
 public:
  // NotFound if there is no such file; FailedPrecondition if it is there, but cannot be read as a
  // file. The message is the rest of a sentence that begins with the file's name: "is a directory".
  static absl::StatusOr<InputFile> Open(const std::string& path);

  InputFile(InputFile&& other) noexcept;
  InputFile& operator=(InputFile&& other) noexcept;
  ~InputFile();

  // When it was opened.
  int64_t size() const { return size_; }

  // Fills `into` from `offset` on. Unavailable if it cannot, or if the file has shrunk.
  absl::Status ReadAt(int64_t offset, char* into, size_t size) const;

  // All of it. ResourceExhausted if that is more than `limit` bytes.
  absl::StatusOr<std::string> ReadAll(size_t limit) const;

 private:
  InputFile(int fd, int64_t size) : fd_(fd), size_(size) {}

  int fd_ = -1;
  int64_t size_ = 0;
};

}  // namespace seatwise
