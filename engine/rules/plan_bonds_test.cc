#include "engine/rules/plan_bonds.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/model/catalog.h"
#include "engine/model/plan_bits.h"
#include "engine/testing/tenant_builder.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace seatwise {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// The plans of the bonds of these plans, by id.
std::vector<std::string> BondsOf(const Catalog& catalog, const PlanIdSet& plans) {
  const PlanBonds bonds(catalog);
  std::vector<std::string> ids;
  ForEachPlan(bonds.Of(catalog.BitsOf(plans)),
              [&](uint32_t bond) { ids.push_back(catalog.plan(bonds.plans()[bond]).id.value()); });
  return ids;
}

PlanIdSet Ids(std::vector<std::string> ids) {
  PlanIdSet set;
  for (std::string& id : ids) set.insert(PlanId(std::move(id)));
  return set;
}

TEST(PlanBondsTest, PlansThatConflictOrAreRequiredDecide) {
  TenantBuilder tenant;
  tenant.Plans({"A", "B", "C", "D", "E", "F"}).Conflict("B", "D").Requires("C", {"E", "D"});
  const Catalog catalog = Catalog::Build(tenant.facts);
  EXPECT_THAT(BondsOf(catalog, Ids({"A", "B", "C", "D", "E", "F"})), ElementsAre("B", "D", "E"));
  EXPECT_THAT(BondsOf(catalog, Ids({"C", "E"})), ElementsAre("E"));
  EXPECT_THAT(BondsOf(catalog, Ids({"A", "F"})), IsEmpty());
}

TEST(PlanBondsTest, SetsAreAsLongAsBondsNeedAndNotPlans) {
  TenantBuilder tenant;
  PlanIdSet all;
  for (int i = 0; i < 300; ++i) {
    const std::string id = absl::StrCat("P", 100 + i);
    tenant.Plans({id.c_str()});
    all.insert(PlanId(id));
  }
  EXPECT_EQ(PlanBonds(Catalog::Build(tenant.facts)).words(), 1u);
  for (int i = 0; i < 70; ++i) {
    tenant.Requires(absl::StrCat("P", 300 + i).c_str(), {absl::StrCat("P", 100 + i).c_str()});
  }
  const Catalog catalog = Catalog::Build(tenant.facts);
  EXPECT_EQ(PlanBonds(catalog).words(), 2u);
  EXPECT_EQ(BondsOf(catalog, all).size(), 70u);
}

TEST(PlanBondsTest, AnEmptyCatalogHasNone) {
  const PlanBonds bonds{Catalog()};
  EXPECT_THAT(bonds.plans(), IsEmpty());
  EXPECT_EQ(bonds.Of({}).size(), bonds.words());
}

}  // namespace
}  // namespace seatwise
