#include "engine/rules/granting.h"

#include <algorithm>
#include <map>
#include <numeric>

#include "engine/model/columns_from_facts.h"
#include "engine/rules/shapes.h"
#include "engine/testing/tenant_builder.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace seatwise {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// So many seats of each SKU.
struct FewSeats {
  std::map<SkuNo, int> left;
  bool HasSeat(SkuNo sku) const { return left.at(sku) > 0; }
  void Take(SkuNo sku) { --left[sku]; }
};

// Offers one claim for each SKU of the tenant, all assigned to group g, in the order given, and
// answers which are granted. With `reload` each turn begins with Load, as in a queue where other
// users have turns in between.
std::vector<uint32_t> Grant(const Facts& facts, std::vector<uint32_t> order, FewSeats& seats,
                            const char* location = "US", bool reload = false) {
  const Columns columns = ColumnsFromFacts(facts);
  const ShapeTable shapes(columns);
  const TraitTable traits(columns.catalog);
  std::vector<ShapeNo> claims(shapes.size());
  std::iota(claims.begin(), claims.end(), 0);
  std::vector<uint64_t> granted(GrantWords(claims.size()));
  Granting<ShapeTable, FewSeats> granting(shapes, traits, seats);
  const ClaimList list{claims, traits.Of(Location::Parse(location).value_or(Location()), false)};
  std::vector<uint32_t> lacking(claims.size());
  granting.Load(list, absl::MakeSpan(granted));
  for (size_t turn = 0; turn < order.size(); ++turn) {
    if (reload) granting.Load(list, absl::MakeSpan(granted), absl::MakeSpan(lacking));
    granting.Offer(order, turn);
  }
  std::vector<uint32_t> result;
  for (uint32_t claim : order) {
    if (IsGranted(granted, claim)) result.push_back(claim);
  }
  return result;
}

TEST(GrantingTest, TheFirstOfTwoConflictingClaimsWins) {  // K4
  TenantBuilder tenant;
  tenant.Plans({"A", "B"}).Sku("S", {"A"}, 1).Sku("T", {"B"}, 1).Conflict("A", "B").Groups({"g"});
  tenant.Assign("g", "S").Assign("g", "T");
  FewSeats seats{{{0, 1}, {1, 1}}};
  EXPECT_THAT(Grant(tenant.facts, {1, 0}, seats), ElementsAre(1));
  EXPECT_EQ(seats.left[0], 1);
  EXPECT_EQ(seats.left[1], 0);
}

TEST(GrantingTest, HealedClaimsAreTriedAgainFromTheFront) {  // G2
  TenantBuilder tenant;
  tenant.Plans({"X", "Y", "Z"}).Requires("X", {"Y"}).Requires("Y", {"Z"}).Groups({"g"});
  tenant.Sku("S", {"X"}, 1).Sku("T", {"Y"}, 1).Sku("U", {"Z"}, 1);
  tenant.Assign("g", "S").Assign("g", "T").Assign("g", "U");
  FewSeats seats{{{0, 1}, {1, 1}, {2, 1}}};
  EXPECT_THAT(Grant(tenant.facts, {0, 1, 2}, seats), ElementsAre(0, 1, 2));
}

TEST(GrantingTest, AChainHealsInWhateverOrderAndHoweverOftenItIsLoaded) {  // G2, K5
  TenantBuilder tenant;
  tenant.Plans({"A", "B", "C", "D", "E"}).Groups({"g"});
  tenant.Requires("B", {"A"}).Requires("C", {"B"}).Requires("D", {"C"}).Requires("D", {"E"});
  tenant.Sku("S", {"A"}, 1).Sku("T", {"B"}, 1).Sku("U", {"C"}, 1).Sku("V", {"D"}, 1);
  tenant.Sku("W", {"E"}, 1);
  for (const char* sku : {"S", "T", "U", "V", "W"}) tenant.Assign("g", sku);
  std::vector<uint32_t> order = {0, 1, 2, 3, 4};
  do {
    for (bool reload : {false, true}) {
      FewSeats seats{{{0, 1}, {1, 1}, {2, 1}, {3, 1}, {4, 1}}};
      EXPECT_EQ(Grant(tenant.facts, order, seats, "US", reload), order);
      FewSeats none_of_b{{{0, 1}, {1, 0}, {2, 1}, {3, 1}, {4, 1}}};
      EXPECT_EQ(Grant(tenant.facts, order, none_of_b, "US", reload).size(), 2u);
    }
  } while (std::next_permutation(order.begin(), order.end()));
}

TEST(GrantingTest, NothingIsGrantedThatNeedsASeatThatIsNotThere) {  // K6
  TenantBuilder tenant;
  tenant.Plans({"X", "Y"}).Requires("X", {"Y"}).Sku("S", {"X"}, 1).Sku("T", {"Y"}, 1);
  tenant.Groups({"g"}).Assign("g", "S").Assign("g", "T");
  FewSeats seats{{{0, 1}, {1, 0}}};
  EXPECT_THAT(Grant(tenant.facts, {0, 1}, seats), IsEmpty());
  EXPECT_EQ(seats.left[0], 1);
}

TEST(GrantingTest, AHeldSkuNeedsNoSecondSeat) {
  TenantBuilder tenant;
  tenant.Plans({"A", "B"}).Sku("S", {"A", "B"}, 1).Groups({"g", "h"});
  tenant.Assign("g", "S", {"A"}).Assign("h", "S", {"B"});
  FewSeats seats{{{0, 1}}};
  EXPECT_THAT(Grant(tenant.facts, {0, 1}, seats), ElementsAre(0, 1));
  EXPECT_EQ(seats.left[0], 0);
}

TEST(GrantingTest, WithoutALocationNothingPasses) {  // K1
  TenantBuilder tenant;
  tenant.Plans({"A"}).Sku("S", {"A"}, 1).Groups({"g"}).Assign("g", "S", {"A"});
  FewSeats seats{{{0, 1}}};
  EXPECT_THAT(Grant(tenant.facts, {0}, seats, ""), IsEmpty());
}

TEST(GrantingTest, WhatIsProhibitedInTheLocationNeverPasses) {  // K2
  TenantBuilder tenant;
  tenant.Plans({"A"}).Sku("S", {"A"}, 1).Prohibited("A", "CN").Groups({"g"}).Assign("g", "S");
  FewSeats seats{{{0, 1}}};
  EXPECT_THAT(Grant(tenant.facts, {0}, seats, "CN"), IsEmpty());
  EXPECT_THAT(Grant(tenant.facts, {0}, seats, "US"), ElementsAre(0));
}

}  // namespace
}  // namespace seatwise
