// Many users from a file: who cannot be edited is written down, mended, and fed again.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "tests/cli/database.h"
#include "tests/cli/run.h"
#include "tests/cli/test_folder.h"

namespace seatwise::cli {
namespace {

using testing::HasSubstr;

class BulkTest : public testing::Test {
 protected:
  // Users u0 to u1499, and two SKUs that they could have.
  BulkTest() {
    std::string users = "user_id,usage_location\n";
    for (int i = 0; i < 1500; ++i) absl::StrAppend(&users, "u", i, ",US\n");
    db_.folder().Write("facts/users.csv", users);
    db_.folder().Write("facts/skus.csv", "sku_id\ne3\ne5\n");
    db_.folder().Write("facts/subscriptions.csv",
                       "subscription_id,sku_id,units\na,e3,9999\nb,e5,9999\n");
    db_.Do({"import", db_.folder().Path("facts"), "--create"});
  }

  // Everybody, with some who do not exist.
  std::string List(int wrong) {
    std::string list = "User ID,name\n";
    for (int i = 0; i < 1500; ++i) {
      absl::StrAppend(&list, i % 500 == 7 && i / 500 < wrong ? "x" : "u", i, ",\"a, b\"\n");
    }
    db_.folder().Write("list.csv", list);
    return db_.folder().Path("list.csv");
  }
  std::string Assignments() {
    db_.Do({"export", db_.folder().Path("out")});
    std::string text = ReadFile(db_.folder().Path("out/assignments.csv"));
    return text;
  }

  Database db_;
};

TEST_F(BulkTest, RejectsAreMendedAndFedAgain) {
  const std::string rejects = db_.folder().Path("rejects.csv");
  const RunResult run = db_.Run({"assign", "e3", "--users", List(3), "--rejects", rejects});
  EXPECT_EQ(run.exit_code, 4);
  EXPECT_THAT(run.out, HasSubstr("SKU 'e3' assigned to 1,497 users, revision "));
  EXPECT_THAT(run.err, HasSubstr("3 users rejected; who and why is in"));
  std::string text = ReadFile(rejects);
  EXPECT_THAT(text, testing::StartsWith("user_id,reason\nx7,"));
  EXPECT_THAT(text, HasSubstr("\nx507,"));
  EXPECT_THAT(text, HasSubstr("\nx1007,"));
  for (size_t at; (at = text.find("\nx")) != std::string::npos;) text.replace(at, 2, "\nu");
  db_.folder().Write("mended.csv", text);
  EXPECT_THAT(db_.Do({"assign", "e3", "--users", db_.folder().Path("mended.csv")}),
              HasSubstr("assigned to 3 users"));
  EXPECT_THAT(Assignments(), HasSubstr("\nuser,u1007,e3,"));
}

TEST_F(BulkTest, AllAreReplacedAndTakenAway) {
  db_.Do({"assign", "e3", "--users", List(0)});
  EXPECT_THAT(db_.Do({"assign", "e5", "--replace", "--users", List(0)}),
              HasSubstr("SKU 'e5' assigned to 1,500 users"));
  EXPECT_THAT(Assignments(), testing::Not(HasSubstr(",e3,")));
  EXPECT_THAT(db_.Do({"unassign", "--all", "--validate-only", "--users", List(0)}),
              HasSubstr("would be taken from 1,500 users"));
  EXPECT_THAT(db_.Do({"unassign", "--all", "--users", List(0)}),
              HasSubstr("all direct assignments taken from 1,500 users"));
  EXPECT_THAT(Assignments(), testing::Not(HasSubstr("user,")));
}

TEST_F(BulkTest, SomeAreTakenAwayAndWhoHasNoneIsRejected) {
  db_.Do({"assign", "e3", "e5", "--users", List(0)});
  db_.Do({"unassign", "e3", "--user", "u7", "--user", "u1007"});
  const std::string rejects = db_.folder().Path("rejects.csv");
  const RunResult run = db_.Run({"unassign", "e3", "--users", List(0), "--rejects", rejects});
  EXPECT_EQ(run.exit_code, 4);
  EXPECT_THAT(run.out, HasSubstr("SKU 'e3' taken from 1,498 users, revision "));
  const std::string text = ReadFile(rejects);
  EXPECT_THAT(text, testing::StartsWith("user_id,reason\nu7,"));
  EXPECT_THAT(text, HasSubstr("\nu1007,"));
  EXPECT_THAT(Assignments(), testing::Not(HasSubstr(",e3,")));
  EXPECT_THAT(db_.Do({"unassign", "e3", "e5", "--if-exists", "--users", List(0)}),
              HasSubstr("SKUs 'e3' and 'e5' taken from 1,500 users"));
  EXPECT_THAT(Assignments(), testing::Not(HasSubstr("user,")));
}

TEST_F(BulkTest, WhatMakesNoSenseIsSaid) {
  EXPECT_EQ(db_.Run({"assign", "e3", "--users", List(0), "--user", "u1"}).exit_code, 2);
  EXPECT_EQ(db_.Run({"unassign", "--users", List(0)}).exit_code, 2);
  EXPECT_EQ(db_.Run({"unassign", "e3", "--all", "--users", List(0)}).exit_code, 2);
  EXPECT_EQ(db_.Run({"unassign", "e3", "--users", List(0), "--user", "u1"}).exit_code, 2);
  db_.folder().Write("list.csv", "name\nana\n");
  const RunResult run = db_.Run({"assign", "e3", "--users", db_.folder().Path("list.csv")});
  EXPECT_EQ(run.exit_code, 7) << run.err;
  EXPECT_EQ(db_.Run({"assign", "e3", "--users", "no-such-file.csv"}).exit_code, 7);
}

}  // namespace
}  // namespace seatwise::cli
