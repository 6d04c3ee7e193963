#include "engine/model/catalog.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "engine/model/facts.h"
#include "engine/model/ids.h"
#include "engine/model/location.h"
#include "engine/model/plan_bits.h"
#include "engine/model/tiny_tenant.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace seatwise {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Subscription With(Subscription subscription, SubscriptionStatus status, bool self_service = false) {
  subscription.status = status;
  subscription.self_service = self_service;
  return subscription;
}

SeatSupply SupplyOf(const std::vector<Subscription>& subscriptions, int64_t overage = 0) {
  Facts facts;
  facts.skus = {Sku{.id = SkuId("s"), .overage_units = overage}};
  facts.subscriptions = subscriptions;
  return Catalog::Build(facts).supply(0);
}

TEST(CatalogTest, NothingIsACatalog) {
  const Catalog catalog = Catalog::Build({});
  EXPECT_EQ(catalog.plans(), 0u);
  EXPECT_EQ(catalog.skus(), 0u);
  EXPECT_EQ(catalog.words(), 0u);
  EXPECT_THAT(catalog.prohibiting_locations(), IsEmpty());
  EXPECT_EQ(Catalog().plans(), 0u);
}

TEST(CatalogTest, NumbersFollowTheBytesOfTheIds) {
  Facts facts;
  facts.plans = {tiny::Plan("b"), tiny::Plan("B"), tiny::Plan("\xc3\xa9"), tiny::Plan("a")};
  const Catalog catalog = Catalog::Build(facts);
  std::vector<std::string> ids;
  for (PlanNo plan = 0; plan < catalog.plans(); ++plan) {
    ids.push_back(catalog.plan(plan).id.value());
    EXPECT_EQ(catalog.FindPlan(ids.back()), plan);
    EXPECT_EQ(catalog.plan_ids()[plan], ids.back());
  }
  EXPECT_THAT(ids, ElementsAre("B", "a", "b", "\xc3\xa9"));
  EXPECT_EQ(catalog.FindPlan("c"), std::nullopt);
  EXPECT_EQ(catalog.FindSku("a"), std::nullopt);
}

TEST(CatalogTest, CompanyPlansAreNotForUsers) {
  Facts facts = tiny::Tenant();
  facts.skus[1].plans.insert(PlanId("fabric"));
  const Catalog catalog = Catalog::Build(facts);
  EXPECT_EQ(catalog.IdsOf(catalog.user_plans(*catalog.FindSku("e3"))),
            tiny::Plans({"docs", "mail"}));
  EXPECT_EQ(catalog.sku(*catalog.FindSku("e3")).plans, tiny::Plans({"docs", "fabric", "mail"}));
}

TEST(CatalogTest, UnitsCountByStatusAndNotIfSelfService) {
  const Subscription five = tiny::Units("x", "s", 5);
  const SeatSupply supply = SupplyOf(
      {With(five, SubscriptionStatus::kEnabled), With(five, SubscriptionStatus::kWarning),
       With(five, SubscriptionStatus::kEnabled, true), With(five, SubscriptionStatus::kSuspended),
       With(five, SubscriptionStatus::kLockedOut), With(five, SubscriptionStatus::kLockedOut),
       With(five, SubscriptionStatus::kSuspended, true), With(five, SubscriptionStatus::kDeleted)});
  EXPECT_EQ(supply.usable, 10);
  EXPECT_EQ(supply.parked, 15);
}

// The table of semantics section 2.
TEST(CatalogTest, CapacityFollowsFromUsableParkedAndOverage) {
  const struct {
    int64_t usable, parked, overage, capacity;
    bool off;
  } rows[] = {
      {10, 50, 0, 10, false}, {10, 0, 5, 15, false},         {10, 0, kUnlimited, kUnlimited, false},
      {0, 50, 5, 50, true},   {0, 50, kUnlimited, 50, true}, {0, 0, 5, 0, false},
      {1, 50, 0, 1, false},
  };
  for (const auto& row : rows) {
    const SeatSupply supply =
        SupplyOf({With(tiny::Units("u", "s", row.usable), SubscriptionStatus::kEnabled),
                  With(tiny::Units("p", "s", row.parked), SubscriptionStatus::kSuspended)},
                 row.overage);
    EXPECT_EQ(supply.capacity(), row.capacity);
    EXPECT_EQ(supply.off(), row.off);
  }
}

TEST(CatalogTest, ConflictsHoldInBothDirections) {
  const Catalog catalog = Catalog::Build(tiny::Tenant());
  const PlanNo kiosk = *catalog.FindPlan("kiosk");
  const PlanNo mail = *catalog.FindPlan("mail");
  EXPECT_EQ(catalog.IdsOf(catalog.conflicts_of(kiosk)), tiny::Plans({"mail"}));
  EXPECT_EQ(catalog.IdsOf(catalog.conflicts_of(mail)), tiny::Plans({"kiosk"}));
  EXPECT_EQ(catalog.IdsOf(catalog.plans_with_conflicts()), tiny::Plans({"kiosk", "mail"}));
  EXPECT_TRUE(seatwise::IsEmpty(catalog.conflicts_of(*catalog.FindPlan("docs"))));
}

TEST(CatalogTest, RequirementsComeInTheOrderOfTheirIds) {
  Facts facts = tiny::Tenant();
  facts.requirements = {tiny::Requirement("mail", {"kiosk"}), tiny::Requirement("docs", {"mail"}),
                        tiny::Requirement("mail", {"docs", "kiosk"})};
  const Catalog catalog = Catalog::Build(facts);
  const PlanNo mail = *catalog.FindPlan("mail");
  std::vector<PlanIdSet> any_ofs;
  for (const RequirementRow& row : catalog.requirements_of(mail)) {
    EXPECT_EQ(row.plan, mail);
    any_ofs.push_back(catalog.IdsOf(catalog.any_of(row.any_of)));
  }
  EXPECT_THAT(any_ofs, ElementsAre(tiny::Plans({"docs", "kiosk"}), tiny::Plans({"kiosk"})));
  EXPECT_EQ(catalog.IdsOf(catalog.plans_with_requirements()), tiny::Plans({"docs", "mail"}));
  EXPECT_THAT(catalog.requirements_of(*catalog.FindPlan("kiosk")), IsEmpty());
}

TEST(CatalogTest, ProhibitionsAreFoundByLocation) {
  Facts facts = tiny::Tenant();
  facts.prohibitions = {tiny::Prohibition("mail", "KP"), tiny::Prohibition("docs", "CU"),
                        tiny::Prohibition("docs", "KP")};
  const Catalog catalog = Catalog::Build(facts);
  EXPECT_EQ(catalog.IdsOf(catalog.prohibited_in(*Location::Parse("KP"))),
            tiny::Plans({"docs", "mail"}));
  EXPECT_TRUE(seatwise::IsEmpty(catalog.prohibited_in(*Location::Parse("DE"))));
  EXPECT_TRUE(seatwise::IsEmpty(catalog.prohibited_in(Location())));
  EXPECT_THAT(catalog.prohibiting_locations(),
              ElementsAre(*Location::Parse("CU"), *Location::Parse("KP")));
}

TEST(CatalogTest, PlansThatNeedAUniqueAddressAreMarked) {
  Facts facts = tiny::Tenant();
  facts.plans[3].unique_address = true;
  const Catalog catalog = Catalog::Build(facts);
  EXPECT_EQ(catalog.IdsOf(catalog.unique_address_plans()), tiny::Plans({"mail"}));
}

std::vector<std::string> IdsInOrder(const Catalog& catalog, PlanBits plans) {
  std::vector<std::string> ids;
  catalog.ForEachIdOf(plans, [&](absl::string_view id) { ids.emplace_back(id); });
  return ids;
}

TEST(CatalogTest, IdsOfASetComeInTheOrderOfTheirBytesWhateverTheNumbers) {
  Facts facts;
  facts.plans = {tiny::Plan("d"), tiny::Plan("b"), tiny::Plan("a"), tiny::Plan("c")};
  const PlanIdSet some = tiny::Plans({"b", "c", "d"});
  const Catalog by_id = Catalog::Build(facts);
  EXPECT_THAT(IdsInOrder(by_id, by_id.BitsOf(some)), ElementsAre("b", "c", "d"));
  const Catalog given = Catalog::BuildInOrder(facts, 4);
  EXPECT_THAT(IdsInOrder(given, given.BitsOf(some)), ElementsAre("b", "c", "d"));
  EXPECT_THAT(IdsInOrder(given, given.BitsOf({})), IsEmpty());

  // Numbers that ascend as the ids do, but with one that nothing has any more.
  std::sort(facts.plans.begin(), facts.plans.end(),
            [](const ServicePlan& x, const ServicePlan& y) { return x.id < y.id; });
  facts.plans[1].id = PlanId("");
  const Catalog with_hole = Catalog::BuildInOrder(facts, 4);
  EXPECT_THAT(IdsInOrder(with_hole, with_hole.BitsOf(tiny::Plans({"a", "c", "d"}))),
              ElementsAre("a", "c", "d"));
}

TEST(CatalogTest, AThousandPlansAndMoreWork) {
  Facts facts;
  Sku all{.id = SkuId("all")};
  for (int i = 0; i < 1'100; ++i) {
    facts.plans.push_back(tiny::Plan(absl::StrCat("p", i)));
    all.plans.insert(facts.plans.back().id);
  }
  std::reverse(facts.plans.begin(), facts.plans.end());
  facts.skus = {all};
  facts.conflicts = {tiny::Conflict("p0", "p1099")};
  const Catalog catalog = Catalog::Build(facts);
  EXPECT_EQ(catalog.words(), 18u);
  EXPECT_EQ(catalog.IdsOf(catalog.user_plans(0)), all.plans);
  EXPECT_EQ(catalog.IdsOf(catalog.BitsOf(all.plans)), all.plans);
  EXPECT_TRUE(Contains(catalog.conflicts_of(*catalog.FindPlan("p1099")), *catalog.FindPlan("p0")));
}

}  // namespace
}  // namespace seatwise
