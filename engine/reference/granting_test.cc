#include "engine/reference/granting.h"

#include "absl/strings/string_view.h"
#include "engine/reference/reference.h"
#include "gtest/gtest.h"
#include "tests/worlds/describe_derived.h"
#include "tests/worlds/parse_tenant.h"

namespace seatwise {
namespace {

using worlds::DescribeItems;
using worlds::DescribeLicenses;

Derived Derive(absl::string_view tenant) { return DeriveReference(worlds::ParseTenant(tenant)); }

TEST(GrantingTest, AUserWaitsOnceAtTheFirstClaim) {
  const Derived derived = Derive(R"(tenant location=US
    sku E3
    ana -> E3 @5
    bob -> E3 @3
    group g -> E3
    ana in g @1
    cid in g @4)");
  EXPECT_EQ(DescribeItems(derived),
            "ana by ana: E3 Rejected CountViolation(place 1)\n"
            "ana by group g: E3 Rejected CountViolation(place 1)\n"
            "bob by bob: E3 Rejected CountViolation(place 2)\n"
            "cid by group g: E3 Rejected CountViolation(place 3)\n");
  EXPECT_EQ(derived.seats[0].waiting, 3);
}

TEST(GrantingTest, AHealedClaimCompetesFromThePlaceOfItsHealer) {
  // Carol's AUDIO asks first and lacks TEAMS until bob, who asks before her E3, has the seat.
  const Derived derived = Derive(R"(tenant location=US
    sku AUDIO_SKU seats=1 plans=AUDIO
    sku E3 seats=9 plans=TEAMS
    require AUDIO TEAMS
    carol -> AUDIO_SKU @1
    bob -> AUDIO_SKU off=AUDIO @2
    carol -> E3 @3)");
  EXPECT_EQ(DescribeLicenses(derived),
            "bob: AUDIO_SKU Active\n"
            "carol: AUDIO_SKU Error\n"
            "carol: E3 Active TEAMS\n");
}

TEST(GrantingTest, ChainsHealFromTheirEnd) {
  EXPECT_EQ(DescribeLicenses(Derive(R"(tenant location=US
    sku S1 seats=1 plans=A
    sku S2 seats=1 plans=B
    sku S3 seats=1 plans=C
    require A B
    require B C
    ana -> S1 @1
    ana -> S2 @2
    ana -> S3 @3)")),
            "ana: S1 Active A\n"
            "ana: S2 Active B\n"
            "ana: S3 Active C\n");
}

TEST(GrantingTest, ViolationsAreThoseOfTheFinalState) {
  // When S1 was passed over it lacked B; in the end it has B, and a conflict.
  EXPECT_EQ(DescribeItems(Derive(R"(tenant location=US
    sku S1 seats=1 plans=A
    sku S2 seats=1 plans=B,X
    require A B
    conflict A X
    ana -> S1 @1
    ana -> S2 @2)")),
            "ana by ana: S1 Rejected MutuallyExclusiveViolation(A against X of S2 by ana)\n"
            "ana by ana: S2 Granted\n");
}

TEST(GrantingTest, ASecondClaimOfAHeldSkuNeedsNoSeat) {
  EXPECT_EQ(DescribeLicenses(Derive(R"(tenant location=US
    sku E3 seats=1 plans=A,B
    group g -> E3 off=A @5
    ana -> E3 off=B @1
    bob -> E3 @2
    ana in g @4)")),
            "ana: E3 Active A,B\n"
            "bob: E3 Error\n");
}

}  // namespace
}  // namespace seatwise
