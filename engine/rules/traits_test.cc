#include "engine/rules/traits.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "engine/model/columns_from_facts.h"
#include "engine/testing/tenant_builder.h"
#include "gtest/gtest.h"

namespace seatwise {
namespace {

TEST(TraitsTest, LocationsDifferOnlyWhereSomethingIsProhibited) {
  TenantBuilder tenant;
  tenant.Plans({"A", "B"}).Prohibited("A", "CN").Prohibited("B", "KP");
  const Columns columns = ColumnsFromFacts(tenant.facts);
  const TraitTable table(columns.catalog);
  const auto of = [&](const char* location, bool clash) {
    return table.Of(*Location::Parse(location), clash);
  };
  EXPECT_EQ(of("US", false), of("DE", false));
  EXPECT_NE(of("US", false), of("CN", false));
  EXPECT_NE(of("CN", false), of("KP", false));
  EXPECT_NE(of("US", false), of("US", true));
  EXPECT_TRUE(TraitTable::AddressClash(of("KP", true)));
  EXPECT_FALSE(TraitTable::HasProhibitions(of("US", true)));
  EXPECT_TRUE(TraitTable::HasProhibitions(of("CN", false)));
  EXPECT_TRUE(Contains(table.Prohibited(of("CN", false)), PlanNo{0}));
  EXPECT_FALSE(Contains(table.Prohibited(of("KP", false)), PlanNo{0}));
  EXPECT_TRUE(IsEmpty(table.Prohibited(of("US", false))));
}

TEST(TraitsTest, TheVersionIsAnotherIffNumbersMeanSomethingElse) {
  TenantBuilder tenant;
  tenant.Plans({"A", "B"}).Prohibited("A", "CN");
  const Columns columns = ColumnsFromFacts(tenant.facts);
  const TraitTable table(columns.catalog, 7);
  const auto version_with = [&](TenantBuilder after) {
    const Columns changed = ColumnsFromFacts(after.facts);
    return TraitTable(changed.catalog, table).version();
  };
  TenantBuilder larger = tenant;
  for (int i = 0; i < 70; ++i) {
    const std::string plan = absl::StrCat("C", i);
    larger.Plans({plan.c_str()});
  }
  EXPECT_EQ(version_with(larger), 7u) << "a plan more, sets of more words";
  EXPECT_EQ(version_with(TenantBuilder(tenant).Sku("S", {"A"}, 1)), 7u);
  EXPECT_EQ(version_with(TenantBuilder(tenant).Prohibited("B", "CN")), 8u);
  EXPECT_EQ(version_with(TenantBuilder(tenant).Prohibited("A", "KP")), 8u);
  EXPECT_EQ(version_with(larger.Prohibited("C69", "CN")), 8u);
  EXPECT_EQ(version_with(TenantBuilder().Plans({"A", "B"})), 8u);
}

TEST(TraitsTest, NoLocationIsAKindOfItsOwn) {
  const Columns columns = ColumnsFromFacts(TenantBuilder().facts);
  const TraitTable table(columns.catalog);
  EXPECT_TRUE(TraitTable::LocationMissing(table.Of(Location(), true)));
  EXPECT_FALSE(TraitTable::LocationMissing(table.Of(*Location::Parse("US"), true)));
}

}  // namespace
}  // namespace seatwise
