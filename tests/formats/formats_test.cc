// reliability.md, test 11: databases of every format that was ever released open, hold the same
// facts and history, and give the same answers. Each was left by a process that was killed.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/cli/run.h"
#include "tests/cli/test_folder.h"

namespace seatwise::cli {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

// "tests/formats/format_1" and so on.
std::vector<std::string> Formats() {
  std::vector<std::string> formats;
  for (const auto& entry : fs::directory_iterator("tests/formats")) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with("format_")) formats.push_back(entry.path().string());
  }
  std::sort(formats.begin(), formats.end());
  return formats;
}

// The files of `want` are in `have`, byte for byte, and no others.
void ExpectSameFiles(const std::string& want, const std::string& have) {
  size_t files = 0;
  for (const auto& entry : fs::directory_iterator(want)) {
    const std::string name = entry.path().filename().string();
    ASSERT_TRUE(fs::exists(fs::path(have) / name)) << name;
    EXPECT_EQ(ReadFile(absl::StrCat(have, "/", name)), ReadFile(entry.path().string())) << name;
    ++files;
  }
  EXPECT_EQ(std::distance(fs::directory_iterator(have), fs::directory_iterator()), files);
}

class FormatsTest : public testing::TestWithParam<std::string> {
 protected:
  FormatsTest() { fs::copy(File("db"), database(), fs::copy_options::recursive); }

  std::string File(const std::string& name) const { return absl::StrCat(GetParam(), "/", name); }
  std::string database() const { return folder_.Path("db"); }

  // Where nothing may go wrong; answers stdout.
  std::string Do(const std::vector<std::string>& arguments) const {
    RunOptions options;
    options.environment = {{"SEATWISE_DB", database()}, {"SEATWISE_TENANT", "contoso"}};
    const RunResult result = RunSeatwise(arguments, options);
    EXPECT_EQ(result.exit_code, 0) << result.err;
    return result.out;
  }

  const TestFolder folder_;
};

TEST_P(FormatsTest, FactsHistoryAndRequestsAreRead) {
  Do({"export", folder_.Path("facts")});
  ExpectSameFiles(File("facts"), folder_.Path("facts"));
  EXPECT_EQ(Do({"watch", "--after=1", "--until=9", "-o", "json"}), ReadFile(File("changes.json")));
  EXPECT_THAT(Do({"tenant", "get", "contoso", "-o", "json"}), HasSubstr("Contoso Ltd"));
  // What was asked before is known, and not done again.
  Do({"user", "delete", "gil", "--request-id=00000000-0000-4000-8000-000000000001"});
  EXPECT_EQ(Do({"user", "update", "bob", "--location=DE",
                "--request-id=00000000-0000-4000-8000-000000000002"}),
            "user 'bob' updated, revision 7\n");
}

TEST_P(FormatsTest, AnswersFollowAndChangesGoOn) {
  EXPECT_THAT(Do({"reconcile", "-o", "json"}), HasSubstr("\"against_live\":0,"));
  const std::string answers = folder_.Path("answers");
  EXPECT_EQ(RunSeatwise({"reconcile", "--from", File("facts"), "--out", answers}).exit_code, 0);
  ExpectSameFiles(File("answers"), answers);
  EXPECT_EQ(Do({"user", "create", "new"}), "user 'new' created, revision 10\n");
  EXPECT_THAT(Do({"reconcile", "-o", "json"}), HasSubstr("\"against_live\":0,"));
}

INSTANTIATE_TEST_SUITE_P(Released, FormatsTest, testing::ValuesIn(Formats()),
                         [](const auto& format) {
                           return fs::path(format.param).filename().string();
                         });

// Who changes the format keeps a database of it: make_database.sh.
TEST(FormatOfNowTest, IsAmongThem) {
  const TestFolder folder;
  EXPECT_EQ(RunSeatwise({"tenant", "create", "contoso", "--db", folder.Path("db")}).exit_code, 0);
  std::vector<std::string> known;
  for (const std::string& format : Formats()) known.push_back(ReadFile(format + "/db/FORMAT"));
  EXPECT_THAT(known, testing::Contains(ReadFile(folder.Path("db/FORMAT"))));
}

}  // namespace
}  // namespace seatwise::cli
