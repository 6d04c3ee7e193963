#include "tests/worlds/describe_derived.h"

#include "gtest/gtest.h"

namespace seatwise::worlds {
namespace {

TEST(DescribeDerivedTest, EveryViolationShowsItsDetails) {
  const PlanId a("A"), b("B");
  EXPECT_EQ(DescribeViolation(UsageLocationMissing{}), "UsageLocationMissing");
  EXPECT_EQ(DescribeViolation(ProhibitedInUsageLocation{{a, b}, *Location::Parse("US")}),
            "ProhibitedInUsageLocationViolation(A,B in US)");
  EXPECT_EQ(DescribeViolation(Uniqueness{{a}, {{"smtp:x", UserId("ana")}}}),
            "UniquenessViolation(A: \"smtp:x\" of ana)");
  EXPECT_EQ(DescribeViolation(MutuallyExclusive{
                {{a, b, {{SkuId("E3"), UserId("ana")}, {SkuId("E5"), GroupId("staff")}}}}}),
            "MutuallyExclusiveViolation(A against B of E3 by ana, E5 by group staff)");
  EXPECT_EQ(DescribeViolation(Dependency{{{a, {b}}, {b, {a, b}}}}),
            "DependencyViolation(A needs B; B needs A,B)");
  EXPECT_EQ(DescribeViolation(Count{7}), "CountViolation(place 7)");
  EXPECT_EQ(DescribeViolation(Other{{{SkuId("E3"), {ViolationCode::kCount}}}}),
            "Other(E3 CountViolation)");
}

TEST(DescribeDerivedTest, OneThingALine) {
  Derived derived;
  derived.licenses = {{UserId("ana"), SkuId("E3"), LicenseState::kActive, {PlanId("A")}}};
  derived.items = {{UserId("ana"), GroupId("staff"), SkuId("E3"), true, {}}};
  derived.seats = {{.sku = SkuId("E3"), .usable = 1, .capacity = kUnlimited, .consumed = 1}};
  derived.groups = {{GroupId("staff"), 3, 2, 1}};
  EXPECT_EQ(DescribeDerived(derived),
            "ana: E3 Active A\n"
            "ana by group staff: E3 Granted\n"
            "E3: consumed 1 waiting 0 of usable 1 parked 0 capacity unlimited\n"
            "group staff: members 3 licensed 2 with errors 1\n");
}

}  // namespace
}  // namespace seatwise::worlds
