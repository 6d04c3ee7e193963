#include "engine/incremental/claim_shape.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/incremental/asked_plans.h"
#include "engine/incremental/live_facts.h"
#include "engine/model/catalog.h"
#include "engine/model/ids.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/histories/live_facts.h"

namespace seatwise {
namespace {

using histories::LiveFactsOf;

using ::testing::ElementsAre;

constexpr char kTenant[] =
    "plan A unique\nplan B\nplan C\nplan D\n"
    "conflict A B\nrequire C D\n"
    "sku z plans=A,B\nsku m plans=B,D\nsku a plans=C\n"
    "group g -> z @5 priority=2\ngroup g -> m @3 priority=1 off=D\ngroup g -> a @4\n";

// The shapes of the group, as SKUs, priority, time and flags.
std::vector<std::string> ShapesOfGroup(const LiveFacts& facts) {
  std::vector<std::string> texts;
  for (const Ref<ClaimShape>& shape : facts.shapes[0]->list) {
    std::string text;
    for (const ShapeItem& item : shape->items) {
      absl::StrAppend(&text, facts.catalog().sku(item.sku).id.value(), "(");
      for (const PlanId& plan : facts.catalog().IdsOf(shape->plans(item))) {
        absl::StrAppend(&text, plan.value());
      }
      absl::StrAppend(&text, ") ");
    }
    texts.push_back(absl::StrCat(text, shape->head.priority, "@", shape->head.assigned_at.micros,
                                 shape->head.conflicts_with_itself ? " K4" : "",
                                 shape->head.needs_others ? " K5" : "",
                                 shape->head.wants_unique_address ? " K3" : "", " first ",
                                 facts.catalog().sku(shape->smallest_sku).id.value()));
  }
  return texts;
}

TEST(ClaimShapeTest, AssignmentsAreClaimsOfTheirOwnByIdOfTheSku) {
  EXPECT_THAT(ShapesOfGroup(LiveFactsOf(kTenant)),
              ElementsAre("a(C) 0@4 K5 first a", "m(B) 1@3 first m", "z(AB) 2@5 K4 K3 first z"));
}

TEST(ClaimShapeTest, AGroupIsOneClaimWhereItIsAtomic) {
  EXPECT_THAT(ShapesOfGroup(LiveFactsOf(absl::StrCat("tenant atomic\n", kTenant))),
              ElementsAre("a(C) m(B) z(AB) 2@3 K4 K5 K3 first a"));
}

TEST(ClaimShapeTest, AShapeKnowsWhatConflictsAndWhatItNeeds) {
  for (const char* mode : {"", "tenant atomic\n"}) {
    const LiveFacts facts = LiveFactsOf(absl::StrCat(mode, kTenant));
    const Catalog& catalog = facts.catalog();
    for (const Ref<ClaimShape>& shape : facts.shapes[0]->list) {
      const bool has_a = catalog.IdsOf(shape->asked->plans()).contains(PlanId("A"));
      const bool has_c = catalog.IdsOf(shape->asked->plans()).contains(PlanId("C"));
      EXPECT_EQ(IdsOf(catalog, shape->asked->conflicts()).contains(PlanId("B")), has_a) << mode;
      ASSERT_EQ(shape->asked->need_count, has_c ? 1u : 0u) << mode;
      if (has_c) {
        EXPECT_EQ(IdsOf(catalog, shape->asked->need(0)), PlanIdSet{PlanId("D")});
      }
    }
  }
}

TEST(ClaimShapeTest, DisabledSetsMayBeShorterThanTheCatalogs) {
  Facts products;
  for (int i = 0; i < 70; ++i) {
    products.plans.push_back({.id = PlanId(absl::StrCat("p", 100 + i))});
  }
  products.skus = {{.id = SkuId("s"), .plans = {PlanId("p100"), PlanId("p101"), PlanId("p169")}}};
  const Catalog catalog = Catalog::Build(products);
  PlanSet disabled;
  disabled.bits = {1};
  const LiveAssignment assignment{.disabled = Ref<PlanSet>::Make(disabled)};
  EXPECT_EQ(catalog.IdsOf(PlansOf(catalog, assignment)),
            (PlanIdSet{PlanId("p101"), PlanId("p169")}));
}

}  // namespace
}  // namespace seatwise
