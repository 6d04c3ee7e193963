// Folders and files of tests of the program. Test only.
#pragma once

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace seatwise::cli {

// An empty folder of its own for each test, removed at the end.
class TestFolder {
 public:
  TestFolder();
  TestFolder(const TestFolder&) = delete;
  TestFolder& operator=(const TestFolder&) = delete;
  ~TestFolder();

  // The path of a file or folder in it; of the folder itself if the name is empty.
  std::string Path(absl::string_view name = "") const;

  void Write(absl::string_view name, absl::string_view content) const;
  // A copy of examples/contoso under this name; answers its path.
  std::string CopyContoso(absl::string_view name) const;
  // Replaces the one place in a file where `old_text` stands.
  void Edit(absl::string_view name, absl::string_view old_text, absl::string_view new_text) const;
  // The names of what is in the folder `name`, sorted.
  std::vector<std::string> List(absl::string_view name = "") const;

 private:
  std::string path_;
};

// All bytes of a file. Dies if there is none.
std::string ReadFile(const std::string& path);

}  // namespace seatwise::cli
