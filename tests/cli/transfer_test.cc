// Whole tenants in and out, and that the server answers what `reconcile` derives from the files.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "tests/cli/database.h"
#include "tests/cli/run.h"
#include "tests/cli/test_folder.h"

namespace seatwise::cli {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using Json = nlohmann::json;

class TransferTest : public testing::Test {
 protected:
  TransferTest() { db_.Do({"import", "examples/contoso", "--create"}); }

  Database db_;
};

TEST_F(TransferTest, WhatIsExportedIsWhatWasImported) {
  const std::string out = db_.folder().Path("out");
  db_.Do({"export", out});
  for (const char* mode : {"merge", "snapshot"}) {
    const Json again = Json::parse(db_.Do({"import", out, "--mode", mode, "-o", "json"}));
    EXPECT_EQ(again["facts_created"], 0) << mode;
    EXPECT_EQ(again["facts_changed"], 0) << mode;
    EXPECT_EQ(again["facts_deleted"], 0) << mode;
  }
  db_.Do({"import", out, "--create", "--tenant", "fabrikam"});
  const std::string copy = db_.folder().Path("copy");
  db_.Do({"export", copy, "--tenant", "fabrikam"});
  EXPECT_EQ(db_.folder().List("copy"), db_.folder().List("out"));
  for (const std::string& file : db_.folder().List("out")) {
    EXPECT_EQ(ReadFile(copy + "/" + file), ReadFile(out + "/" + file)) << file;
  }
}

TEST_F(TransferTest, TheServerAnswersWhatFollowsFromTheFiles) {
  const std::string answers = db_.folder().Path("answers");
  db_.Do({"reconcile", "--from", "examples/contoso", "--out", answers});
  const Json licenses = Json::parse(db_.Do({"licenses", "-o", "json"}));
  const std::string answered = ReadFile(answers + "/licenses.csv");
  std::string listed = answered.substr(0, answered.find('\n') + 1);
  for (const Json& row : licenses) {
    std::string plans;
    for (const Json& plan : row["enabled_plan_ids"]) {
      plans += (plans.empty() ? "" : ";") + plan.get<std::string>();
    }
    listed += row["user_id"].get<std::string>() + "," + row["sku_id"].get<std::string>() + "," +
              row["state"].get<std::string>() + "," + plans + "\n";
  }
  EXPECT_EQ(listed, answered);
  const Json status = Json::parse(db_.Do({"status", "-o", "json"}));
  EXPECT_EQ(status["claims_granted"], 438);
  EXPECT_EQ(status["claims_rejected"], 39);
}

TEST_F(TransferTest, ARejectedFolderLeavesNoTrace) {
  db_.folder().CopyContoso("broken");
  db_.folder().Edit("broken/subscriptions.csv", ",Warning,", ",Expired,");
  const RunResult result = db_.Run({"import", db_.folder().Path("broken")});
  EXPECT_EQ(result.exit_code, 7);
  EXPECT_THAT(result.err, HasSubstr("subscriptions.csv:8:4: status 'Expired' is none of"));
  EXPECT_EQ(Json::parse(db_.Do({"status", "-o", "json"}))["revision"], 2);
}

TEST_F(TransferTest, AnImportCanBeTriedFirst) {
  db_.folder().CopyContoso("facts");
  db_.folder().Edit("facts/subscriptions.csv", ",24,", ",29,");
  const std::string facts = db_.folder().Path("facts");
  const Json tried = Json::parse(db_.Do({"import", facts, "--validate-only", "-o", "json"}));
  EXPECT_EQ(tried["facts_changed"], 1);
  EXPECT_GT(tried["users_affected"], 0);
  EXPECT_EQ(Json::parse(db_.Do({"status", "-o", "json"}))["revision"], 2);
  db_.Do({"import", facts});
  EXPECT_THAT(db_.Do({"seats", "--short"}), Not(HasSubstr("SPE_E5")));
}

TEST_F(TransferTest, ChangesCanBeWatched) {
  db_.Do({"user", "update", "derek.owens", "--location", "US"});
  const std::string seen = db_.Do({"watch", "--after", "2", "--until", "3"});
  EXPECT_THAT(seen, HasSubstr("revision 3  derek.owens  POWER_BI_STANDARD: Error → Active\n"));
  const std::string json = db_.Do({"watch", "--after", "2", "--until", "3", "-o", "json"});
  const Json first = Json::parse(json.substr(0, json.find('\n')));
  EXPECT_EQ(first["revision"], 3);
  EXPECT_EQ(first["user_id"], "derek.owens");
}

TEST_F(TransferTest, WhoWatchesWhatDoesNotExistIsWarned) {
  db_.Do({"user", "update", "derek.owens", "--location", "US"});
  const RunResult run = db_.Run({"watch", "--after", "2", "--until", "3", "--sku", "SPE_E4",
                                 "--sku", "SPE_E3", "--user", "derek", "--user", "derek.owens"});
  EXPECT_EQ(run.exit_code, 0);
  EXPECT_THAT(run.out, HasSubstr("revision 3  derek.owens  SPE_E3: Error → Active\n"));
  EXPECT_EQ(run.err,
            "warning: there is no SKU 'SPE_E4'; did you mean 'SPE_E3'?\n"
            "warning: there is no user 'derek'\n");
}

TEST_F(TransferTest, ATenantIsRecomputedWithoutADifference) {
  const Json run = Json::parse(db_.Do({"reconcile", "-o", "json"}));
  EXPECT_EQ(run["against_live"], 0);
  EXPECT_EQ(run["claims_granted"], 438);
}

TEST_F(TransferTest, AFolderThatIsNotThereIsNamed) {
  const RunResult result = db_.Run({"import", "nowhere"});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.err, HasSubstr("'nowhere': there is no such folder"));
  EXPECT_THAT(result.out, IsEmpty());
}

}  // namespace
}  // namespace seatwise::cli
