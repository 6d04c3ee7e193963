// `seatwise explain`: what people read, what programs read, and that what it suggests is true.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "cli/text.h"
#include "tests/cli/database.h"
#include "tests/cli/run.h"
#include "tests/cli/test_folder.h"

namespace seatwise::cli {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using Json = nlohmann::json;

class ExplainTest : public testing::Test {
 protected:
  ExplainTest() { db_.Do({"import", "examples/contoso", "--create"}); }

  // What the fixes of a user's licenses say to run.
  std::vector<std::string> Commands(const std::string& user) const {
    std::vector<std::string> commands;
    const std::string out = db_.Do({"explain", user});
    const size_t next = out.find("\nNext:\n");
    if (next == std::string::npos) return commands;
    for (const std::string& line :
         std::vector<std::string>(absl::StrSplit(out.substr(next + 7), '\n', absl::SkipEmpty()))) {
      commands.push_back(line.substr(2));
    }
    return commands;
  }

  // Runs a command without words in quotes.
  void DoCommand(const std::string& command) const {
    std::vector<std::string> words = absl::StrSplit(command, ' ');
    words.erase(words.begin());
    db_.Do(words);
  }

  Database db_;
};

TEST_F(ExplainTest, PeopleReadATree) {
  for (const char* user : {"priya.raman", "derek.owens", "lisa.thoma"}) {
    const std::string golden = absl::StrCat("tests/cli/explain_", user, ".golden");
    std::string out = db_.Do({"explain", user});
    for (size_t at; (at = out.find(SeatwiseBinary())) != std::string::npos;) {
      out.replace(at, SeatwiseBinary().size(), "seatwise");
    }
    EXPECT_EQ(out, ReadFile(golden)) << "If that is how it should be: write it to " << golden;
  }
}

TEST_F(ExplainTest, LinesFitTheTerminal) {
  for (const int columns : {80, 120}) {
    RunOptions terminal;
    terminal.terminal_columns = columns;
    terminal.environment = {{"SEATWISE_DB", db_.path()}, {"SEATWISE_TENANT", "contoso"}};
    const std::string out = RunSeatwise({"explain", "priya.raman"}, terminal).out;
    EXPECT_THAT(out, HasSubstr("\x1b[1m"));
    // Commands are not broken: they are to be pasted.
    const std::string tree = out.substr(0, out.find("\r\nNext"));
    for (const std::string& line : std::vector<std::string>(absl::StrSplit(tree, "\r\n"))) {
      EXPECT_LE(DisplayWidth(line), static_cast<size_t>(columns)) << line;
    }
  }
}

TEST_F(ExplainTest, WhatItSaysToRunHeals) {
  int healed = 0;
  for (const char* user : {"derek.owens", "lisa.thoma", "franziska.maier"}) {
    for (const std::string& command : Commands(user)) {
      DoCommand(command);
      ++healed;
    }
    const Json after = Json::parse(db_.Do({"explain", user, "-o", "json"}));
    for (const Json& license : after["licenses"]) {
      EXPECT_EQ(license["license"]["state"], "Active") << user << license["license"]["sku_id"];
    }
  }
  EXPECT_GE(healed, 3);
}

TEST_F(ExplainTest, ProgramsReadJsonAndCsv) {
  const Json priya = Json::parse(db_.Do({"explain", "priya.raman", "-o", "json"}));
  EXPECT_EQ(priya["user"]["user"]["display_name"], "Priya Raman");
  EXPECT_EQ(priya["licenses"].size(), 5u);
  EXPECT_THAT(
      db_.Do({"explain", "priya.raman", "-o", "csv"}),
      HasSubstr(
          "\npriya.raman,05e9a617-0261-4cee-bb44-138d3ef5d965,SPE_E3,ActiveWithError,user,,"));
}

TEST_F(ExplainTest, ASkuGoesByItsIdOrItsNames) {
  const std::string by_id = "05e9a617-0261-4cee-bb44-138d3ef5d965";
  const std::string out = db_.Do({"explain", "priya.raman", "--sku", by_id});
  EXPECT_THAT(out, HasSubstr("SPE_E3 (Microsoft 365 E3)"));
  EXPECT_THAT(out, Not(HasSubstr("MCOPSTN1 (")));
  EXPECT_EQ(db_.Do({"explain", "priya.raman", "--sku", "SPE_E3"}), out);
  EXPECT_EQ(db_.Do({"explain", "Priya Raman", "--sku", "Microsoft 365 E3"}), out);
  EXPECT_EQ(db_.Run({"explain", "priya.raman", "--sku", "no such"}).exit_code, 3);
  EXPECT_EQ(db_.Run({"explain", ""}).exit_code, 2);
}

TEST_F(ExplainTest, APastRevisionIsExplainedAsItWas) {
  db_.Do({"user", "update", "derek.owens", "--location", "US"});
  EXPECT_THAT(db_.Do({"explain", "derek.owens"}), Not(HasSubstr("UsageLocationMissing")));
  const std::string before = db_.Do({"explain", "derek.owens", "--at", "2"});
  EXPECT_THAT(before, HasSubstr(", at revision 2\n"));
  EXPECT_THAT(before, HasSubstr("UsageLocationMissing"));
  const RunResult nobody = db_.Run({"explain", "derek.owens", "--at", "1"});
  EXPECT_EQ(nobody.exit_code, 3) << "nobody was there";
  EXPECT_THAT(nobody.err, HasSubstr("of revision 1:\n"));
  EXPECT_NE(db_.Run({"explain", "derek.owens", "--at", "99"}).exit_code, 0);
}

TEST_F(ExplainTest, HistoryTellsHowItCameAbout) {
  db_.Do({"user", "update", "derek.owens", "--location", "US"});
  const std::string history = db_.Do({"explain", "derek.owens", "--history"});
  EXPECT_THAT(history, HasSubstr("revision 2  "));
  EXPECT_THAT(history, HasSubstr("because Derek Owens joined Sales Americas\n"));
  EXPECT_THAT(history, HasSubstr("SPE_E3: Error → Active"));
  EXPECT_THAT(history, HasSubstr("because of Derek Owens: usage_location: none → US\n"));
  EXPECT_EQ(
      Json::parse(db_.Do({"explain", "derek.owens", "--history", "-o", "json"}))["entries"].size(),
      2u);
  EXPECT_THAT(db_.Do({"explain", "derek.owens", "--history", "-o", "csv"}),
              HasSubstr(",Error,Active,tenants/contoso/users/derek.owens\n"));
}

TEST_F(ExplainTest, TheNewestOfAHistoryIsShownAndHowToSeeMore) {
  for (const char* place : {"US", "DE", "FR"}) {
    db_.Do({"user", "update", "derek.owens", "--location", place});
  }
  db_.Do({"user", "update", "derek.owens", "--location", ""});
  const std::string newest = db_.Do({"explain", "derek.owens", "--history", "--limit", "1"});
  EXPECT_THAT(newest, testing::StartsWith("The newest 1; there may be older ones: --limit 10\n"));
  EXPECT_THAT(newest, HasSubstr("revision 6  "));
  EXPECT_THAT(newest, testing::Not(HasSubstr("revision 3  ")));
  const std::string all = db_.Do({"explain", "derek.owens", "--history"});
  EXPECT_LT(all.find("revision 2  "), all.find("revision 3  "));
  EXPECT_LT(all.find("revision 3  "), all.find("revision 6  "));
}

TEST_F(ExplainTest, AUserIsKnownByNameWhereThatIsUnique) {
  const std::string by_id = db_.Do({"explain", "derek.owens"});
  EXPECT_EQ(db_.Do({"explain", "Derek.Owens@contoso.example"}), by_id);
  EXPECT_EQ(db_.Do({"explain", "derek OWENS"}), by_id);
  EXPECT_EQ(db_.Do({"explain", "Derek Owens", "--history"}),
            db_.Do({"explain", "derek.owens", "--history"}));
  db_.Do({"user", "create", "other", "--name", "Derek Owens", "--principal-name",
          "d@contoso.example"});
  const RunResult both = db_.Run({"explain", "Derek Owens"});
  EXPECT_EQ(both.exit_code, 4);
  EXPECT_THAT(
      both.err,
      HasSubstr("2 users are called 'Derek Owens': derek.owens (derek.owens@contoso.example),"
                " other (d@contoso.example); name one by its id"));
  EXPECT_EQ(db_.Do({"explain", "d@contoso.example", "--no-fixes"}),
            db_.Do({"explain", "other", "--no-fixes"}));
}

TEST_F(ExplainTest, WhoDoesNotExistIsNotExplained) {
  const RunResult nobody = db_.Run({"explain", "derek"});
  EXPECT_EQ(nobody.exit_code, 3);
  EXPECT_THAT(nobody.err, HasSubstr("does not exist; did you mean 'derek.owens'?"));
  EXPECT_THAT(nobody.out, IsEmpty());
  EXPECT_EQ(db_.Run({"explain", "derek.owens", "--sku", "E9"}).exit_code, 3);
  EXPECT_EQ(db_.Run({"explain", "derek.owens", "--history", "--at", "2"}).exit_code, 2);
  EXPECT_EQ(db_.Run({"explain"}).exit_code, 2);
}

TEST_F(ExplainTest, WhoHasNothingIsToldSo) {
  db_.Do({"user", "create", "new.one", "--name", "New One"});
  EXPECT_THAT(db_.Do({"explain", "new.one"}), HasSubstr("New One\nNothing is assigned, neither"));
}

}  // namespace
}  // namespace seatwise::cli
