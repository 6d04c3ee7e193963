#include "engine/model/columns_from_facts.h"

#include <algorithm>

#include "base/time.h"
#include "engine/model/columns.h"
#include "engine/model/facts.h"
#include "engine/model/plan_bits.h"
#include "engine/model/tiny_tenant.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace seatwise {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(ColumnsFromFactsTest, NothingIsFine) {
  const Columns columns = ColumnsFromFacts({});
  EXPECT_EQ(columns.users.size(), 0u);
  EXPECT_EQ(columns.groups.size(), 0u);
  EXPECT_THAT(columns.edges, IsEmpty());
}

TEST(ColumnsFromFactsTest, EachFactIsFoundWhereItBelongs) {
  Facts facts = tiny::Tenant();
  facts.memberships[0].added_at = Time{7};
  facts.memberships[2].added_at = Time{8};
  facts.assignments[0].priority = -3;
  facts.assignments[1].assigned_at = Time{9};
  facts.users[0].proxy_addresses = {"smtp:a"};
  facts.users[1].proxy_addresses = {"SMTP:A"};
  const Columns columns = ColumnsFromFacts(facts);
  const UserNo ana = *columns.users.Find("ana");
  const UserNo bob = *columns.users.Find("bob");
  const GroupNo board = *columns.groups.Find("board");
  const GroupNo staff = *columns.groups.Find("staff");
  EXPECT_TRUE(columns.settings.nested_groups);
  EXPECT_THAT(columns.GroupsOf(ana), ElementsAre(staff));
  EXPECT_THAT(columns.GroupsOf(bob), ElementsAre(board));
  EXPECT_THAT(columns.AddedAt(bob), ElementsAre(Time{7}));
  EXPECT_THAT(columns.edges, ElementsAre(GroupEdge{staff, board, Time{8}}));
  EXPECT_THAT(columns.DirectOf(ana), IsEmpty());
  ASSERT_EQ(columns.DirectOf(bob).size(), 1u);
  EXPECT_EQ(columns.DirectOf(bob)[0].priority, -3);
  EXPECT_EQ(columns.DirectOf(bob)[0].sku, *columns.catalog.FindSku("e1"));
  ASSERT_EQ(columns.AssignmentsOf(staff).size(), 1u);
  EXPECT_EQ(columns.AssignmentsOf(staff)[0].assigned_at, Time{9});
  EXPECT_EQ(columns.catalog.IdsOf(columns.plan_sets[columns.AssignmentsOf(staff)[0].plans]),
            tiny::Plans({"mail"}));
  EXPECT_THAT(columns.clashes, ElementsAre(ClashRow{bob, ana, "smtp:a"}));
}

TEST(ColumnsFromFactsTest, TheOrderOfTheFactsDoesNotMatter) {
  Facts facts = tiny::Tenant();
  const Columns columns = ColumnsFromFacts(facts);
  std::reverse(facts.users.begin(), facts.users.end());
  std::reverse(facts.groups.begin(), facts.groups.end());
  std::reverse(facts.memberships.begin(), facts.memberships.end());
  std::reverse(facts.skus.begin(), facts.skus.end());
  const Columns reversed = ColumnsFromFacts(facts);
  EXPECT_EQ(reversed.membership_group, columns.membership_group);
  EXPECT_EQ(reversed.first_membership, columns.first_membership);
  EXPECT_EQ(reversed.edges, columns.edges);
  EXPECT_EQ(reversed.first_inherited, columns.first_inherited);
  EXPECT_EQ(reversed.DirectOf(1)[0].sku, columns.DirectOf(1)[0].sku);
}

}  // namespace
}  // namespace seatwise
