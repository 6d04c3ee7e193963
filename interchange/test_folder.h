// A temporary interchange folder. Test only.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "interchange/read_report.h"

namespace seatwise {

// Empty, and of this test alone; removed at the end.
class TestFolder {
 public:
  TestFolder() {
    const testing::TestInfo& test = *testing::UnitTest::GetInstance()->current_test_info();
    static int count = 0;
    path_ = testing::TempDir() + "/" + test.test_suite_name() + "." + test.name() + "." +
            std::to_string(count++);
    std::filesystem::remove_all(path_);
    std::filesystem::create_directories(path_);
  }
  TestFolder(const TestFolder&) = delete;
  TestFolder& operator=(const TestFolder&) = delete;
  ~TestFolder() { std::filesystem::remove_all(path_); }

  const std::string& path() const { return path_; }
  std::string File(const std::string& name) const { return path_ + "/" + name; }

  TestFolder& Put(const std::string& name, absl::string_view text) {
    std::ofstream(File(name), std::ios::binary) << text;
    return *this;
  }

 private:
  std::string path_;
};

// All bytes of a file.
inline std::string FileText(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

inline std::vector<std::string> ErrorTexts(const ReadReport& report) {
  std::vector<std::string> texts;
  for (const RowError& error : report.errors) texts.push_back(error.ToString());
  return texts;
}

}  // namespace seatwise
