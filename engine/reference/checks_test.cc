#include "engine/reference/checks.h"

#include "absl/strings/str_cat.h"
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

TEST(ChecksTest, K1AndK2LookAtTheOwnLocationThenTheDefault) {
  constexpr char kTenant[] = R"(sku E3 seats=9 plans=A,B
    prohibit A CN
    ana -> E3
    user bob location=CN
    bob -> E3
    user cid location=US
    cid -> E3
)";
  EXPECT_EQ(DescribeItems(Derive(kTenant)),
            "ana by ana: E3 Rejected UsageLocationMissing\n"
            "bob by bob: E3 Rejected ProhibitedInUsageLocationViolation(A in CN)\n"
            "cid by cid: E3 Granted\n");
  EXPECT_EQ(DescribeItems(Derive(absl::StrCat(kTenant, "tenant location=CN"))),
            "ana by ana: E3 Rejected ProhibitedInUsageLocationViolation(A in CN)\n"
            "bob by bob: E3 Rejected ProhibitedInUsageLocationViolation(A in CN)\n"
            "cid by cid: E3 Granted\n");
}

TEST(ChecksTest, K3NamesTheOwnersOfForeignAddresses) {
  const Derived derived = Derive(R"(tenant location=US
    plan MAIL unique
    sku E3 seats=9 plans=DOCS,MAIL
    user ana created=2 address=SMTP:a,smtp:c
    user bob created=1 address=smtp:A,Smtp:a
    user cid created=2 address=SMTP:C,smtp:d
    user dee created=3 address=smtp:D,smtp:E
    ana -> E3
    cid -> E3
    dee -> E3 off=MAIL)");
  EXPECT_EQ(DescribeItems(derived),
            "ana by ana: E3 Rejected UniquenessViolation(MAIL: \"smtp:a\" of bob)\n"
            "cid by cid: E3 Rejected UniquenessViolation(MAIL: \"smtp:c\" of ana)\n"
            "dee by dee: E3 Granted\n");
}

TEST(ChecksTest, K4SeesTheItemItself) {
  EXPECT_EQ(DescribeItems(
                Derive("tenant location=US\nsku E3 seats=9 plans=A,B\nconflict A B\nana -> E3")),
            "ana by ana: E3 Rejected MutuallyExclusiveViolation(A against B of E3 by ana; "
            "B against A of E3 by ana)\n");
}

TEST(ChecksTest, K5ListsEveryRequirementThatFails) {
  const Derived derived = Derive(R"(tenant location=US
    sku E3 seats=9 plans=A,B,C
    require A B,Z
    require A Y,Z
    require C X
    ana -> E3)");
  EXPECT_EQ(DescribeItems(derived),
            "ana by ana: E3 Rejected DependencyViolation(A needs Y,Z; C needs X)\n");
}

TEST(ChecksTest, K5HoldsWithinOneClaimAndThroughSkusThatAreOff) {
  EXPECT_EQ(DescribeLicenses(Derive("tenant location=US\nsku E3 seats=9 plans=A,B\nrequire A B\n"
                                    "require B A\nana -> E3")),
            "ana: E3 Active A,B\n");
  EXPECT_EQ(DescribeLicenses(
                Derive("tenant location=US\nsku E3 seats=9 plans=A\nsku E5 locked=9 plans=B\n"
                       "require A B\nana -> E3\nana -> E5")),
            "ana: E3 Active A\nana: E5 Disabled B\n");
}

TEST(ChecksTest, K5ClaimsThatOnlySatisfyEachOtherAreRejected) {
  EXPECT_EQ(
      DescribeItems(Derive("tenant location=US\nsku E3 seats=9 plans=A\nsku E5 seats=9 plans=B\n"
                           "require A B\nrequire B A\nana -> E3\nana -> E5")),
      "ana by ana: E3 Rejected DependencyViolation(A needs B)\n"
      "ana by ana: E5 Rejected DependencyViolation(B needs A)\n");
}

TEST(ChecksTest, K6WaitsOnlyWhereNothingElseIsMissing) {
  const Derived derived = Derive(R"(tenant atomic location=US
    sku E1
    sku E3
    sku E5 seats=9 plans=A
    require A Z
    group g -> E1
    group g -> E5
    group h -> E1
    group h -> E3
    ana in g
    bob in h)");
  EXPECT_EQ(DescribeItems(derived),
            "ana by group g: E1 Rejected Other(E5 DependencyViolation)\n"
            "ana by group g: E5 Rejected DependencyViolation(A needs Z)\n"
            "bob by group h: E1 Rejected CountViolation(place 1)\n"
            "bob by group h: E3 Rejected CountViolation(place 1)\n");
}

}  // namespace
}  // namespace seatwise
