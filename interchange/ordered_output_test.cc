#include "interchange/ordered_output.h"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <atomic>
#include <csignal>
#include <string>

#include "absl/strings/str_cat.h"
#include "base/thread_pool.h"
#include "interchange/test_folder.h"

namespace seatwise {
namespace {

constexpr int64_t kParts = 200;

// Each part in two pieces, by as many threads as there are.
void WriteParts(OrderedOutput& output, Executor& executor) {
  std::atomic<int64_t> next = 0;
  executor.Run(executor.threads(), [&](int) {
    for (int64_t part = next++; part < kParts; part = next++) {
      output.Append(part, absl::StrCat(part, ":"));
      output.Append(part, absl::StrCat(part, ";"));
      output.Complete(part);
    }
  });
}

TEST(OrderedOutputTest, PartsStandInTheirOrder) {
  TestFolder folder;
  std::string expected;
  for (int64_t part = 0; part < kParts; ++part) absl::StrAppend(&expected, part, ":", part, ";");
  for (const int threads : {1, 2, 7}) {
    absl::StatusOr<OutputFile> file = OutputFile::Create(folder.File("x"));
    ASSERT_TRUE(file.ok());
    OrderedOutput output(*file);
    ThreadPool executor(threads);
    WriteParts(output, executor);
    EXPECT_TRUE(output.status().ok());
    ASSERT_TRUE(file->Commit().ok());
    EXPECT_EQ(FileText(folder.File("x")), expected);
  }
}

TEST(OrderedOutputTest, AfterAnErrorNobodyWaitsForever) {
  TestFolder folder;
  absl::StatusOr<OutputFile> file = OutputFile::Create(folder.File("x"));
  ASSERT_TRUE(file.ok());
  OrderedOutput output(*file);
  ThreadPool executor(7);
  // A limit on the size of files stands for a full disk.
  std::signal(SIGXFSZ, SIG_IGN);
  rlimit before;
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &before), 0);
  const rlimit small = {.rlim_cur = 50, .rlim_max = before.rlim_max};
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &small), 0);
  WriteParts(output, executor);
  setrlimit(RLIMIT_FSIZE, &before);
  EXPECT_TRUE(output.failed());
  EXPECT_TRUE(absl::IsResourceExhausted(output.status())) << output.status();
}

}  // namespace
}  // namespace seatwise
