#include "tests/cases/files.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "absl/strings/str_cat.h"
#include "base/check.h"

namespace seatwise::cases {
namespace {

namespace fs = std::filesystem;

std::string Env(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

}  // namespace

std::optional<std::string> SharedFolder() {
  const std::string workspace = Env("BUILD_WORKSPACE_DIRECTORY");  // Set by `bazel run`.
  for (const std::string& folder :
       {Env("SEATWISE_SHARED"), workspace + "/../shared", std::string("../shared")}) {
    if (!folder.empty() && fs::is_directory(folder)) return folder;
  }
  return std::nullopt;
}

std::string UnpackTar(const std::string& archive) {
  const std::string temporary = Env("TEST_TMPDIR");
  std::string folder = absl::StrCat(
      temporary.empty() ? fs::temp_directory_path().string() : temporary, "/cases-XXXXXX");
  SEATWISE_CHECK(mkdtemp(folder.data()) != nullptr) << folder;
  const std::string command = absl::StrCat("tar -xf '", archive, "' -C '", folder, "'");
  SEATWISE_CHECK(std::system(command.c_str()) == 0) << command;
  return folder;
}

std::vector<std::string> ListFolders(const std::string& folder) {
  std::vector<std::string> names;
  if (!fs::is_directory(folder)) return names;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
    if (entry.is_directory()) names.push_back(entry.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::string ReadWholeFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<Row> ReadCsvFile(const std::string& path) { return ReadCsv(ReadWholeFile(path)); }

}  // namespace seatwise::cases
