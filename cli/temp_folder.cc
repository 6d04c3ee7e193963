#include "cli/temp_folder.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace seatwise::cli {

absl::StatusOr<TempFolder> TempFolder::Make() {
  const char* parent = std::getenv("TMPDIR");
  std::string path =
      absl::StrCat(parent == nullptr || *parent == '\0' ? "/tmp" : parent, "/seatwise-XXXXXX");
  if (mkdtemp(path.data()) == nullptr) {
    return absl::FailedPreconditionError(
        absl::StrCat("cannot make a temporary folder '", path, "': ", std::strerror(errno),
                     "; set TMPDIR to a folder that can be written to"));
  }
  return TempFolder(std::move(path));
}

TempFolder::TempFolder(std::string path) : path_(std::move(path)) {}

TempFolder::TempFolder(TempFolder&& other) noexcept : path_(std::exchange(other.path_, "")) {}

TempFolder::~TempFolder() {
  std::error_code ignored;
  if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
}

}  // namespace seatwise::cli
