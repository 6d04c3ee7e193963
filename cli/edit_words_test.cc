#include "cli/edit_words.h"

#include <string>
#include <vector>

#include "absl/strings/str_split.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace seatwise::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

absl::StatusOr<std::vector<Edit>> Parse(const std::string& line) {
  const std::vector<std::string> words = absl::StrSplit(line, ' ', absl::SkipEmpty());
  return ParseEdits(words);
}

TEST(EditWordsTest, EachChangeIsASentence) {
  struct Row {
    const char* line;
    Edit edit;
  };
  const Row rows[] = {
      {"set subscription/e5 units=20 status=Suspended",
       SetEdit{{"subscription", "e5"}, {{"units", "20"}, {"status", "Suspended"}}}},
      {"set user/ana display_name=", SetEdit{{"user", "ana"}, {{"display_name", ""}}}},
      {"set tenant nested_groups=true", SetEdit{{"tenant", ""}, {{"nested_groups", "true"}}}},
      {"set user/a/b attributes=x=y", SetEdit{{"user", "a/b"}, {{"attributes", "x=y"}}}},
      {"delete group/sales", DeleteEdit{{"group", "sales"}}},
      {"assign E5 to user/ana group/board without A,B C",
       AssignEdit{"E5", {{"user", "ana"}, {"group", "board"}}, {"A", "B", "C"}}},
      {"assign E5 to user/ana", AssignEdit{"E5", {{"user", "ana"}}, {}}},
      {"unassign E5 from group/board", UnassignEdit{"E5", {{"group", "board"}}}},
      {"swap E3 for E5 in group/a group/b", SwapEdit{"E3", "E5", {{"group", "a"}, {"group", "b"}}}},
      {"add user/ana group/x to group/y", MemberEdit{true, {{"user", "ana"}, {"group", "x"}}, "y"}},
      {"remove user/ana from group/y", MemberEdit{false, {{"user", "ana"}}, "y"}},
  };
  for (const Row& row : rows) {
    const auto edits = Parse(row.line);
    ASSERT_TRUE(edits.ok()) << row.line << ": " << edits.status();
    EXPECT_THAT(*edits, ElementsAre(row.edit)) << row.line;
  }
}

TEST(EditWordsTest, SeveralStandWithAndBetween) {
  const auto edits = Parse("delete group/a and set subscription/s units=1 and delete user/b");
  ASSERT_TRUE(edits.ok()) << edits.status();
  EXPECT_THAT(*edits, ElementsAre(Edit(DeleteEdit{{"group", "a"}}),
                                  Edit(SetEdit{{"subscription", "s"}, {{"units", "1"}}}),
                                  Edit(DeleteEdit{{"user", "b"}})));
}

TEST(EditWordsTest, WhatDoesNotFitIsNamedWithTheFormThatWould) {
  struct Row {
    const char* line;
    const char* complaint;
  };
  const Row rows[] = {
      {"", "a change is missing; changes are:\n  set KIND/ID"},
      {"retire group/a", "'retire' is no change"},
      {"delete group/a and", "a change is missing"},
      {"delete", "something is missing at the end; it goes: delete KIND/ID"},
      {"delete sales", "'sales' does not fit; it goes: delete KIND/ID"},
      {"delete group/", "'group/' does not fit"},
      {"delete group/a group/b", "'group/b' does not fit"},
      {"set user/a", "it goes: set KIND/ID FIELD=VALUE..."},
      {"set user/a units", "'units' does not fit"},
      {"swap E3 to E5 in group/a", "it goes: swap SKU for SKU in KIND/ID..."},
      {"swap E3 for E5", "something is missing at the end"},
      {"assign E3 to sku/x", "it goes: assign SKU to"},
      {"assign E3 to user/x without", "it goes: assign SKU to"},
      {"add user/a to user/b", "it goes: add KIND/ID... to group/ID"},
      {"add user/a from group/b", "it goes: add"},
  };
  for (const Row& row : rows) {
    const auto edits = Parse(row.line);
    ASSERT_FALSE(edits.ok()) << row.line;
    EXPECT_THAT(edits.status().message(), HasSubstr(row.complaint)) << row.line;
  }
}

}  // namespace
}  // namespace seatwise::cli
