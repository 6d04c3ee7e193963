// `seatwise report`: what people read of the example, and what programs read.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "tests/cli/database.h"
#include "tests/cli/run.h"
#include "tests/cli/test_folder.h"

namespace seatwise::cli {
namespace {

using testing::HasSubstr;
using testing::StartsWith;
using Json = nlohmann::json;

class ReportTest : public testing::Test {
 protected:
  ReportTest() { db_.Do({"import", "examples/contoso", "--create"}); }

  Json JsonOf(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), "report");
    arguments.insert(arguments.end(), {"-o", "json"});
    return Json::parse(db_.Do(arguments));
  }

  Database db_;
};

// Reports whose answer does not depend on the day.
TEST_F(ReportTest, PeopleReadTables) {
  std::string text;
  for (const std::vector<std::string>& report :
       std::vector<std::vector<std::string>>{{"double-assignments"},
                                             {"redundant-assignments"},
                                             {"overlapping-skus", "--sample", "2"},
                                             {"blocked-and-guests"},
                                             {"costs"},
                                             {"costs", "--by", "group"},
                                             {"costs", "--by", "attribute:department"},
                                             {"renewals"},
                                             {"changes", "--from", "0"}}) {
    std::vector<std::string> arguments = report;
    arguments.insert(arguments.begin(), "report");
    absl::StrAppend(&text, "$ seatwise ", absl::StrJoin(arguments, " "), "\n", db_.Do(arguments),
                    "\n");
  }
  EXPECT_EQ(text, ReadFile("tests/cli/report.golden"))
      << "If that is how it should be: write it to tests/cli/report.golden";
}

// All staff have Power BI by their group.
TEST_F(ReportTest, WhatIsAddedForNothingIsRedundant) {
  const std::string power_bi = "a403ebcc-fae0-4ca2-8c8c-7a907fd6c235";
  const auto now = [&] { return db_.Do({"licenses", "-o", "csv"}) + db_.Do({"seats"}); };
  const std::string before = now();
  EXPECT_EQ(JsonOf({"redundant-assignments"}).size(), 0u);
  db_.Do({"assign", power_bi, "--user", "adrien.roche"});
  EXPECT_EQ(now(), before);
  const Json rows = JsonOf({"redundant-assignments"});
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0]["principal_type"], "user");
  EXPECT_EQ(rows[0]["principal_id"], "adrien.roche");
  EXPECT_EQ(rows[0]["sku_id"], power_bi);
  EXPECT_EQ(rows[0]["users"], 1);
  const Json doubles = JsonOf({"double-assignments", "--sku", power_bi});
  ASSERT_EQ(doubles.size(), 1u);
  EXPECT_EQ(doubles[0]["groups"], Json({"All staff"}));
  EXPECT_EQ(doubles[0]["added_plan_ids"], Json::array());
}

TEST_F(ReportTest, ProgramsReadJsonAndCsv) {
  const Json costs = JsonOf({"costs", "--by", "attribute:department"});
  int64_t seats = 0;
  for (const Json& row : costs) seats += row["seats"].get<int64_t>();
  int64_t consumed = 0;
  for (const Json& row : Json::parse(db_.Do({"seats", "-o", "json"}))) {
    consumed += row["consumed"].get<int64_t>();
  }
  EXPECT_EQ(seats, consumed) << "each seat is somebody's";
  EXPECT_THAT(db_.Do({"report", "blocked-and-guests", "-o", "csv"}),
              StartsWith("user_id,user,kind,guest,sku_id,sku,state,direct\n"));
  EXPECT_THAT(db_.Do({"report", "changes", "--from", "2", "-o", "csv"}),
              testing::EndsWith("sample_user_ids,sample\n"));
}

TEST_F(ReportTest, ForecastsFollowTheJournal) {
  db_.Do({"user", "create", "new.one", "--name", "New One", "--location", "US"});
  db_.Do({"member", "add", "all-staff", "--user", "new.one"});
  for (const Json& row : JsonOf({"forecast"})) {
    if (row["sku"] != "POWER_BI_STANDARD") continue;
    EXPECT_EQ(row["joined"], 1);
    EXPECT_EQ(row["net_per_week"], "1.0") << "a day counts as a week";
  }
  const std::string table = db_.Do({"report", "forecast", "--weeks", "1"});
  EXPECT_THAT(table, HasSubstr("no seat is free"));
  EXPECT_THAT(table, HasSubstr("if users go on to come as in the last 1 week\n"));
}

TEST_F(ReportTest, NothingToReportIsSaidWithWhatToTry) {
  for (const std::vector<std::string>& report : std::vector<std::vector<std::string>>{
           {"double-assignments", "--sku", "a403ebcc-fae0-4ca2-8c8c-7a907fd6c235"},
           {"changes", "--from", "2"}}) {
    std::vector<std::string> arguments = report;
    arguments.insert(arguments.begin(), "report");
    EXPECT_THAT(db_.Do(arguments), HasSubstr("\nTry: seatwise "));
  }
}

TEST_F(ReportTest, WrongUsageIsExplained) {
  EXPECT_EQ(db_.Run({"report"}).exit_code, 2);
  EXPECT_EQ(db_.Run({"report", "costs", "--by", "attribute:"}).exit_code, 2);
  EXPECT_EQ(db_.Run({"report", "changes"}).exit_code, 2);
  EXPECT_EQ(db_.Run({"report", "renewals", "--within", "0"}).exit_code, 2);
  EXPECT_EQ(db_.Run({"report", "overlapping-skus", "--sku", "E9"}).exit_code, 3);
  EXPECT_NE(db_.Run({"report", "changes", "--from", "9"}).exit_code, 0);
}

}  // namespace
}  // namespace seatwise::cli
