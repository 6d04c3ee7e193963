#include "bench/interchange/plain_files.h"

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>

#include "base/executor.h"
#include "base/thread_pool.h"
#include "gtest/gtest.h"

namespace seatwise {
namespace {

// A new folder of the test's own.
std::string NewFolder(const std::string& name) {
  const std::string dir = testing::TempDir() + "/plain_files_" + name;
  std::filesystem::remove_all(dir);
  std::filesystem::create_directories(dir);
  return dir;
}

TEST(PlainFilesTest, NewlinesOfAllFilesAreCountedAcrossBlocks) {
  const std::string dir = NewFolder("split");
  {
    std::ofstream large(dir + "/large");
    for (int i = 0; i < 200'000; ++i) large << "a line\n";  // 1.4 MB: three blocks.
    std::ofstream(dir + "/small") << "one\nand no newline at the end";
    std::ofstream(dir + "/empty");
  }
  ThreadPool pool(2);
  InlineExecutor alone;
  EXPECT_EQ(SplitFolder(dir, pool), 200'001);
  EXPECT_EQ(SplitFolder(dir, alone), 200'001);
}

TEST(PlainFilesTest, EveryByteIsWrittenOnceInEqualShares) {
  const std::string dir = NewFolder("write");
  const std::string a = dir + "/a", b = dir + "/b";
  std::ofstream(a) << std::string(9'000'000, 'y');  // What was there goes.
  ThreadPool pool(2);
  ASSERT_TRUE(WritePlainly({a, b}, 3'000'001, pool));
  EXPECT_EQ(std::filesystem::file_size(a), 1'500'000);
  EXPECT_EQ(std::filesystem::file_size(b), 1'500'001);
}

TEST(PlainFilesTest, AFileThatCannotBeWrittenIsToldOf) {
  InlineExecutor alone;
  EXPECT_FALSE(WritePlainly({NewFolder("none") + "/missing/a"}, 1, alone));
}

}  // namespace
}  // namespace seatwise
