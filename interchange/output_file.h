// A file that appears complete or not at all: it is written under another name in the same folder
// and takes its place in one step.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace seatwise {

// Makes a folder and those above it, unless they are there.
absl::Status MakeFolder(const std::string& dir);

// What the system said (`error` is an errno) when a file was written: ResourceExhausted if a disk
// or quota is full, PermissionDenied, else Unavailable.
absl::Status CannotBeWritten(const std::string& path, int error);

// Errors are CannotBeWritten. Move-only; one thread at a time.
class OutputFile {
 public:
  static absl::StatusOr<OutputFile> Create(const std::string& path);

  OutputFile(OutputFile&& other) noexcept;
  OutputFile& operator=(OutputFile&& other) noexcept;
  // Without Commit, nothing stays.
  ~OutputFile();

  absl::Status Write(absl::string_view bytes);
  // Closes the file and puts it in the place of an older one.
  absl::Status Commit();

 private:
  OutputFile(std::string path, std::string temporary, int fd);

  std::string path_;
  std::string temporary_;
  int fd_ = -1;
};

// All of it at once.
absl::Status WriteWholeFile(const std::string& path, absl::string_view bytes);

}  // namespace seatwise
