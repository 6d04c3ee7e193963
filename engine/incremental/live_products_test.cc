#include "engine/incremental/live_products.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/model/tiny_tenant.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace seatwise {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// e1 is SKU 0 and e3 is SKU 1; mail conflicts with kiosk.
LiveProducts Tiny() { return LiveProducts(tiny::Tenant()); }

TEST(LiveProductsTest, NumbersStayWhateverComesOrGoes) {
  LiveProducts products = Tiny();
  const ChangedProducts added = products.Apply({tiny::Plan("a"), tiny::Product("a", {"a"})}, {});
  EXPECT_THAT(added.skus, IsEmpty()) << "nobody can have it yet";
  EXPECT_THAT(added.supply, ElementsAre(2));
  EXPECT_EQ(products.catalog()->FindSku("a"), 2u);
  EXPECT_EQ(products.catalog()->FindPlan("a"), 4u);
  EXPECT_EQ(products.catalog()->FindSku("e1"), 0u);
  const ChangedProducts gone = products.Apply({}, {SubscriptionId("s1"), SkuId("e1")});
  EXPECT_THAT(gone.supply, ElementsAre(0));
  EXPECT_EQ(products.catalog()->FindSku("e1"), std::nullopt);
  EXPECT_EQ(products.catalog()->FindSku("e3"), 1u);
  EXPECT_EQ(products.supply(0).capacity(), 0);
  products.Apply({tiny::Product("e1", {"kiosk"})}, {});
  EXPECT_EQ(products.catalog()->FindSku("e1"), 3u) << "it is another one";
}

TEST(LiveProductsTest, SeatsChangeWithoutANewCatalog) {
  LiveProducts products = Tiny();
  const LiveProducts before = products;
  Sku e1 = tiny::Tenant().skus[0];
  e1.overage_units = 3;
  Subscription parked = tiny::Units("x", "e3", 9);
  parked.status = SubscriptionStatus::kSuspended;
  const ChangedProducts changed =
      products.Apply({e1, tiny::Units("s1", "e1", 7), parked}, {SubscriptionId("s3")});
  EXPECT_THAT(changed.skus, IsEmpty());
  EXPECT_THAT(changed.supply, ElementsAre(0, 1));
  EXPECT_EQ(products.catalog(), before.catalog());
  EXPECT_EQ(products.supply(0).capacity(), 10);
  EXPECT_EQ(products.supply(1).capacity(), 9);
  EXPECT_TRUE(products.supply(1).off());
  EXPECT_EQ(before.supply(0).capacity(), 5);
  EXPECT_EQ(before.supply(1).capacity(), 5);
}

TEST(LiveProductsTest, ASubscriptionMovesFromSkuToSku) {
  LiveProducts products = Tiny();
  EXPECT_THAT(products.Apply({tiny::Units("s1", "e3", 2)}, {}).supply, ElementsAre(0, 1));
  EXPECT_EQ(products.supply(0).capacity(), 0);
  EXPECT_EQ(products.supply(1).capacity(), 7);
}

TEST(LiveProductsTest, ChangesOfPlansConcernTheSkusThatHaveThem) {
  ServicePlan unique_mail = tiny::Plan("mail");
  unique_mail.unique_address = true;
  ServicePlan named_mail = tiny::Plan("mail");
  named_mail.display_name = "Mail";
  const std::vector<std::pair<Fact, std::vector<SkuNo>>> cases = {
      {unique_mail, {1}},
      {named_mail, {}},
      {tiny::Prohibition("kiosk", "KP"), {0}},
      {tiny::Requirement("docs", {"mail"}), {1}},
      {tiny::Conflict("docs", "kiosk"), {0, 1}},
      {tiny::Conflict("kiosk", "mail"), {}},  // It is there already.
      {tiny::Product("e3", {"docs"}), {1}},
      {tiny::Product("e3", {"docs", "mail"}), {}},
  };
  for (const auto& [fact, skus] : cases) {
    LiveProducts products = Tiny();
    EXPECT_EQ(products.Apply({fact}, {}).skus, skus) << Describe(KeyOf(fact));
  }
}

TEST(LiveProductsTest, PlanSetsGrowInLargeSteps) {
  LiveProducts products = Tiny();
  int wider = 0;
  for (int i = 0; i < 300; ++i) {
    const size_t words = products.catalog()->words();
    const ChangedProducts changed = products.Apply({tiny::Plan(absl::StrCat("p", i))}, {});
    EXPECT_EQ(changed.wider, products.catalog()->words() != words);
    wider += changed.wider;
  }
  EXPECT_LE(wider, 4);
  EXPECT_GE(products.catalog()->words() * 64, products.catalog()->plans());
}

TEST(LiveProductsTest, ConvertsBackToTheFacts) {
  Facts facts = tiny::Tenant();
  facts.skus[0].overage_units = 8;
  Facts back = LiveProducts(facts).ToFacts();
  EXPECT_EQ(back.plans, facts.plans);
  EXPECT_EQ(back.skus, facts.skus);
  EXPECT_EQ(back.conflicts, facts.conflicts);
  EXPECT_EQ(back.requirements, facts.requirements);
  EXPECT_EQ(back.prohibitions, facts.prohibitions);
  EXPECT_EQ(back.subscriptions, facts.subscriptions);
}

}  // namespace
}  // namespace seatwise
