// Input that is not valid: every error at its place, exit code 7, nothing written.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "tests/cli/run.h"
#include "tests/cli/test_folder.h"

namespace seatwise::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::MatchesRegex;
using testing::StartsWith;

std::vector<std::string> LinesOf(const std::string& text) {
  return absl::StrSplit(text, '\n', absl::SkipEmpty());
}

TEST(RejectionTest, EveryErrorHasItsPlaceAndNothingIsWritten) {
  const TestFolder folder;
  folder.CopyContoso("facts");
  folder.Edit("facts/groups.csv", "sales-apac,Sales APAC", "sales-apac,Sales APAC,,");
  folder.Edit("facts/subscriptions.csv", ",24,,", ",-24,Paid,");
  const RunResult result =
      RunSeatwise({"reconcile", "--from", folder.Path("facts"), "--out", folder.Path("out")});
  EXPECT_EQ(result.exit_code, 7);
  EXPECT_THAT(result.out, IsEmpty());
  EXPECT_THAT(LinesOf(result.err),
              ElementsAre(MatchesRegex("subscriptions\\.csv:[0-9]+:3: .+"),
                          MatchesRegex("subscriptions\\.csv:[0-9]+:4: .+"),
                          MatchesRegex("groups\\.csv:[0-9]+:[0-9]+: .+"),
                          AllOf(StartsWith("seatwise: '"), HasSubstr("' is rejected with 3 errors"),
                                HasSubstr("nothing was written"))));
  EXPECT_THAT(folder.List(), ElementsAre("facts"));
}

TEST(RejectionTest, TheFirstHundredErrorsArePrintedAndTheRestCounted) {
  const TestFolder folder;
  std::string rows = "group_id,member_type,member_id\n";
  for (int i = 0; i < 150; ++i) absl::StrAppend(&rows, "g", i, ",user,u", i, "\n");
  folder.Write("facts/members.csv", rows);
  const RunResult result = RunSeatwise({"reconcile", "--from", folder.Path("facts")});
  EXPECT_EQ(result.exit_code, 7);
  const std::vector<std::string> lines = LinesOf(result.err);
  ASSERT_EQ(lines.size(), 102u);
  EXPECT_THAT(lines[0], StartsWith("members.csv:2:1: "));
  EXPECT_EQ(lines[100], "and 200 more errors");
  EXPECT_THAT(lines[101], HasSubstr("is rejected with 300 errors"));
}

TEST(RejectionTest, JsonListsTheErrorsForPrograms) {
  const TestFolder folder;
  folder.Write("facts/skus.csv", "sku_id\na\na\n");
  const RunResult result =
      RunSeatwise({"reconcile", "--from", folder.Path("facts"), "--output", "json"});
  EXPECT_EQ(result.exit_code, 7);
  const nlohmann::json json = nlohmann::json::parse(result.out, nullptr, /*exceptions=*/false);
  ASSERT_TRUE(json.is_object()) << result.out;
  EXPECT_EQ(json["error_count"], 1);
  EXPECT_EQ(json["errors"][0]["file"], "skus.csv");
  EXPECT_EQ(json["errors"][0]["line"], 3);
  EXPECT_EQ(json["errors"][0]["column"], 1);
  EXPECT_THAT(json["errors"][0]["reason"].get<std::string>(), HasSubstr("'a'"));
}

TEST(RejectionTest, NamesOfTheInputCannotSteerTheTerminal) {
  const TestFolder folder;
  folder.Write("facts/skus.csv", "sku_id\nfine\n\"a;\x1b[2J\"\n");
  const RunResult result = RunSeatwise({"reconcile", "--from", folder.Path("facts")});
  EXPECT_EQ(result.exit_code, 7);
  EXPECT_THAT(result.err, Not(HasSubstr("\x1b")));
}

TEST(RejectionTest, AConversionIsRejectedInTheSameWay) {
  const TestFolder folder;
  folder.Write("products.csv", "GUID\nnone\n");
  const RunResult result =
      RunSeatwise({"catalog", "convert", folder.Path("products.csv"), "--out", folder.Path("out")});
  EXPECT_EQ(result.exit_code, 7);
  EXPECT_THAT(result.err, HasSubstr("products.csv"));
  EXPECT_THAT(folder.List(), ElementsAre("products.csv"));
}

}  // namespace
}  // namespace seatwise::cli
