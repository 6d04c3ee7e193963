// What happens when folders, disks and readers are not as they should be.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "absl/strings/str_cat.h"
#include "tests/cli/run.h"
#include "tests/cli/test_folder.h"

namespace seatwise::cli {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(FailuresTest, FoldersThatAreNone) {
  const TestFolder folder;
  folder.Write("file", "");
  RunResult result = RunSeatwise({"reconcile", "--from", folder.Path("missing")});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.err, EndsWith("/missing': there is no such folder\n"));
  result = RunSeatwise({"reconcile", "--from", folder.Path("file")});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.err, HasSubstr("/file': it is not a folder; name the folder that holds"));
  for (const char* out : {"file", "file/below"}) {
    result = RunSeatwise({"reconcile", "--from", "examples/contoso", "--out", folder.Path(out)});
    EXPECT_EQ(result.exit_code, 1);
    EXPECT_THAT(result.err, HasSubstr("/file' is not a folder\n"));
    EXPECT_THAT(result.out, IsEmpty());
  }
}

TEST(FailuresTest, AnOutputFolderThatCannotBeWrittenTo) {
  if (geteuid() == 0) GTEST_SKIP() << "the superuser may write everywhere";
  const TestFolder folder;
  folder.Write("closed/file", "");
  chmod(folder.Path("closed").c_str(), 0500);
  const RunResult result =
      RunSeatwise({"reconcile", "--from", "examples/contoso", "--out", folder.Path("closed/out")});
  chmod(folder.Path("closed").c_str(), 0700);
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.err, HasSubstr("Permission denied"));
}

TEST(FailuresTest, AnswersNeverGoBetweenTheFacts) {
  const TestFolder folder;
  const std::string facts = folder.CopyContoso("facts");
  for (const std::string& out : {facts, folder.Path("facts/../facts/")}) {
    const RunResult result = RunSeatwise({"reconcile", "--from", facts, "--out", out});
    EXPECT_EQ(result.exit_code, 2);
    EXPECT_THAT(result.err, HasSubstr("--out is the same folder as --from"));
  }
  EXPECT_EQ(folder.List("facts").size(), 12u);
}

TEST(FailuresTest, AFullDiskLeavesNoPartOfAFile) {
  const TestFolder folder;
  RunOptions small;
  small.most_file_bytes = 4096;
  const RunResult result =
      RunSeatwise({"reconcile", "--from", "examples/contoso", "--out", folder.Path("out")}, small);
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.err, HasSubstr("File too large"));
  EXPECT_THAT(folder.List("out"), IsEmpty());
}

TEST(FailuresTest, AnswersThatNobodyTakes) {
  for (const std::vector<std::string>& verb :
       {std::vector<std::string>{"demo"},
        {"--help"},
        {"reconcile", "--from", "examples/contoso"},
        {"reconcile", "--from", "examples/contoso", "-o", "json"}}) {
    RunOptions full;
    full.stdout_to = "/dev/full";
    RunResult result = RunSeatwise(verb, full);
    EXPECT_EQ(result.exit_code, 1);
    EXPECT_THAT(result.err, EndsWith("cannot write to standard output: No space left on device\n"));
    RunOptions gone;
    gone.stdout_closed = true;
    result = RunSeatwise(verb, gone);
    EXPECT_EQ(result.exit_code, 1);
    EXPECT_THAT(result.err, EndsWith("cannot write to standard output: Broken pipe\n"));
  }
}

TEST(FailuresTest, ATemporaryFolderThatCannotBeMade) {
  RunOptions options;
  options.environment = {{"TMPDIR", "/nowhere"}};
  const RunResult result = RunSeatwise({"demo"}, options);
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.err, HasSubstr("set TMPDIR to a folder that can be written to"));
}

}  // namespace
}  // namespace seatwise::cli
