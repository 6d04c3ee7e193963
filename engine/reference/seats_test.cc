#include "engine/reference/seats.h"

#include "gtest/gtest.h"
#include "tests/worlds/parse_tenant.h"

namespace seatwise::reference {
namespace {

using worlds::ParseTenant;

const SkuId kE3("E3");

int64_t CapacityOf(const Facts& facts) { return Capacity(facts, facts.skus.front()); }

TEST(SeatsTest, EnabledAndWarningAreUsable) {
  const Facts facts = ParseTenant("sku E3 seats=1 warning=2 suspended=4 locked=8 deleted=16");
  EXPECT_EQ(Usable(facts, kE3), 3);
  EXPECT_EQ(Parked(facts, kE3), 12);
}

TEST(SeatsTest, SelfServiceNeverCounts) {
  const Facts facts = ParseTenant("sku E3 self-service=9");
  EXPECT_EQ(Usable(facts, kE3), 0);
  EXPECT_EQ(CapacityOf(facts), 0);
  EXPECT_FALSE(IsOff(facts, kE3));
}

TEST(SeatsTest, UnitsOfOtherSkusDoNotCount) {
  EXPECT_EQ(Usable(ParseTenant("sku E3 seats=1\nsku E5 seats=2"), kE3), 1);
}

TEST(SeatsTest, OverageCountsOnlyWhileSomethingIsUsable) {
  EXPECT_EQ(CapacityOf(ParseTenant("sku E3 seats=3 overage=2 suspended=7")), 5);
  EXPECT_EQ(CapacityOf(ParseTenant("sku E3 seats=0 overage=2 suspended=7")), 7);
  EXPECT_EQ(CapacityOf(ParseTenant("sku E3 overage=2")), 0);
}

TEST(SeatsTest, UnlimitedOverageNeedsAUsableUnit) {
  EXPECT_EQ(CapacityOf(ParseTenant("sku E3 seats=1 overage=unlimited")), kUnlimited);
  EXPECT_EQ(CapacityOf(ParseTenant("sku E3 locked=4 overage=unlimited")), 4);
}

TEST(SeatsTest, OffIsParkedOnly) {
  EXPECT_TRUE(IsOff(ParseTenant("sku E3 seats=0 locked=1"), kE3));
  EXPECT_FALSE(IsOff(ParseTenant("sku E3 seats=1 locked=1"), kE3));
  EXPECT_FALSE(IsOff(ParseTenant("sku E3 seats=0 locked=0"), kE3));
}

}  // namespace
}  // namespace seatwise::reference
