#include "tests/cli/test_folder.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "absl/strings/str_cat.h"
#include "base/check.h"

namespace seatwise::cli {

namespace fs = std::filesystem;

TestFolder::TestFolder() {
  const char* parent = std::getenv("TEST_TMPDIR");
  path_ = absl::StrCat(parent == nullptr ? "/tmp" : parent, "/folder-XXXXXX");
  SEATWISE_CHECK(mkdtemp(path_.data()) != nullptr) << path_;
}

TestFolder::~TestFolder() { fs::remove_all(path_); }

std::string TestFolder::Path(absl::string_view name) const {
  return name.empty() ? path_ : absl::StrCat(path_, "/", name);
}

void TestFolder::Write(absl::string_view name, absl::string_view content) const {
  fs::create_directories(fs::path(Path(name)).parent_path());
  std::ofstream file(Path(name), std::ios::binary);
  file.write(content.data(), static_cast<std::streamsize>(content.size()));
  SEATWISE_CHECK(file.good()) << Path(name);
}

std::string TestFolder::CopyContoso(absl::string_view name) const {
  for (const auto& entry : fs::directory_iterator("examples/contoso")) {
    Write(absl::StrCat(name, "/", entry.path().filename().string()), ReadFile(entry.path()));
  }
  return Path(name);
}

void TestFolder::Edit(absl::string_view name, absl::string_view old_text,
                      absl::string_view new_text) const {
  std::string content = ReadFile(Path(name));
  const size_t at = content.find(old_text.data(), 0, old_text.size());
  SEATWISE_CHECK(at != std::string::npos) << Path(name) << " lacks: " << old_text;
  content.replace(at, old_text.size(), new_text.data(), new_text.size());
  SEATWISE_CHECK(content.find(old_text.data(), at + new_text.size(), old_text.size()) ==
                 std::string::npos)
      << Path(name) << " has it twice: " << old_text;
  Write(name, content);
}

std::vector<std::string> TestFolder::List(absl::string_view name) const {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(Path(name))) {
    names.push_back(entry.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::string ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  SEATWISE_CHECK(file.is_open()) << path;
  return std::string(std::istreambuf_iterator<char>(file), {});
}

}  // namespace seatwise::cli
