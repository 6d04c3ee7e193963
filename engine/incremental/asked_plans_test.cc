#include "engine/incremental/asked_plans.h"

#include <string>
#include <vector>

#include "engine/incremental/ref.h"
#include "engine/model/catalog.h"
#include "engine/model/ids.h"
#include "engine/model/plan_words.h"
#include "gtest/gtest.h"
#include "tests/histories/live_facts.h"

namespace seatwise {
namespace {

// By SKU in the order of ids: a asks for C, b for A, c for B and D.
constexpr char kTenant[] =
    "plan A unique\nplan B\nplan C\nplan D\n"
    "conflict A B\nrequire C D\n"
    "sku a plans=C\nsku b plans=A\nsku c plans=B,D\n";

class AskedPlansTest : public ::testing::Test {
 protected:
  std::vector<uint64_t> PlansOf(SkuNo sku) const {
    const PlanBits plans = catalog_.user_plans(sku);
    return {plans.begin(), plans.end()};
  }
  PlanIdSet Ids(PlanBits plans) const { return catalog_.IdsOf(plans); }
  PlanIdSet Ids(FewPlans plans) const { return IdsOf(catalog_, plans); }

  const LiveFacts facts_ = histories::LiveFactsOf(kTenant);
  const Catalog& catalog_ = facts_.catalog();
};

TEST_F(AskedPlansTest, OneItemKnowsItsNeedsAndConflicts) {
  const Ref<AskedPlans> c = AskFor(catalog_, {PlansOf(0)});
  EXPECT_EQ(Ids(c->plans()), PlanIdSet{PlanId("C")});
  ASSERT_EQ(c->need_count, 1u);
  EXPECT_EQ(Ids(c->need(0)), PlanIdSet{PlanId("D")});
  EXPECT_TRUE(c->conflicts().empty());

  const Ref<AskedPlans> a = AskFor(catalog_, {PlansOf(1)});
  EXPECT_EQ(a->need_count, 0u);
  EXPECT_EQ(Ids(a->conflicts()), PlanIdSet{PlanId("B")});
}

TEST_F(AskedPlansTest, ItemsMeetEachOthersNeedsAndConflictWithEachOther) {
  const Ref<AskedPlans> all = AskFor(catalog_, {PlansOf(0), PlansOf(1), PlansOf(2)});
  EXPECT_EQ(Ids(all->sets[1]), PlanIdSet{PlanId("A")});
  EXPECT_EQ(Ids(all->plans()).size(), 4u);
  EXPECT_EQ(all->need_count, 0u);
  EXPECT_EQ(Ids(all->conflicts()), (PlanIdSet{PlanId("A"), PlanId("B")}));
}

}  // namespace
}  // namespace seatwise
