#include "engine/batch/triage.h"

#include "absl/strings/str_cat.h"
#include "engine/model/columns_from_facts.h"
#include "engine/testing/tenant_builder.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace seatwise {
namespace {

using ::testing::ElementsAre;

// How ana, the first user, is handled; and which SKUs are contended.
struct Answer {
  Handling ana;
  std::vector<char> contended;
};

Answer TriageOf(const Facts& facts) {
  const Columns columns = ColumnsFromFacts(facts);
  const ShapeTable shapes(columns);
  const TraitTable traits(columns.catalog);
  InlineExecutor executor;
  const Classes classes = BuildClasses(shapes, traits, Nesting(shapes, executor), executor);
  const Triage triage = TriageClasses(shapes, traits, classes, executor);
  return {triage.handling[classes.class_of[0]], triage.contended};
}

TenantBuilder Tenant(int64_t seats) {
  TenantBuilder tenant;
  tenant.Plans({"A", "B"}).Sku("S", {"A"}, seats).Sku("T", {"B"}, 9).Groups({"g", "h"});
  tenant.Users({"ana", "bob"}).Member("g", "ana").Member("g", "bob");
  return tenant.Assign("g", "S").Assign("h", "T");
}

TEST(TriageTest, EnoughSeatsAndNoConflictsIsTogether) {
  const Answer answer = TriageOf(Tenant(2).facts);
  EXPECT_EQ(answer.ana, Handling::kTogether);
  EXPECT_THAT(answer.contended, ElementsAre(0, 0));
}

TEST(TriageTest, MoreUsersThanSeatsQueue) {
  const Answer answer = TriageOf(Tenant(1).facts);
  EXPECT_EQ(answer.ana, Handling::kQueued);
  EXPECT_THAT(answer.contended, ElementsAre(1, 0));
}

TEST(TriageTest, WhoCanNeverHoldDoesNotCompete) {  // K2
  TenantBuilder tenant = Tenant(1).Prohibited("A", "CN");
  tenant.facts.users[1].usage_location = *Location::Parse("CN");
  EXPECT_EQ(TriageOf(tenant.facts).ana, Handling::kTogether);
}

TEST(TriageTest, ConflictsBetweenClaimsMakeTheOrderMatter) {  // K4
  const TenantBuilder tenant = Tenant(2).Conflict("A", "B").Member("h", "ana");
  EXPECT_EQ(TriageOf(tenant.facts).ana, Handling::kAlone);
}

TEST(TriageTest, AClaimThatConflictsWithItselfDisturbsNobody) {
  TenantBuilder tenant = Tenant(2).Conflict("A", "B");
  tenant.facts.skus[1].plans = {PlanId("A"), PlanId("B")};
  EXPECT_EQ(TriageOf(tenant.Member("h", "ana").facts).ana, Handling::kTogether);
}

// SKUs 3 and 67 share a mark.
TEST(TriageTest, ManySkusAreToldApart) {
  for (int asked : {3, 67}) {
    TenantBuilder tenant;
    tenant.Plans({"A"}).Groups({"g", "h"}).Users({"ana", "bob", "cid"});
    for (int sku = 0; sku < 70; ++sku) {
      tenant.Sku(absl::StrCat("s", 10 + sku).c_str(), {"A"}, sku == 67 ? 1 : 9);
    }
    tenant.Assign("g", absl::StrCat("s", 10 + asked).c_str()).Member("g", "ana");
    tenant.Assign("h", "s77").Member("h", "bob").Member("h", "cid");
    const Answer answer = TriageOf(tenant.facts);
    EXPECT_EQ(answer.ana, asked == 67 ? Handling::kQueued : Handling::kTogether);
    EXPECT_EQ(answer.contended[67], 1);
    EXPECT_EQ(answer.contended[3], 0);
  }
}

}  // namespace
}  // namespace seatwise
