#include "interchange/output_file.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace seatwise {
namespace {

namespace fs = std::filesystem;

std::string NewFolder() {
  const testing::TestInfo& test = *testing::UnitTest::GetInstance()->current_test_info();
  const std::string dir = testing::TempDir() + "/" + test.name();
  fs::remove_all(dir);
  fs::create_directories(dir);
  return dir;
}

std::string Contents(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

size_t FilesIn(const std::string& dir) {
  return static_cast<size_t>(std::distance(fs::directory_iterator(dir), {}));
}

TEST(OutputFileTest, AppearsOnlyWhenItIsComplete) {
  const std::string dir = NewFolder();
  const std::string path = dir + "/a.csv";
  ASSERT_TRUE(WriteWholeFile(path, "old").ok());
  absl::StatusOr<OutputFile> file = OutputFile::Create(path);
  ASSERT_TRUE(file.ok()) << file.status();
  ASSERT_TRUE(file->Write("ne").ok());
  EXPECT_EQ(Contents(path), "old");
  ASSERT_TRUE(file->Write("w").ok());
  ASSERT_TRUE(file->Commit().ok());
  EXPECT_EQ(Contents(path), "new");
  EXPECT_EQ(FilesIn(dir), 1u);
}

TEST(OutputFileTest, LeavesNothingWhenItIsAbandoned) {
  const std::string dir = NewFolder();
  {
    absl::StatusOr<OutputFile> file = OutputFile::Create(dir + "/a.csv");
    ASSERT_TRUE(file.ok());
    ASSERT_TRUE(file->Write("half").ok());
  }
  EXPECT_EQ(FilesIn(dir), 0u);
}

TEST(OutputFileTest, SaysWhatIsInTheWay) {
  const std::string dir = NewFolder();
  EXPECT_EQ(WriteWholeFile(dir + "/no/a.csv", "x").message(),
            dir + "/no/a.csv: cannot be written: No such file or directory");
  fs::create_directories(dir + "/a.csv/b");
  EXPECT_EQ(WriteWholeFile(dir + "/a.csv", "x").message(),
            dir + "/a.csv: cannot be written: Is a directory");
  EXPECT_EQ(FilesIn(dir), 1u);
}

TEST(OutputFileTest, AFullDiskIsToldAsSuch) {
  // A limit on the size of files stands for the disk.
  const std::string dir = NewFolder();
  std::signal(SIGXFSZ, SIG_IGN);
  rlimit before;
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &before), 0);
  const rlimit small = {.rlim_cur = 10, .rlim_max = before.rlim_max};
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &small), 0);
  const absl::Status status = WriteWholeFile(dir + "/a.csv", "more than ten bytes");
  setrlimit(RLIMIT_FSIZE, &before);
  EXPECT_TRUE(absl::IsResourceExhausted(status)) << status;
  EXPECT_EQ(status.message(), dir + "/a.csv: cannot be written: File too large");
  EXPECT_EQ(FilesIn(dir), 0u);
}

TEST(MakeFolderTest, MakesAllThatIsMissing) {
  const std::string dir = NewFolder();
  EXPECT_TRUE(MakeFolder(dir + "/a/b/c").ok());
  EXPECT_TRUE(MakeFolder(dir + "/a/b/c/").ok());
  EXPECT_TRUE(fs::is_directory(dir + "/a/b/c"));
  ASSERT_TRUE(WriteWholeFile(dir + "/file", "").ok());
  EXPECT_EQ(MakeFolder(dir + "/file").message(),
            dir + "/file: cannot be made a folder: Not a directory");
  EXPECT_FALSE(MakeFolder(dir + "/file/below").ok());
}

}  // namespace
}  // namespace seatwise
