// A folder for a while.
#pragma once

#include <memory>
#include <string>

#include "absl/status/statusor.h"

namespace seatwise::cli {

// An empty folder that nobody else can read, removed with all that is in it when the object goes,
// or when SIGINT, SIGTERM or SIGHUP ends the process. At most one at a time, made while the process
// has a single thread: threads that are started later leave these signals to it.
class TempFolder {
 public:
  // Below $TMPDIR, or /tmp.
  static absl::StatusOr<TempFolder> Make();

  TempFolder(TempFolder&& other) noexcept;
  TempFolder& operator=(TempFolder&&) = delete;
  ~TempFolder();

  const std::string& path() const { return path_; }

 private:
  class SignalGuard;

  explicit TempFolder(std::string path);

  std::string path_;  // Empty: nothing to remove.
  std::unique_ptr<SignalGuard> guard_;
};

}  // namespace seatwise::cli
