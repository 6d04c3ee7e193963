#include "bench/workload/csv_file.h"

#include <fstream>
#include <sstream>

#include "gtest/gtest.h"

namespace seatwise::workload {
namespace {

std::string Read(const std::string& path) {
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

TEST(CsvFileTest, QuotesWhatNeedsIt) {
  absl::StatusOr<CsvFile> file = CsvFile::Create(testing::TempDir(), "quotes.csv", "a,b");
  ASSERT_TRUE(file.ok()) << file.status();
  file->Field("1").QuotedField("x, y").EndRow();
  file->Field(-2).QuotedField("Ana \"Annie\"").EndRow();
  file->Field("").QuotedField("plain").EndRow();
  const absl::StatusOr<FileSize> size = file->Close();
  ASSERT_TRUE(size.ok()) << size.status();
  const std::string text = Read(testing::TempDir() + "/quotes.csv");
  EXPECT_EQ(text, "a,b\n1,\"x, y\"\n-2,\"Ana \"\"Annie\"\"\"\n,plain\n");
  EXPECT_EQ(size->name, "quotes.csv");
  EXPECT_EQ(size->rows, 3u);
  EXPECT_EQ(size->bytes, text.size());
}

TEST(CsvFileTest, AFolderThatDoesNotExistIsNamed) {
  const absl::StatusOr<CsvFile> file = CsvFile::Create("/nonexistent", "a.csv", "a");
  ASSERT_FALSE(file.ok());
  EXPECT_NE(file.status().message().find("/nonexistent/a.csv: No such file"), std::string::npos)
      << file.status();
}

TEST(CsvFileTest, AFullDiskIsTold) {
  absl::StatusOr<CsvFile> file = CsvFile::Create("/dev", "full", "a");
  if (!file.ok()) GTEST_SKIP() << "no /dev/full here";
  const absl::StatusOr<FileSize> size = file->Close();
  ASSERT_FALSE(size.ok());
  EXPECT_NE(size.status().message().find("No space left"), std::string::npos) << size.status();
}

}  // namespace
}  // namespace seatwise::workload
