#include "engine/reference/outcomes.h"

#include "absl/strings/string_view.h"
#include "engine/reference/reference.h"
#include "gtest/gtest.h"
#include "tests/worlds/describe_derived.h"
#include "tests/worlds/parse_tenant.h"

namespace seatwise {
namespace {

using worlds::DescribeAllSeats;
using worlds::DescribeGroups;
using worlds::DescribeLicenses;

Derived Derive(absl::string_view tenant) { return DeriveReference(worlds::ParseTenant(tenant)); }

TEST(OutcomesTest, DisabledWinsOverErrors) {
  const Derived derived = Derive(R"(tenant location=US
    sku E3 suspended=2 plans=A,B
    conflict A B
    ana -> E3 off=B @1
    group g -> E3 off=A @2
    ana in g)");
  EXPECT_EQ(DescribeLicenses(derived), "ana: E3 Disabled A\n");
  EXPECT_FALSE(derived.items[1].granted);
}

TEST(OutcomesTest, OnlyAskedPairsHaveALicense) {
  const Derived derived = Derive("sku E3\nsku E5\nuser ana\nbob -> E3\ntenant location=US");
  EXPECT_EQ(DescribeLicenses(derived), "bob: E3 Error\n");
}

TEST(OutcomesTest, EverySkuHasSeats) {
  const Derived derived = Derive(R"(tenant location=US
    sku E3 seats=1 suspended=5 overage=2
    sku EMPTY
    sku OPEN seats=1 overage=unlimited
    ana -> E3
    bob -> E3
    ana -> OPEN
    bob -> OPEN)");
  EXPECT_EQ(DescribeAllSeats(derived),
            "E3: consumed 2 waiting 0 of usable 1 parked 5 capacity 3\n"
            "EMPTY: consumed 0 waiting 0 of usable 0 parked 0 capacity 0\n"
            "OPEN: consumed 2 waiting 0 of usable 1 parked 0 capacity unlimited\n");
  EXPECT_EQ(derived.seats[0].overrun(), 1);
  EXPECT_EQ(derived.seats[0].available(), 0);
}

TEST(OutcomesTest, OnlyLicensedGroupsAreShown) {
  const Derived derived = Derive(R"(tenant nested location=US
    sku E3 seats=9
    sku E5
    group g -> E3
    group g -> E5
    group empty -> E3
    ana in inner
    group inner in g)");
  EXPECT_EQ(DescribeGroups(derived),
            "group empty: members 0 licensed 0 with errors 0\n"
            "group g: members 1 licensed 0 with errors 1\n");
}

}  // namespace
}  // namespace seatwise
