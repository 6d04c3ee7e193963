#include "engine/reference/membership.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "tests/worlds/parse_tenant.h"

namespace seatwise::reference {
namespace {

// `staff: ana@3 bob@4` for each group with members.
std::string MembersText(absl::string_view tenant) {
  std::string text;
  for (const auto& [group, members] : AllMembers(worlds::ParseTenant(tenant))) {
    absl::StrAppend(&text, group.value(), ":");
    for (const auto& [user, joined] : members) {
      absl::StrAppend(&text, " ", user.value(), "@", joined.micros);
    }
    text += "\n";
  }
  return text;
}

TEST(MembershipTest, GroupsInGroupsDoNotCountWithoutNesting) {
  EXPECT_EQ(MembersText("ana in staff @3\n"
                        "group staff in all @1"),
            "staff: ana@3\n");
}

TEST(MembershipTest, AChainIsAsLateAsItsLatestFact) {
  EXPECT_EQ(MembersText("tenant nested\n"
                        "ana in staff @3\n"
                        "bob in staff @9\n"
                        "group staff in all @5"),
            "all: ana@5 bob@9\n"
            "staff: ana@3 bob@9\n");
}

TEST(MembershipTest, TheEarliestChainCountsNotTheShortest) {
  EXPECT_EQ(MembersText("tenant nested\n"
                        "ana in all @7\n"
                        "ana in inner @2\n"
                        "group inner in staff @3\n"
                        "group staff in all @1"),
            "all: ana@3\n"
            "inner: ana@2\n"
            "staff: ana@3\n");
}

TEST(MembershipTest, CyclesKeepTheTimesOfTheirFacts) {
  EXPECT_EQ(MembersText("tenant nested\n"
                        "ana in a @1\n"
                        "group a in b @5\n"
                        "group b in c @2\n"
                        "group c in a @3\n"
                        "bob in c @4"),
            "a: ana@1 bob@4\n"
            "b: ana@5 bob@5\n"
            "c: ana@5 bob@4\n");
}

TEST(MembershipTest, AGroupInItselfChangesNothing) {
  EXPECT_EQ(MembersText("tenant nested\nana in a @3\ngroup a in a @1"), "a: ana@3\n");
}

TEST(MembershipTest, DiamondsTakeTheBetterSide) {
  EXPECT_EQ(MembersText("tenant nested\n"
                        "ana in bottom @1\n"
                        "group bottom in left @6\n"
                        "group left in top @1\n"
                        "group bottom in right @2\n"
                        "group right in top @4"),
            "bottom: ana@1\n"
            "left: ana@6\n"
            "right: ana@2\n"
            "top: ana@4\n");
}

}  // namespace
}  // namespace seatwise::reference
