#include "storage/watched_log.h"

#include <filesystem>
#include <string>

#include "gtest/gtest.h"
#include "storage/faulty_file_system.h"

namespace seatwise {
namespace {

// Writes to a file of that name, of which each write fails if `full`. Returns how often that was
// told.
int TimesTold(const std::string& name, bool full) {
  const std::string folder = testing::TempDir() + "/watched";
  std::filesystem::create_directories(folder + "/spare");
  const auto faults = std::make_shared<FaultyFileSystem>(folder + "/spare");
  int told = 0;
  const auto files = WatchLogs(faults, [&told](const rocksdb::IOStatus& status) {
    EXPECT_TRUE(status.IsNoSpace());
    ++told;
  });
  std::unique_ptr<rocksdb::FSWritableFile> file;
  EXPECT_TRUE(files->NewWritableFile(folder + "/" + name, {}, &file, nullptr).ok());
  if (full) {
    faults->Fail({.operation = FaultyFileSystem::Operation::kAppend,
                  .path_part = name,
                  .answer = rocksdb::IOStatus::NoSpace("full")});
  }
  EXPECT_EQ(file->Append("a", {}, nullptr).ok(), !full);
  EXPECT_EQ(file->Append("b", {}, {}, nullptr).ok(), !full);
  return told;
}

TEST(WatchedLogTest, EachFailedWriteOfALogIsTold) {
  EXPECT_EQ(TimesTold("000012.log", true), 2);
  EXPECT_EQ(TimesTold("000012.log", false), 0);
}

TEST(WatchedLogTest, OtherFilesAreNotWatched) {
  EXPECT_EQ(TimesTold("000013.sst", true), 0);
  EXPECT_EQ(TimesTold("MANIFEST-000001", true), 0);
}

}  // namespace
}  // namespace seatwise
