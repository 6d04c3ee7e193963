#include "service/user_pages.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "gtest/gtest.h"
#include "service/errors.h"
#include "service/live_tenant_for_test.h"

namespace seatwise {
namespace {

// Sorted ids of the members of a group.
std::string Members(const LiveTenant& tenant, const std::string& group) {
  std::vector<std::string> ids;
  const std::vector<uint32_t> members = MembersOf(*tenant.live, *tenant.live->FindGroup(group));
  EXPECT_TRUE(std::is_sorted(members.begin(), members.end()));
  for (uint32_t user : members) ids.emplace_back(tenant.live->UserIdOf(user));
  std::sort(ids.begin(), ids.end());
  return absl::StrJoin(ids, " ");
}

TEST(UserPagesTest, MembersOfSubgroupsAreMembersInANestedTenant) {
  constexpr absl::string_view kGroups =
      "ana in outer\nbob in inner\nana in inner\ncy in innermost\n"
      "group inner in outer\ngroup innermost in inner\ngroup outer in innermost\ngroup empty";
  const LiveTenant nested(absl::StrCat("tenant nested\n", kGroups));
  EXPECT_EQ(Members(nested, "outer"), "ana bob cy");
  EXPECT_EQ(Members(nested, "innermost"), "ana bob cy");
  EXPECT_EQ(Members(nested, "empty"), "");
  const LiveTenant flat(kGroups);
  EXPECT_EQ(Members(flat, "outer"), "ana");
  EXPECT_EQ(Members(flat, "inner"), "ana bob");
}

TEST(UserPagesTest, APageEndsAfterSoManyUsersThoughItIsEmpty) {
  Facts facts;
  for (size_t user = 0; user < 30; ++user) {
    facts.users.push_back({.id = UserId(absl::StrCat("u", user))});
  }
  const LiveTenant tenant(facts);
  size_t looked_at = 0;
  const auto nothing = [&](uint32_t, absl::string_view, size_t, size_t) {
    ++looked_at;
    return size_t{0};
  };
  const std::string next = AddUserPage(*tenant.live, {}, "", 1, nothing, 20).value();
  EXPECT_EQ(looked_at, 20u);
  EXPECT_NE(next, "");
  EXPECT_EQ(AddUserPage(*tenant.live, {}, next, 1, nothing, 20).value(), "");
  EXPECT_EQ(looked_at, 30u);
}

TEST(UserPagesTest, WhatIsNoPlaceIsRefused) {
  const LiveTenant tenant("group g\nana in g");
  const auto one = [](uint32_t, absl::string_view, size_t, size_t) { return size_t{1}; };
  for (const char* place : {"x", "x:1", ":ana", "-1:ana"}) {
    const absl::Status status = AddUserPage(*tenant.live, {}, place, 1, one).status();
    EXPECT_EQ(ReasonOf(status), v1::INVALID_PAGE_TOKEN) << place;
  }
  const std::optional<uint32_t> group = tenant.live->FindGroup("g");
  EXPECT_FALSE(AddUserPage(*tenant.live, group, "0:ana", 1, one).ok());
  EXPECT_TRUE(AddUserPage(*tenant.live, group, "0:1", 1, one).ok());
}

}  // namespace
}  // namespace seatwise
