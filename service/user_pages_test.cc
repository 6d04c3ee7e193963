#include "service/user_pages.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "gtest/gtest.h"
#include "service/errors.h"
#include "service/served_tenant_for_test.h"

namespace seatwise {
namespace {

// Sorted ids of the members of a group.
std::string Members(const ServedTenant& tenant, const std::string& group) {
  std::vector<std::string> ids;
  std::optional<uint32_t> before;
  ForEachMemberFrom(*tenant.live, *tenant.live->FindGroup(group), 0, [&](uint32_t user) {
    EXPECT_TRUE(!before || *before < user);
    before = user;
    ids.emplace_back(tenant.live->UserIdOf(user));
    return true;
  });
  std::sort(ids.begin(), ids.end());
  return absl::StrJoin(ids, " ");
}

TEST(UserPagesTest, MembersOfSubgroupsAreMembersInANestedTenant) {
  constexpr absl::string_view kGroups =
      "ana in outer\nbob in inner\nana in inner\ncy in innermost\n"
      "group inner in outer\ngroup innermost in inner\ngroup outer in innermost\ngroup empty";
  const ServedTenant nested(absl::StrCat("tenant nested\n", kGroups));
  EXPECT_EQ(Members(nested, "outer"), "ana bob cy");
  EXPECT_EQ(Members(nested, "innermost"), "ana bob cy");
  EXPECT_EQ(Members(nested, "empty"), "");
  const ServedTenant flat(kGroups);
  EXPECT_EQ(Members(flat, "outer"), "ana");
  EXPECT_EQ(Members(flat, "inner"), "ana bob");
}

TEST(UserPagesTest, MembersBeginAndEndWhereTheyAreAskedTo) {
  for (const char* kind : {"", "tenant nested\n"}) {
    const ServedTenant tenant(absl::StrCat(
        kind, "ana in g\nbob in g\ncy in g\ndan in g\ngroup sub in g\nana in sub\ndan in sub"));
    const uint32_t group = *tenant.live->FindGroup("g");
    std::vector<uint32_t> all;
    const auto take = [](size_t most, std::vector<uint32_t>& into) {
      return [most, &into](uint32_t user) {
        into.push_back(user);
        return into.size() < most;
      };
    };
    ForEachMemberFrom(*tenant.live, group, 0, take(100, all));
    ASSERT_EQ(all.size(), 4u) << kind;
    std::vector<uint32_t> middle;
    ForEachMemberFrom(*tenant.live, group, all[0] + 1, take(2, middle));
    EXPECT_EQ(middle, (std::vector<uint32_t>{all[1], all[2]})) << kind;
  }
}

// 30 users, "u0" to "u29".
Facts ThirtyUsers() {
  Facts facts;
  for (size_t user = 0; user < 30; ++user) {
    facts.users.push_back({.id = UserId(absl::StrCat("u", user))});
  }
  return facts;
}

TEST(UserPagesTest, APageEndsAfterSoManyUsersThoughItIsEmpty) {
  const ServedTenant tenant(ThirtyUsers());
  size_t looked_at = 0;
  const auto nothing = [&](uint32_t, absl::string_view, size_t, size_t) {
    ++looked_at;
    return AddedRows();
  };
  const PageLimits limits = {.rows = 1, .users = 20};
  const std::string next = AddUserPage(*tenant.live, {}, "", limits, nothing).value();
  EXPECT_EQ(looked_at, 20u);
  EXPECT_NE(next, "");
  EXPECT_EQ(AddUserPage(*tenant.live, {}, next, limits, nothing).value(), "");
  EXPECT_EQ(looked_at, 30u);
}

TEST(UserPagesTest, APageEndsBehindTheUserWithWhomItIsLargeEnough) {
  const ServedTenant tenant(ThirtyUsers());
  size_t looked_at = 0;
  const auto row = [&](uint32_t, absl::string_view, size_t, size_t) {
    ++looked_at;
    return AddedRows{.rows = 1, .bytes = 100};
  };
  std::string place;
  std::vector<size_t> ends;
  do {
    place = AddUserPage(*tenant.live, {}, place, {.rows = 1000, .bytes = 1050}, row).value();
    ends.push_back(looked_at);
  } while (!place.empty());
  EXPECT_EQ(ends, (std::vector<size_t>{11, 22, 30}));
}

TEST(UserPagesTest, WhatIsNoPlaceIsRefused) {
  const ServedTenant tenant("group g\nana in g");
  const auto one = [](uint32_t, absl::string_view, size_t, size_t) { return AddedRows{.rows = 1}; };
  for (const char* place : {"x", "x:1", ":ana", "-1:ana"}) {
    const absl::Status status = AddUserPage(*tenant.live, {}, place, {.rows = 1}, one).status();
    EXPECT_EQ(ReasonOf(status), v1::INVALID_PAGE_TOKEN) << place;
  }
  const std::optional<uint32_t> group = tenant.live->FindGroup("g");
  EXPECT_FALSE(AddUserPage(*tenant.live, group, "0:ana", {.rows = 1}, one).ok());
  EXPECT_TRUE(AddUserPage(*tenant.live, group, "0:1", {.rows = 1}, one).ok());
}

}  // namespace
}  // namespace seatwise
