#include "cli/folders.h"

#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>

#include "absl/strings/str_cat.h"

namespace seatwise::cli {
namespace {

namespace fs = std::filesystem;

absl::Status Cannot(absl::string_view what, const std::string& path, absl::string_view why) {
  return absl::FailedPreconditionError(absl::StrCat("cannot ", what, " '", path, "': ", why));
}

// The last folder on the way to `path` that exists.
fs::path NearestExisting(const fs::path& path) {
  std::error_code error;
  for (fs::path at = fs::absolute(path, error); !at.empty(); at = at.parent_path()) {
    if (fs::exists(fs::symlink_status(at, error)) || at == at.parent_path()) return at;
  }
  return path;
}

}  // namespace

absl::Status CheckInputFolder(const std::string& from) {
  std::error_code error;
  const fs::file_status status = fs::status(from, error);
  if (status.type() == fs::file_type::not_found) {
    return Cannot("read", from, "there is no such folder");
  }
  if (error) return Cannot("read", from, error.message());
  if (!fs::is_directory(status)) {
    return Cannot("read", from, "it is not a folder; name the folder that holds the CSV files");
  }
  if (access(from.c_str(), R_OK | X_OK) != 0) return Cannot("read", from, std::strerror(errno));
  return absl::OkStatus();
}

absl::Status CheckOutputFolder(const std::string& out) {
  const fs::path existing = NearestExisting(out);
  std::error_code error;
  if (!fs::is_directory(existing, error)) {
    return Cannot("write to", out, absl::StrCat("'", existing.string(), "' is not a folder"));
  }
  if (access(existing.c_str(), W_OK | X_OK) != 0) {
    return Cannot("write to", out, std::strerror(errno));
  }
  return absl::OkStatus();
}

bool AreSame(const std::string& a, const std::string& b) {
  std::error_code error;
  return fs::equivalent(a, b, error) && !error;
}

}  // namespace seatwise::cli
