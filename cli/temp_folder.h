// A folder for a while.
#pragma once

#include <string>

#include "absl/status/statusor.h"

namespace seatwise::cli {

// An empty folder that nobody else can read, removed with all that is in it when the object goes.
class TempFolder {
 public:
  // Below $TMPDIR, or /tmp.
  static absl::StatusOr<TempFolder> Make();

  TempFolder(TempFolder&& other) noexcept;
  TempFolder& operator=(TempFolder&&) = delete;
  ~TempFolder();

  const std::string& path() const { return path_; }

 private:
  explicit TempFolder(std::string path);

  std::string path_;  // Empty: nothing to remove.
};

}  // namespace seatwise::cli
