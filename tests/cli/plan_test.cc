// What a change would do is shown, and done as shown or not at all.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "tests/cli/database.h"
#include "tests/cli/run.h"
#include "tests/cli/test_folder.h"

namespace seatwise::cli {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using Json = nlohmann::json;
using Words = std::vector<std::string>;

class PlanTest : public testing::Test {
 protected:
  PlanTest() {
    db_.folder().CopyContoso("contoso");
    db_.Do({"import", db_.folder().Path("contoso"), "--create"});
  }

  static Words With(const char* verb, const std::string& line, const Words& more = {}) {
    Words words = {verb};
    for (absl::string_view word : absl::StrSplit(line, ' ')) words.emplace_back(word);
    words.insert(words.end(), more.begin(), more.end());
    return words;
  }
  Json Plan(const std::string& line) {
    return Json::parse(db_.Do(With("plan", line, {"-o", "json"})));
  }
  RunResult Apply(const std::string& line, const Json& plan, const Words& more = {}) {
    Words words = With("apply", line, {"--token", plan["plan_token"]});
    words.insert(words.end(), more.begin(), more.end());
    return db_.Run(words);
  }
  // Everything that users have.
  std::string Licenses() { return db_.Do({"licenses", "-o", "csv"}); }

  Database db_;
};

TEST_F(PlanTest, APlanChangesNothingAndItsEndDoesExactlyThat) {
  const std::string before = Licenses();
  const std::string line = "delete group/office-staff";
  const Words words = With("plan", line, {"--override-removal-guard"});
  const std::string text = db_.Do(words);
  EXPECT_EQ(Licenses(), before);
  EXPECT_THAT(text, HasSubstr("If this were done at revision 2: delete group/office-staff"));
  std::smatch end;
  ASSERT_TRUE(std::regex_search(text, end, std::regex("apply (.*) --token (\\S+)\n$"))) << text;
  EXPECT_EQ(end[1], line + " --override-removal-guard");
  const RunResult applied = db_.Run(With("apply", end[1], {"--token", end[2]}));
  EXPECT_EQ(applied.exit_code, 0) << applied.err;
  EXPECT_THAT(applied.out, HasSubstr("the plan applied, revision 3\n"));
  EXPECT_NE(Licenses(), before);
}

TEST_F(PlanTest, ASwapKeepsDisabledPlansThatTheNewSkuHas) {
  const std::string line = "swap SPE_E3 for SPE_E5 in group/office-staff";
  const Json plan = Plan(line + " --override-removal-guard");
  EXPECT_GT(plan["impact"]["licenses_lost"], 0);
  EXPECT_GT(plan["impact"]["licenses_gained"], 0);
  ASSERT_EQ(Apply(line + " --override-removal-guard", plan).exit_code, 0);
  const std::string facts = db_.folder().Path("facts");
  db_.Do({"export", facts});
  EXPECT_THAT(ReadFile(db_.folder().Path("facts/assignments.csv")),
              HasSubstr("group,office-staff,06ebc4ee-1bb5-47dd-8120-11324bc54e06,"
                        "7547a3fe-08ee-4ccb-b430-5077c5041653;"
                        "a23b959c-7ce8-4e57-9140-b90eb88a9e97,0,"));
}

TEST_F(PlanTest, FewerUnitsSaysWhoseLicenseGoes) {
  const Json plan = Plan("set subscription/contoso-e5 units=20");
  EXPECT_EQ(plan["impact"]["licenses_lost"], 4);
  EXPECT_EQ(plan["impact"]["users_losing"], 4);
  const Json& sku = plan["impact"]["skus"][0];
  EXPECT_EQ(sku["seats_before"]["usable"], 24);
  EXPECT_EQ(sku["seats_after"]["usable"], 20);
  EXPECT_EQ(sku["seats_after"]["waiting"], sku["seats_before"]["waiting"].get<int>() + 4);
  EXPECT_FALSE(plan["impact"]["removal_guard"]["blocked"]);
}

TEST_F(PlanTest, WhatHasChangedSinceIsRefused) {
  const std::string line = "set subscription/contoso-e5 units=20";
  const Json plan = Plan(line);
  db_.Do({"member", "remove", "e5-users", "--user", "emil.straub"});
  const RunResult stale = Apply(line, plan);
  EXPECT_EQ(stale.exit_code, 4);
  EXPECT_THAT(stale.err, AllOf(HasSubstr("[PLAN_STALE]"), HasSubstr("at revision 2 they were to"),
                               HasSubstr("at revision 3 they would"),
                               HasSubstr("Nothing was done. To look again:")));
  const RunResult other = Apply("set subscription/contoso-e5 units=19", plan);
  EXPECT_EQ(other.exit_code, 7);
  EXPECT_THAT(other.err, HasSubstr("other changes"));
}

TEST_F(PlanTest, TheGuardStopsWhatTakesTooMuch) {
  const std::string line = "delete group/office-staff";
  const Json plan = Plan(line);
  EXPECT_TRUE(plan["impact"]["removal_guard"]["blocked"]);
  const RunResult refused = Apply(line, plan);
  EXPECT_EQ(refused.exit_code, 4);
  EXPECT_THAT(refused.err, HasSubstr("[REMOVAL_GUARD]"));
  EXPECT_EQ(Apply(line, plan, {"--max-removed", "60"}).exit_code, 0);
}

TEST_F(PlanTest, TheGuardIsTheTenantsWhereNothingElseIsSaid) {
  const std::string line = "delete group/office-staff";
  db_.Do({"tenant", "update", "contoso", "--max-removed", "60"});
  const Json plan = Plan(line);
  EXPECT_EQ(plan["impact"]["removal_guard"]["limit_percent"], 60);
  EXPECT_FALSE(plan["impact"]["removal_guard"]["blocked"]);
  EXPECT_EQ(Plan(line + " --max-removed 1")["impact"]["removal_guard"]["limit_percent"], 1);
  db_.Do({"tenant", "update", "contoso", "--max-removed", "0"});
  EXPECT_THAT(db_.Do({"tenant", "list", "-o", "csv", "--columns", "max_removed_percent"}),
              HasSubstr("\n0\n"));
  const RunResult refused = Apply(line, plan);
  EXPECT_EQ(refused.exit_code, 4);
  EXPECT_THAT(refused.err, HasSubstr("[REMOVAL_GUARD]"));
  // It holds for changes that are not planned, too.
  const RunResult unplanned =
      db_.Run({"unassign", "05e9a617-0261-4cee-bb44-138d3ef5d965", "--group", "office-staff"});
  EXPECT_EQ(unplanned.exit_code, 4);
  EXPECT_THAT(unplanned.err, HasSubstr("[REMOVAL_GUARD]"));
  db_.Do({"tenant", "update", "contoso", "--max-removed", ""});
  EXPECT_EQ(Plan(line)["impact"]["removal_guard"]["limit_percent"], 10);
  EXPECT_EQ(db_.Run({"tenant", "update", "contoso", "--max-removed", "101"}).exit_code, 7);
}

TEST_F(PlanTest, AllRowsAreWrittenAsCsv) {
  const std::string file = db_.folder().Path("rows.csv");
  const Json plan =
      Json::parse(db_.Do({"plan", "delete", "group/sales", "--rows", file, "-o", "json"}));
  const std::string rows = ReadFile(db_.folder().Path("rows.csv"));
  EXPECT_EQ(db_.Do({"plan", "delete", "group/sales", "-o", "csv"}), rows);
  int licenses = 0;
  std::set<std::string> keys;
  for (absl::string_view row : absl::StrSplit(rows, '\n', absl::SkipEmpty())) {
    const std::vector<std::string> cells = absl::StrSplit(row, ',');
    ASSERT_EQ(cells.size(), 9u) << row;
    if (absl::StartsWith(cells[1], "License")) ++licenses;
    EXPECT_TRUE(
        keys.insert(absl::StrCat(cells[0], cells[1].substr(0, 4), cells[2], cells[4])).second)
        << row;
  }
  const Json& impact = plan["impact"];
  EXPECT_EQ(licenses, impact["licenses_gained"].get<int>() + impact["licenses_lost"].get<int>() +
                          impact["licenses_changed"].get<int>());
  EXPECT_GT(licenses, 0);
}

TEST_F(PlanTest, AFolderIsPlannedAndAppliedAsAWhole) {
  const std::string folder = db_.folder().Path("contoso");
  const Json same = Plan(folder + " --mode snapshot");
  EXPECT_EQ(same["impact"]["users_affected"], 0);
  std::string subscriptions = ReadFile(db_.folder().Path("contoso/subscriptions.csv"));
  const size_t units = subscriptions.find(",24,");
  ASSERT_NE(units, std::string::npos);
  db_.folder().Write("contoso/subscriptions.csv", subscriptions.replace(units, 4, ",20,"));
  const Json plan = Plan(folder);
  EXPECT_EQ(plan["impact"]["licenses_lost"], 4);
  EXPECT_EQ(Apply(folder, same).exit_code, 4) << "another folder by now";
  EXPECT_EQ(Apply(folder, plan).exit_code, 0);
  EXPECT_EQ(Plan(folder)["impact"]["users_affected"], 0);
}

TEST_F(PlanTest, AFileOfChangesIsJson) {
  db_.folder().Write("changes.json",
                     R"({"changes": [
        {"put": {"subscription": {"subscription_id": "more", "units": 7,
                 "sku_id": "06ebc4ee-1bb5-47dd-8120-11324bc54e06"}}},
        {"delete": {"name": "groups/book-club", "cascade": true}}]})");
  const std::string file = db_.folder().Path("changes.json");
  const Json plan = Plan(file);
  EXPECT_EQ(plan["impact"]["licenses_gained"], 5);
  EXPECT_EQ(Apply(file, plan).exit_code, 0);
  db_.folder().Write("changes.json", "{\"chang\": []}");
  const RunResult broken = db_.Run({"plan", file});
  EXPECT_EQ(broken.exit_code, 7);
  EXPECT_THAT(broken.err, HasSubstr("is not a list of changes as JSON"));
}

TEST_F(PlanTest, WhatCannotBeMeantIsSaidBeforeAnythingIsAsked) {
  struct Row {
    const char* line;
    int exit_code;
    const char* complaint;
  };
  const Row rows[] = {
      {"no-such-folder", 2, "is neither a folder nor a file, and 'no-such-folder' is no change"},
      {"delete sales", 2, "it goes: delete KIND/ID"},
      {"delete team/sales", 7,
       "'team/' is none of user, group, sku, service-plan and subscription"},
      {"set subscription/contoso-e5 unit=3", 7, "'unit' cannot be set; what can: sku_id, units"},
      {"set subscription/contoso-e5 units=many", 7, "units: 'many' is not a whole number"},
      {"set subscription/nothing units=3", 3, "[NOT_FOUND]"},
      {"assign SPE_E33 to group/sales", 3, "there is no SKU 'SPE_E33'; did you mean 'SPE_E3'?"},
      {"swap SPE_E3 for SPE_E5 in group/apps", 3, "[NOT_FOUND]"},
      {"unassign SPE_E5 from group/apps", 3, "[NOT_FOUND]"},
  };
  for (const Row& row : rows) {
    const RunResult run = db_.Run(With("plan", row.line));
    EXPECT_EQ(run.exit_code, row.exit_code) << row.line << ": " << run.err;
    EXPECT_THAT(run.err, HasSubstr(row.complaint)) << row.line;
  }
}

TEST_F(PlanTest, EveryLineFitsATerminal) {
  RunOptions options;
  options.terminal_columns = 80;
  options.environment = {
      {"SEATWISE_DB", db_.path()}, {"SEATWISE_TENANT", "contoso"}, {"NO_COLOR", "1"}};
  const RunResult run = RunSeatwise(
      {"plan", "delete", "group/sales", "and", "set", "subscription/contoso-e3-2019", "units=90"},
      options);
  EXPECT_EQ(run.exit_code, 0) << run.out;
  for (const absl::string_view line : absl::StrSplit(run.out, '\n')) {
    // The last one is to be pasted.
    if (line.find("--token") != absl::string_view::npos) continue;
    size_t columns = 0;
    for (const char c : line) columns += (c & 0xC0) != 0x80 && c != '\r' ? 1 : 0;
    EXPECT_LE(columns, 80u) << line;
  }
}

}  // namespace
}  // namespace seatwise::cli
