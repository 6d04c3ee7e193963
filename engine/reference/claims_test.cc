#include "engine/reference/claims.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "gtest/gtest.h"
#include "tests/worlds/parse_tenant.h"

namespace seatwise::reference {
namespace {

std::string ItemText(const Item& item) {
  return absl::StrCat(" ", item.sku.value(), "[",
                      absl::StrJoin(item.plans, ",",
                                    [](std::string* out, const PlanId& plan) {
                                      absl::StrAppend(out, plan.value());
                                    }),
                      "]");
}

// `ana by staff: E3[DOCS,MAIL] priority 0 since 3 joined 1` for each claim, in the order C5.
std::string QueueText(absl::string_view tenant) {
  const Facts facts = worlds::ParseTenant(tenant);
  std::string text;
  for (const Claim& claim : ClaimQueue(facts, AllMembers(facts))) {
    absl::StrAppend(&text, claim.user.value(), " by ", PrincipalIdValue(claim.source), ":");
    for (const Item& item : claim.items) text += ItemText(item);
    absl::StrAppend(&text, " priority ", claim.priority, " since ", claim.since.micros, " joined ",
                    claim.joined.micros, "\n");
  }
  return text;
}

// Only `ana by staff: E3[]` of each claim.
std::string Order(absl::string_view tenant) {
  const Facts facts = worlds::ParseTenant(tenant);
  std::string text;
  for (const Claim& claim : ClaimQueue(facts, AllMembers(facts))) {
    absl::StrAppend(&text, text.empty() ? "" : " ", claim.user.value(), "/",
                    PrincipalIdValue(claim.source), "/", claim.items.front().sku.value());
  }
  return text;
}

TEST(ClaimsTest, ItemsAreTheUserPlansThatAreNotDisabled) {
  EXPECT_EQ(QueueText("sku E3 plans=A,B,C\n"
                      "plan C company\n"
                      "ana -> E3 off=B,X"),
            "ana by ana: E3[A] priority 0 since 0 joined 0\n");
}

TEST(ClaimsTest, AnItemMayHaveNoPlans) {
  EXPECT_EQ(QueueText("sku E3 plans=A\nana -> E3 off=A"),
            "ana by ana: E3[] priority 0 since 0 joined 0\n");
}

TEST(ClaimsTest, DirectClaimsJoinWhenTheyAreAssigned) {
  EXPECT_EQ(QueueText("ana -> E3 priority=2 @5"), "ana by ana: E3[] priority 2 since 5 joined 5\n");
}

TEST(ClaimsTest, IndependentClaimsAreOneForEachAssignment) {
  EXPECT_EQ(QueueText("group staff -> E5 @2\n"
                      "group staff -> E3 priority=1 @7\n"
                      "ana in staff @4"),
            "ana by staff: E3[] priority 1 since 7 joined 4\n"
            "ana by staff: E5[] priority 0 since 4 joined 4\n");
}

TEST(ClaimsTest, AtomicClaimsTakeTheHighestPriorityAndTheEarliestAssignment) {
  EXPECT_EQ(QueueText("tenant atomic\n"
                      "group staff -> E5 priority=-2 @6\n"
                      "group staff -> E3 priority=-1 @7\n"
                      "ana in staff @4\n"
                      "bob in staff @8"),
            "ana by staff: E3[] E5[] priority -1 since 6 joined 4\n"
            "bob by staff: E3[] E5[] priority -1 since 8 joined 8\n");
}

TEST(ClaimsTest, DirectAssignmentsStayApartInAtomicTenants) {
  EXPECT_EQ(Order("tenant atomic\nana -> E5\nana -> E3"), "ana/ana/E3 ana/ana/E5");
}

TEST(ClaimsTest, GroupsWithoutMembersClaimNothing) {
  EXPECT_EQ(Order("group staff -> E3"), "");
  EXPECT_EQ(Order("tenant atomic\ngroup staff -> E3"), "");
}

// Each row is decided by the next key of C5.
TEST(ClaimsTest, QueueOrder) {
  EXPECT_EQ(Order("ana -> E3 priority=1 @9\nbob -> E3 priority=2 @10"), "bob/bob/E3 ana/ana/E3");
  EXPECT_EQ(Order("ana -> E3 @9\nbob -> E3 @8"), "bob/bob/E3 ana/ana/E3");
  EXPECT_EQ(Order("group g -> E3 @9\nana in g @2\nbob in g @1"), "bob/g/E3 ana/g/E3");
  EXPECT_EQ(Order("bob -> E3\nana -> E3"), "ana/ana/E3 bob/bob/E3");
  EXPECT_EQ(Order("group a -> E3\nana in a\nana -> E5"), "ana/ana/E5 ana/a/E3");
  EXPECT_EQ(Order("group h -> E3\nana in h\ngroup g -> E5\nana in g"), "ana/g/E5 ana/h/E3");
  EXPECT_EQ(Order("group g -> E5\ngroup g -> E3\nana in g"), "ana/g/E3 ana/g/E5");
}

TEST(ClaimsTest, IdsCompareAsBytes) {
  EXPECT_EQ(Order("\"\xc3\xa9\" -> E3\nz -> E3\nZ -> E3\nu10 -> E3\nu9 -> E3"),
            "Z/Z/E3 u10/u10/E3 u9/u9/E3 z/z/E3 \xc3\xa9/\xc3\xa9/E3");
}

}  // namespace
}  // namespace seatwise::reference
