#include "engine/incremental/license_diff.h"

#include <memory>
#include <string>

#include "engine/incremental/live_products.h"
#include "engine/testing/tenant_builder.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace seatwise {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Two SKUs with plans A and B, of which S is off or not.
LiveProducts Products(bool off) {
  TenantBuilder tenant;
  tenant.Plans({"A", "B"}).Sku("T", {"A", "B"}, 9);
  tenant.Sku("S", {"A"}, 9, off ? SubscriptionStatus::kSuspended : SubscriptionStatus::kEnabled);
  return LiveProducts(tenant.facts);
}

// An outcome that holds one SKU, or not, with plans as bits.
Ref<Outcome> Has(SkuNo sku, bool held, uint64_t plans, size_t words = 1) {
  auto outcome = std::make_unique<Outcome>();
  outcome->words = words;
  outcome->unions = {plans};
  outcome->unions.resize(words);
  outcome->licenses = {
      {.sku = sku, .held = held, .rejected = !held, .plans = outcome->unions.data()}};
  return Ref<Outcome>::Adopt(outcome.release());
}

constexpr SkuNo kS = 0, kT = 1;  // By id.

LicenseValue Active(const PlanIdSet& plans) { return {LicenseState::kActive, plans}; }

TEST(LicenseDiffTest, EqualChangesOfUsersAreOneRun) {
  const LiveProducts products = Products(false);
  const Ref<Outcome> a = Has(kT, true, 1), b = Has(kT, true, 3), same_as_b = Has(kT, true, 3);
  LicenseDiff diff(products, products);
  diff.Add(3, a.get(), same_as_b.get());
  diff.Add(4, nullptr, b.get());
  diff.Add(5, a.get(), b.get());
  diff.Add(7, a.get(), b.get());
  const LicenseDelta delta = std::move(diff).Take();
  ASSERT_EQ(delta.runs.size(), 2u);
  const LicenseDelta::Run gained{SkuId("T"), std::nullopt, Active({PlanId("A"), PlanId("B")}), {4}};
  EXPECT_EQ(delta.runs[0], gained);
  EXPECT_EQ(delta.runs[1].before, Active({PlanId("A")}));
  EXPECT_THAT(delta.runs[1].users, ElementsAre(3, 5, 7));
}

TEST(LicenseDiffTest, LicensesWithAllPlansOfTheirSkuShareOneSet) {
  const LiveProducts products = Products(false);
  const Ref<Outcome> part = Has(kT, true, 1), whole = Has(kT, true, 3);
  const auto gained = [&](const Outcome* outcome) {
    LicenseDiff diff(products, products);
    diff.Add(1, nullptr, outcome);
    return std::move(diff).Take().runs[0].after->enabled_plans;
  };
  EXPECT_EQ(gained(whole.get()).get(), (PlanIdSet{PlanId("A"), PlanId("B")}));
  EXPECT_EQ(&gained(whole.get()).get(), &gained(whole.get()).get());
  EXPECT_EQ(gained(part.get()).get(), PlanIdSet{PlanId("A")});
}

// The plan B, number 1, is gone afterwards: so are the plans of T as they were before.
TEST(LicenseDiffTest, PlansThatAreGoneKeepTheirIds) {
  const LiveProducts before = Products(false);
  LiveProducts after = before;
  ASSERT_EQ(before.whole_plan_ids(kT).size(), 2u);
  after.Apply({Sku{.id = SkuId("T"), .plans = {PlanId("A")}}}, {PlanId("B")});
  const Ref<Outcome> had = Has(kT, true, 3), has = Has(kT, true, 1);
  LicenseDiff diff(before, after);
  diff.Add(1, had.get(), has.get());
  const LicenseDelta delta = std::move(diff).Take();
  ASSERT_EQ(delta.runs.size(), 1u);
  EXPECT_EQ(delta.runs[0].before, Active({PlanId("A"), PlanId("B")}));
  EXPECT_EQ(delta.runs[0].after, Active({PlanId("A")}));
  EXPECT_EQ(&delta.runs[0].after->enabled_plans.get(), &after.whole_plan_ids(kT).get());
}

TEST(LicenseDiffTest, WhatIsEqualIsNoDifference) {
  const LiveProducts products = Products(false);
  const Ref<Outcome> narrow = Has(kT, true, 2), wide = Has(kT, true, 2, 3);
  LicenseDiff diff(products, products);
  diff.Add(1, narrow.get(), wide.get());
  diff.Add(2, narrow.get(), narrow.get());
  EXPECT_THAT(std::move(diff).Take().runs, IsEmpty());
}

TEST(LicenseDiffTest, WhatNobodyDidIsNoRun) {
  const LiveProducts products = Products(false);
  const Ref<Outcome> s = Has(kS, true, 1), t = Has(kT, true, 1);
  LicenseDiff diff(products, products);
  diff.Compare(s.get(), t.get());
  const LicenseDiff::RunList gained = diff.Compare(nullptr, t.get());
  diff.Add(4, gained);
  const LicenseDelta delta = std::move(diff).Take();
  ASSERT_EQ(delta.runs.size(), 1u);
  EXPECT_THAT(delta.runs[0].users, ElementsAre(4));
}

TEST(LicenseDiffTest, ASkuThatGoesOffChangesWhoeverHoldsIt) {  // S4, O2
  const LiveProducts before = Products(false), after = Products(true);
  const Ref<Outcome> holds = Has(kS, true, 1), wants = Has(kS, false, 0);
  LicenseDiff diff(before, after);
  diff.Add(1, holds.get(), holds.get());
  diff.Add(2, wants.get(), wants.get());
  const LicenseDelta delta = std::move(diff).Take();
  ASSERT_EQ(delta.runs.size(), 1u);
  EXPECT_EQ(delta.runs[0].after->state, LicenseState::kDisabled);
  EXPECT_THAT(delta.runs[0].users, ElementsAre(1));
}

TEST(LicenseDiffTest, PartsUniteToWhatOneDiffSays) {
  const LiveProducts products = Products(false);
  const Ref<Outcome> a = Has(kT, true, 1), b = Has(kT, true, 3), s = Has(kS, true, 1);
  const Outcome* const after[] = {b.get(), s.get(), nullptr, b.get(), s.get(), b.get()};
  LicenseDiff whole(products, products);
  std::vector<LicenseDelta> parts;
  for (uint32_t begin = 0; begin < 6; begin += 2) {
    LicenseDiff part(products, products);
    for (uint32_t user = begin; user < begin + 2; ++user) {
      part.Add(user, a.get(), after[user]);
      whole.Add(user, a.get(), after[user]);
    }
    parts.push_back(std::move(part).Take());
  }
  EXPECT_EQ(UniteDeltas(std::move(parts)), std::move(whole).Take());
}

TEST(LicenseDiffTest, RunsAscend) {
  const LiveProducts products = Products(false);
  const Ref<Outcome> s = Has(kS, true, 1), t = Has(kT, true, 1);
  LicenseDiff diff(products, products);
  diff.Add(1, t.get(), s.get());
  diff.Add(2, s.get(), t.get());
  diff.Add(3, nullptr, t.get());
  const LicenseDelta delta = std::move(diff).Take();
  ASSERT_EQ(delta.runs.size(), 4u);
  for (size_t i = 1; i < delta.runs.size(); ++i) EXPECT_LT(delta.runs[i - 1], delta.runs[i]);
}

}  // namespace
}  // namespace seatwise
