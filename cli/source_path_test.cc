#include "cli/source_path.h"

#include <gtest/gtest.h>

#include "engine/model/columns_from_facts.h"
#include "engine/testing/tenant_builder.h"

namespace seatwise::cli {
namespace {

// Groups are numbered in the order of their names.
constexpr GroupNo kAll = 0;
constexpr GroupNo kEast = 1;
constexpr GroupNo kSales = 2;
constexpr GroupNo kWest = 3;

TenantBuilder Tenant() {
  TenantBuilder tenant;
  tenant.Users({"ana", "bob"}).Groups({"all", "east", "sales", "west"});
  tenant.Nested("all", "sales").Nested("sales", "east").Nested("sales", "west");
  tenant.Nested("west", "all");  // A circle.
  tenant.Member("west", "ana").Member("all", "ana");
  return tenant;
}

std::vector<GroupNo> PathOf(const TenantBuilder& tenant, UserNo user, GroupNo group) {
  return SourcePath(ColumnsFromFacts(tenant.facts), user, group);
}

TEST(SourcePathTest, ADirectMemberNeedsNoWay) {
  EXPECT_EQ(PathOf(Tenant(), 0, kWest), std::vector<GroupNo>{kWest});
  EXPECT_EQ(PathOf(Tenant(), 0, kAll), std::vector<GroupNo>{kAll});
}

TEST(SourcePathTest, TheShortestWayIsFoundThroughCircles) {
  EXPECT_EQ(PathOf(Tenant(), 0, kSales), (std::vector<GroupNo>{kSales, kWest}));
}

TEST(SourcePathTest, WhoIsNoMemberHasNoWay) {
  EXPECT_EQ(PathOf(Tenant(), 1, kAll), std::vector<GroupNo>{});
  EXPECT_EQ(PathOf(Tenant(), 0, kEast), std::vector<GroupNo>{});
}

TEST(SourcePathTest, WithoutNestingThereAreOnlyDirectMembers) {
  TenantBuilder tenant = Tenant();
  tenant.facts.settings.nested_groups = false;
  EXPECT_EQ(PathOf(tenant, 0, kSales), std::vector<GroupNo>{});
}

}  // namespace
}  // namespace seatwise::cli
