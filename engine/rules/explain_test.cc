#include "engine/rules/explain.h"

#include <numeric>

#include "engine/model/columns_from_facts.h"
#include "engine/rules/shapes.h"
#include "engine/rules/user_in_columns.h"
#include "engine/rules/verdict.h"
#include "engine/testing/tenant_builder.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace seatwise {
namespace {

using ::testing::ElementsAre;

// Whoever waits is fourth.
class UserAtPlace4 final : public UserInColumns {
 public:
  using UserInColumns::UserInColumns;
  int64_t PlaceOf(SkuNo) const override { return 4; }
};

// The violations of ana's claims (all shapes of the tenant), where those of `granted` are granted.
std::vector<ClaimItem> Explain(const Facts& facts, uint64_t granted, std::vector<char> full) {
  const Columns columns = ColumnsFromFacts(facts);
  const ShapeTable shapes(columns);
  const TraitTable traits(columns.catalog);
  std::vector<ShapeNo> claims(shapes.size());
  std::iota(claims.begin(), claims.end(), 0);
  Judge judge(shapes, traits, &full);
  const UserNo ana = *columns.users.Find("ana");
  const Traits user = traits.Of(columns.LocationOf(ana), !columns.ClashesOf(ana).empty());
  const absl::Span<const uint64_t> bits(&granted, 1);
  return ExplainClaims(
      shapes, {.claims = claims, .granted = bits, .items = judge.Items({claims, user}, bits)},
      UserAtPlace4(columns, ana));
}

TEST(ExplainTest, ExclusionsNameThePlansAndTheirSources) {
  TenantBuilder tenant;
  tenant.Plans({"A", "B", "C"}).Sku("S", {"A"}, 9).Sku("T", {"B", "C"}, 9).Conflict("A", "B");
  tenant.Users({"ana"}).Groups({"g"}).Assign("g", "T").AssignUser("ana", "S");
  const auto items = Explain(tenant.facts, 2, {0, 0});
  ASSERT_EQ(items.size(), 2u);
  EXPECT_TRUE(items[0].granted);
  EXPECT_EQ(items[0].source, Principal(UserId("ana")));
  const MutuallyExclusive want{
      {{PlanId("B"), PlanId("A"), {{SkuId("S"), Principal(UserId("ana"))}}}}};
  EXPECT_THAT(items[1].violations, ElementsAre(Violation(want)));
}

TEST(ExplainTest, PlacesComeFromTheQueue) {
  TenantBuilder tenant;
  tenant.Plans({"A"}).Sku("S", {"A"}, 0).Users({"ana"}).Groups({"g"}).Assign("g", "S");
  EXPECT_THAT(Explain(tenant.facts, 0, {1})[0].violations, ElementsAre(Violation(Count{4})));
}

TEST(ExplainTest, ClashesNameTheOwner) {
  TenantBuilder tenant;
  tenant.UniqueAddressPlan("M").Plans({"A"}).Sku("S", {"M", "A"}, 9).Groups({"g"}).Assign("g", "S");
  tenant.UserWithAddress("ana", "smtp:X@y", 2).UserWithAddress("bob", "SMTP:x@Y", 1);
  const Uniqueness want{{PlanId("M")}, {{"smtp:x@y", UserId("bob")}}};
  EXPECT_THAT(Explain(tenant.facts, 0, {0})[0].violations, ElementsAre(Violation(want)));
}

TEST(ExplainTest, InnocentItemsNameTheGuilty) {
  TenantBuilder tenant;
  tenant.Atomic().Plans({"A", "B", "X"}).Sku("S", {"A"}, 9).Sku("T", {"B"}, 9);
  tenant.Requires("A", {"X"}).Users({"ana"}).Groups({"g"}).Assign("g", "S").Assign("g", "T");
  const auto items = Explain(tenant.facts, 0, {0, 0});
  EXPECT_THAT(items[0].violations,
              ElementsAre(Violation(Dependency{{{PlanId("A"), {PlanId("X")}}}})));
  EXPECT_THAT(items[1].violations,
              ElementsAre(Violation(Other{{{SkuId("S"), {ViolationCode::kDependency}}}})));
}

}  // namespace
}  // namespace seatwise
