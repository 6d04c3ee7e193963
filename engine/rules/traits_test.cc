#include "engine/rules/traits.h"

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

TEST(TraitsTest, NoLocationIsAKindOfItsOwn) {
  const Columns columns = ColumnsFromFacts(TenantBuilder().facts);
  const TraitTable table(columns.catalog);
  EXPECT_TRUE(TraitTable::LocationMissing(table.Of(Location(), true)));
  EXPECT_FALSE(TraitTable::LocationMissing(table.Of(*Location::Parse("US"), true)));
}

}  // namespace
}  // namespace seatwise
