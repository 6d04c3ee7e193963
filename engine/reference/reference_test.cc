// The worked examples of section 11.
#include "engine/reference/reference.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "gtest/gtest.h"
#include "tests/worlds/describe_derived.h"
#include "tests/worlds/parse_tenant.h"

namespace seatwise {
namespace {

using worlds::DescribeAllSeats;
using worlds::DescribeGroupStatus;
using worlds::DescribeItem;
using worlds::DescribeItems;
using worlds::DescribeLicense;
using worlds::DescribeLicenses;

Derived Derive(absl::string_view tenant) { return DeriveReference(worlds::ParseTenant(tenant)); }

TEST(WorkedExamplesTest, One_TwoSourcesOfOneSkuTakeOneSeat) {
  const Derived derived = Derive(R"(tenant location=US
    sku E3 seats=1 plans=EXCHANGE,TEAMS
    group A -> E3 off=TEAMS
    group B -> E3 off=EXCHANGE
    alice in A
    alice in B)");
  EXPECT_EQ(DescribeLicenses(derived), "alice: E3 Active EXCHANGE,TEAMS\n");
  EXPECT_EQ(DescribeAllSeats(derived),
            "E3: consumed 1 waiting 0 of usable 1 parked 0 capacity 1\n");
}

constexpr char kConflictingGroups[] = R"(tenant location=US
    sku E1 seats=9 plans=P1
    sku E3 seats=9 plans=P3
    conflict P1 P3
    group A -> E1
    bob in A @1
    bob in B @3
)";

TEST(WorkedExamplesTest, Two_TheEarlierOfConflictingPlansWins) {
  const Derived derived = Derive(absl::StrCat(kConflictingGroups, "group B -> E3"));
  EXPECT_EQ(DescribeLicenses(derived),
            "bob: E1 Active P1\n"
            "bob: E3 Error\n");
  EXPECT_EQ(DescribeItems(derived),
            "bob by group A: E1 Granted\n"
            "bob by group B: E3 Rejected MutuallyExclusiveViolation(P3 against P1 of E1 by group "
            "A)\n");
}

TEST(WorkedExamplesTest, Two_PriorityBeatsTime) {
  EXPECT_EQ(DescribeLicenses(Derive(absl::StrCat(kConflictingGroups, "group B -> E3 priority=10"))),
            "bob: E1 Error\n"
            "bob: E3 Active P3\n");
}

TEST(WorkedExamplesTest, Three_AtomicGroupsStandOrFallTogether) {
  const std::string tenant = absl::StrCat(kConflictingGroups, "group B -> E3\n", "group B -> EMS\n",
                                          "sku EMS seats=9 plans=MDM\n");
  EXPECT_EQ(DescribeLicenses(Derive(tenant)),
            "bob: E1 Active P1\n"
            "bob: E3 Error\n"
            "bob: EMS Active MDM\n");
  const Derived atomic = Derive(absl::StrCat("tenant atomic\n", tenant));
  EXPECT_EQ(DescribeLicenses(atomic),
            "bob: E1 Active P1\n"
            "bob: E3 Error\n"
            "bob: EMS Error\n");
  EXPECT_EQ(DescribeItem(atomic.items[2]),
            "bob by group B: EMS Rejected Other(E3 MutuallyExclusiveViolation)");
}

constexpr char kThreeForTwoSeats[] = R"(tenant location=US
    sku E5 seats=2
    group staff -> E5
    mo in staff @1
    tu in staff @2
    we in staff @3
)";

TEST(WorkedExamplesTest, Four_TheLastToJoinWaits) {
  const Derived derived = Derive(kThreeForTwoSeats);
  EXPECT_EQ(DescribeLicenses(derived),
            "mo: E5 Active\n"
            "tu: E5 Active\n"
            "we: E5 Error\n");
  EXPECT_EQ(DescribeItem(derived.items[2]),
            "we by group staff: E5 Rejected CountViolation(place 1)");
  EXPECT_EQ(DescribeAllSeats(derived),
            "E5: consumed 2 waiting 1 of usable 2 parked 0 capacity 2\n");
  EXPECT_EQ(derived.seats[0].overrun(), 1);
}

TEST(WorkedExamplesTest, Four_ADirectAssignmentOfHigherPriorityTakesASeat) {
  const Derived derived = Derive(absl::StrCat(kThreeForTwoSeats, "we -> E5 priority=5 @9"));
  EXPECT_EQ(DescribeLicenses(derived),
            "mo: E5 Active\n"
            "tu: E5 Error\n"
            "we: E5 Active\n");
}

constexpr char kAudio[] = R"(tenant location=US
    sku AUDIO_SKU seats=1 plans=AUDIO
    sku E3 plans=TEAMS_A
    require AUDIO TEAMS_A,TEAMS_B
    carol -> AUDIO_SKU @1
    carol -> E3 @5
    dave -> AUDIO_SKU off=AUDIO @6
)";

TEST(WorkedExamplesTest, Five_APassedOverClaimIsHealedAtOnce) {
  const Derived derived = Derive(absl::StrCat(kAudio, "sku E3 seats=1"));
  EXPECT_EQ(DescribeLicenses(derived),
            "carol: AUDIO_SKU Active AUDIO\n"
            "carol: E3 Active TEAMS_A\n"
            "dave: AUDIO_SKU Error\n");
}

TEST(WorkedExamplesTest, Six_WhoLacksMoreThanASeatDoesNotWaitForOne) {
  const Derived derived = Derive(kAudio);
  EXPECT_EQ(DescribeItems(derived),
            "carol by carol: AUDIO_SKU Rejected DependencyViolation(AUDIO needs TEAMS_A,TEAMS_B)\n"
            "carol by carol: E3 Rejected CountViolation(place 1)\n"
            "dave by dave: AUDIO_SKU Granted\n");
}

TEST(WorkedExamplesTest, Seven_ParkedUnitsAreHeldDisabled) {
  std::string tenant = "tenant location=US\nsku E3 suspended=50 plans=MAIL\ngroup all -> E3\n";
  for (int user = 10; user < 62; ++user) absl::StrAppend(&tenant, "u", user, " in all\n");
  const Derived derived = Derive(tenant);
  EXPECT_EQ(DescribeLicense(derived.licenses[0]), "u10: E3 Disabled MAIL");
  EXPECT_EQ(DescribeLicense(derived.licenses[49]), "u59: E3 Disabled MAIL");
  EXPECT_EQ(DescribeLicense(derived.licenses[50]), "u60: E3 Error");
  EXPECT_EQ(DescribeItem(derived.items[51]),
            "u61 by group all: E3 Rejected CountViolation(place 2)");
  EXPECT_EQ(DescribeAllSeats(derived),
            "E3: consumed 50 waiting 2 of usable 0 parked 50 capacity 50\n");
}

TEST(WorkedExamplesTest, Eight_ARejectedSecondSourceLeavesAnError) {
  const Derived derived = Derive(R"(tenant location=US
    sku E3 seats=9 plans=DOCS,EXCHANGE
    sku KIOSK seats=9 plans=EXCHANGE_KIOSK
    conflict EXCHANGE EXCHANGE_KIOSK
    dan -> KIOSK @1
    group A -> E3 off=EXCHANGE
    group B -> E3
    dan in A @2
    dan in B @3)");
  EXPECT_EQ(DescribeLicenses(derived),
            "dan: E3 ActiveWithError DOCS\n"
            "dan: KIOSK Active EXCHANGE_KIOSK\n");
  ASSERT_EQ(derived.groups.size(), 2);
  EXPECT_EQ(DescribeGroupStatus(derived.groups[0]), "group A: members 1 licensed 1 with errors 0");
  EXPECT_EQ(DescribeGroupStatus(derived.groups[1]), "group B: members 1 licensed 0 with errors 1");
}

}  // namespace
}  // namespace seatwise
