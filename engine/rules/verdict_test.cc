#include "engine/rules/verdict.h"

#include <numeric>

#include "engine/model/columns_from_facts.h"
#include "engine/rules/shapes.h"
#include "engine/testing/tenant_builder.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace seatwise {
namespace {

using ::testing::ElementsAre;

constexpr ViolationMask kLocation = 1, kProhibited = 2, kUnique = 4, kExclusive = 8,
                        kDependency = 16, kCount = 32, kOther = 64;

// Judges all shapes of the tenant as claims of one user in `location`, where those of `granted` are
// granted and the SKUs of `full` have no seats left.
std::vector<ViolationMask> Items(const Facts& facts, uint64_t granted, std::vector<char> full,
                                 const char* location = "US", bool clash = false) {
  const Columns columns = ColumnsFromFacts(facts);
  const ShapeTable shapes(columns);
  const TraitTable traits(columns.catalog);
  std::vector<ShapeNo> claims(shapes.size());
  std::iota(claims.begin(), claims.end(), 0);
  Judge judge(shapes, traits, &full);
  const auto items =
      judge.Items({claims, traits.Of(Location::Parse(location).value_or(Location()), clash)},
                  absl::MakeConstSpan(&granted, 1));
  return {items.begin(), items.end()};
}

TenantBuilder Suite() {
  TenantBuilder tenant;
  tenant.Plans({"A", "B"}).UniqueAddressPlan("M").Groups({"g"});
  tenant.Sku("S", {"A"}, 1).Sku("T", {"B", "M"}, 1).Conflict("A", "B").Prohibited("B", "CN");
  return tenant.Assign("g", "S").Assign("g", "T");
}

TEST(VerdictTest, AllChecksAreReportedTogether) {  // G3
  EXPECT_THAT(Items(Suite().facts, 1, {0, 0}, "CN", true),
              ElementsAre(0, kProhibited | kUnique | kExclusive));
}

TEST(VerdictTest, WithoutALocationNothingIsProhibited) {  // K2: never together with K1
  EXPECT_THAT(Items(Suite().facts, 0, {0, 0}, ""), ElementsAre(kLocation, kLocation));
}

TEST(VerdictTest, CountOnlyWhereNothingElseIsMissing) {  // K6
  EXPECT_THAT(Items(Suite().facts, 0, {1, 1}), ElementsAre(kCount, kCount));
  EXPECT_THAT(Items(Suite().facts, 1, {1, 1}), ElementsAre(0, kExclusive));
}

TEST(VerdictTest, AFaultOfOneItemSparesTheOthersFromWaiting) {  // K6, K7
  TenantBuilder tenant = Suite().Atomic();
  tenant.facts.conflicts.clear();
  tenant.Requires("B", {"M"}).Requires("A", {"X"});
  tenant.Plans({"X"});
  EXPECT_THAT(Items(tenant.facts, 0, {0, 1}), ElementsAre(kDependency, kOther));
}

TEST(VerdictTest, AHeldSkuIsNotWaitedFor) {
  TenantBuilder tenant;
  tenant.Plans({"A", "B", "C"}).Sku("S", {"A", "B"}, 1).Groups({"g", "h"}).Requires("B", {"C"});
  tenant.Assign("g", "S", {"B"}).Assign("h", "S");
  EXPECT_THAT(Items(tenant.facts, 1, {1}), ElementsAre(0, kDependency));
}

}  // namespace
}  // namespace seatwise
