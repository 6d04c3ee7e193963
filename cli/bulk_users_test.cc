#include "cli/bulk_users.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace seatwise::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using Users = std::vector<std::string>;

class BulkUsersTest : public testing::Test {
 protected:
  static std::string Path(const std::string& name) {
    return absl::StrCat(testing::TempDir(), "/bulk_users_", name);
  }
  static void Write(const std::string& name, const std::string& text) {
    std::ofstream(Path(name)) << text;
  }
  static std::string Read(const std::string& name) {
    std::ostringstream text;
    text << std::ifstream(Path(name)).rdbuf();
    return text.str();
  }

  // Runs it over list.csv, where users in `wrong` fail; what is printed is in out_ and err_.
  ExitCode Run(size_t most, const std::set<std::string>& wrong,
               const absl::Status& why = absl::NotFoundError("no such user"),
               bool with_rejects = true) {
    CLI::App app;
    BulkUsers bulk;
    bulk.Declare(app);
    std::vector<std::string> arguments = {"--users", Path("list.csv")};
    if (with_rejects) arguments.insert(arguments.end(), {"--rejects", Path("rejects.csv")});
    std::reverse(arguments.begin(), arguments.end());
    app.parse(arguments);
    Console console("seatwise");
    testing::internal::CaptureStdout();
    testing::internal::CaptureStderr();
    const ExitCode code = bulk.Run(
        console, most,
        [&](absl::Span<const std::string> users) -> absl::StatusOr<int64_t> {
          calls_.emplace_back(users.begin(), users.end());
          for (const std::string& user : users) {
            if (wrong.contains(user)) return why;
          }
          return 100 + static_cast<int64_t>(calls_.size());
        },
        "SKU 'e3'", "assigned to");
    out_ = testing::internal::GetCapturedStdout();
    err_ = testing::internal::GetCapturedStderr();
    return code;
  }

  std::vector<Users> calls_;
  std::string out_;
  std::string err_;
};

TEST_F(BulkUsersTest, EachUserIsEditedOnceInPartsOfTheFile) {
  Write("list.csv", "name,User ID\nA,a\nB, b \nA again,a\nC,c\n");
  EXPECT_EQ(Run(2, {}), ExitCode::kOk);
  EXPECT_THAT(calls_, ElementsAre(Users{"a", "b"}, Users{"c"}));
  EXPECT_EQ(out_, "SKU 'e3' assigned to 3 users, revision 102\n");
  EXPECT_EQ(err_, "");
}

TEST_F(BulkUsersTest, HalvesAreTriedUntilItIsKnownWhoIsAtFault) {
  Write("list.csv", "user_id\na\nb\nc\nd\n");
  EXPECT_EQ(Run(4, {"c"}), ExitCode::kConflict);
  EXPECT_THAT(calls_, ElementsAre(Users{"a", "b", "c", "d"}, Users{"a", "b"}, Users{"c", "d"},
                                  Users{"c"}, Users{"d"}));
  EXPECT_THAT(out_, HasSubstr("assigned to 3 users"));
  EXPECT_EQ(Read("rejects.csv"), "user_id,reason\nc,no such user\n");
}

TEST_F(BulkUsersTest, RejectsCanBeFedAgain) {
  Write("list.csv", "user_id\n=a\nb\n");
  EXPECT_EQ(Run(4, {"=a"}), ExitCode::kConflict);
  // To be read by this program, not by people: as it is.
  Write("list.csv", Read("rejects.csv"));
  calls_.clear();
  EXPECT_EQ(Run(4, {}), ExitCode::kOk);
  EXPECT_THAT(calls_, ElementsAre(Users{"=a"}));
}

TEST_F(BulkUsersTest, AServerThatIsGoneIsNotAskedAgain) {
  Write("list.csv", "user_id\na\nb\nc\n");
  EXPECT_EQ(Run(1, {"b"}, absl::UnavailableError("gone")), ExitCode::kConflict);
  EXPECT_THAT(calls_, ElementsAre(Users{"a"}, Users{"b"}));
  EXPECT_EQ(Read("rejects.csv"), "user_id,reason\nb,gone\nc,gone\n");
  EXPECT_THAT(err_, HasSubstr("seatwise: gone\n"));
}

TEST_F(BulkUsersTest, WithoutAFileTheFirstRejectsAreTold) {
  Write("list.csv", "user_id\na\nb\n");
  EXPECT_EQ(Run(9, {"b"}, absl::NotFoundError("'b' does not exist"), /*with_rejects=*/false),
            ExitCode::kConflict);
  EXPECT_EQ(err_,
            "seatwise: 'b' does not exist\n"
            "seatwise: 1 user rejected; --rejects FILE writes down who and why\n");
}

TEST_F(BulkUsersTest, AListOfNobodySaysSo) {
  Write("list.csv", "user_id\n");
  EXPECT_EQ(Run(9, {}), ExitCode::kOk);
  EXPECT_TRUE(calls_.empty());
  EXPECT_THAT(out_, HasSubstr("list.csv' names no user; nothing was done\n"));
}

TEST_F(BulkUsersTest, AFileWithoutUsersIsRejectedAsAWhole) {
  Write("list.csv", "name\nAna\n");
  EXPECT_EQ(Run(9, {}), ExitCode::kRejected);
  EXPECT_TRUE(calls_.empty());
  EXPECT_THAT(err_, HasSubstr("list.csv"));
  EXPECT_THAT(err_, HasSubstr("in its column user_id"));
}

}  // namespace
}  // namespace seatwise::cli
