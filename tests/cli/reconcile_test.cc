// `seatwise reconcile` on the example and on folders with little in them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "tests/cli/run.h"
#include "tests/cli/test_folder.h"

namespace seatwise::cli {
namespace {

using Json = nlohmann::ordered_json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const std::string kContoso = "examples/contoso";

Json ReconcileToJson(std::vector<std::string> flags) {
  flags.insert(flags.begin(), {"reconcile", "-o", "json"});
  const RunResult result = RunSeatwise(flags);
  EXPECT_EQ(result.exit_code, 0) << result.err;
  Json json = Json::parse(result.out, nullptr, /*exceptions=*/false);
  EXPECT_TRUE(json.is_object()) << result.out;
  return json;
}

int CountRows(const std::string& table, const std::string& part) {
  int rows = 0;
  for (const absl::string_view row : absl::StrSplit(table, '\n')) {
    rows += absl::StrContains(row, part) ? 1 : 0;
  }
  return rows;
}

TEST(ReconcileTest, TheExampleShowsEveryViolationAndEveryState) {
  const Json json = ReconcileToJson({"--from", kContoso});
  EXPECT_EQ(json["rejected_items"].size(), 7u);
  for (const auto& [name, items] : json["rejected_items"].items()) EXPECT_GT(items, 0) << name;
  EXPECT_EQ(json["licenses"].size(), 4u);
  for (const auto& [name, licenses] : json["licenses"].items()) EXPECT_GT(licenses, 0) << name;
}

TEST(ReconcileTest, TheSummaryCountsTheRowsThatAreWritten) {
  const TestFolder folder;
  const Json json = ReconcileToJson({"--from", kContoso, "--out", folder.Path("new/out")});
  EXPECT_THAT(folder.List("new/out"), ElementsAre("claims.csv", "licenses.csv", "seats.csv"));
  const std::string licenses = ReadFile(folder.Path("new/out/licenses.csv"));
  for (const auto& [state, count] : json["licenses"].items()) {
    EXPECT_EQ(CountRows(licenses, absl::StrCat(",", state, ",")), count) << state;
  }
  const std::string claims = ReadFile(folder.Path("new/out/claims.csv"));
  for (const auto& [code, items] : json["rejected_items"].items()) {
    EXPECT_EQ(CountRows(claims, code), items) << code;
  }
  const std::string seats = ReadFile(folder.Path("new/out/seats.csv"));
  EXPECT_EQ(json["seats"].size(), 12u);
  for (const Json& sku : json["seats"]) {
    const std::string row =
        absl::StrCat(sku["sku_id"].get<std::string>(), ",", sku["usable"].get<int>(), ",");
    EXPECT_EQ(CountRows(seats, row), 1) << row;
  }
}

TEST(ReconcileTest, TheAnswerDoesNotDependOnThreads) {
  const TestFolder folder;
  for (const char* threads : {"1", "2", "7"}) {
    const std::string out = folder.Path(threads);
    const RunResult result =
        RunSeatwise({"reconcile", "--from", kContoso, "--out", out, "--threads", threads});
    EXPECT_EQ(result.exit_code, 0);
    for (const char* table : {"claims.csv", "licenses.csv", "seats.csv"}) {
      EXPECT_EQ(ReadFile(absl::StrCat(out, "/", table)), ReadFile(folder.Path("1/") + table));
    }
  }
}

TEST(ReconcileTest, WithoutOutNothingIsWritten) {
  const TestFolder folder;
  folder.CopyContoso("facts");
  RunOptions in_folder;
  in_folder.folder = folder.Path();
  const RunResult result = RunSeatwise({"reconcile", "--from", "facts"}, in_folder);
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_THAT(result.out, HasSubstr("  200  users\n"));
  EXPECT_THAT(result.out, Not(HasSubstr("write")));
  EXPECT_THAT(folder.List(), ElementsAre("facts"));
  EXPECT_EQ(folder.List("facts").size(), 12u);
}

TEST(ReconcileTest, JsonHasSecondsOfEachStageAndPeakMemory) {
  const TestFolder folder;
  const Json json = ReconcileToJson({"--from", kContoso, "--out", folder.Path("out")});
  ASSERT_EQ(json["seconds"].size(), 3u);
  for (const char* stage : {"read", "derive", "write"}) {
    EXPECT_GT(json["seconds"][stage], 0.0);
    EXPECT_GT(json["peak_rss_bytes_after"][stage], 1 << 20);
  }
  for (const char* count : {"classes", "outcomes", "contended_skus", "queue_entries"}) {
    EXPECT_GT(json["statistics"][count], 0) << count;
  }
  EXPECT_GE(json["peak_rss_bytes"], json["peak_rss_bytes_after"]["write"]);
  EXPECT_EQ(ReconcileToJson({"--from", kContoso})["seconds"]["write"], 0.0);
}

TEST(ReconcileTest, AnEmptyFolderIsATenantWithoutFacts) {
  const TestFolder folder;
  const RunResult result =
      RunSeatwise({"reconcile", "--from", folder.Path(), "--out", folder.Path("out")});
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_THAT(result.err, HasSubstr("warning: '"));
  EXPECT_THAT(result.err, HasSubstr("' has none of the files of a tenant\n"));
  EXPECT_THAT(result.out, HasSubstr("  0  users\n"));
  EXPECT_EQ(ReadFile(folder.Path("out/seats.csv")),
            "sku_id,usable,capacity,consumed,available,waiting,overrun\n");
}

TEST(ReconcileTest, WhatIsProbablyAMistakeIsAWarning) {
  const RunResult result = RunSeatwise({"reconcile", "--from", kContoso});
  EXPECT_THAT(result.err, testing::StartsWith("warning: groups 'book-club', 'reading-circle'"));
  const Json json = ReconcileToJson({"--from", kContoso});
  ASSERT_EQ(json["warnings"].size(), 1u);
  EXPECT_EQ(json["warnings"][0]["reason"], "GROUP_CYCLE");
  EXPECT_THAT(json["warnings"][0]["message"].get<std::string>(), HasSubstr("'book-club'"));
}

TEST(ReconcileTest, ManyWarningsAreCounted) {
  const TestFolder folder;
  std::string groups = "group_id\n";
  std::string assignments = "principal_type,principal_id,sku_id\n";
  for (int i = 0; i < 30; ++i) {
    absl::StrAppend(&groups, "g", i, "\n");
    absl::StrAppend(&assignments, "group,g", i, ",e3\n");
  }
  folder.Write("skus.csv", "sku_id\ne3\n");
  folder.Write("groups.csv", groups);
  folder.Write("assignments.csv", assignments);
  const RunResult result = RunSeatwise({"reconcile", "--from", folder.Path()});
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_EQ(CountRows(result.err, "warning: "), 11);
  EXPECT_THAT(result.err, HasSubstr(" more warnings; --output json lists all\n"));
}

TEST(ReconcileTest, OnlyATerminalSeesColour) {
  const std::vector<std::string> command = {"reconcile", "--from", kContoso};
  const auto colour = testing::ContainsRegex("\x1b\\[[0-9;]*m");
  EXPECT_THAT(RunSeatwise(command).out, Not(HasSubstr("\x1b")));
  RunOptions terminal;
  terminal.terminal_columns = 100;
  EXPECT_THAT(RunSeatwise(command, terminal).out, HasSubstr("\x1b[1mFacts\x1b[0m"));
  terminal.environment = {{"NO_COLOR", "1"}};
  EXPECT_THAT(RunSeatwise(command, terminal).out, Not(colour));
  terminal.environment = {{"TERM", "dumb"}};
  EXPECT_THAT(RunSeatwise(command, terminal).out, Not(HasSubstr("\x1b")));
}

}  // namespace
}  // namespace seatwise::cli
