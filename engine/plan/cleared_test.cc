#include "engine/plan/cleared.h"

#include <vector>

#include "engine/plan/plan_tenant_for_test.h"
#include "engine/testing/tenant_builder.h"
#include "gtest/gtest.h"
#include "tests/histories/load_facts.h"
#include "tests/histories/numbers.h"

namespace seatwise {
namespace {

// Ana and bob wait for S, by g and directly.
TEST(ClearedTest, OnlyItemsThatAreMeantCount) {
  TenantBuilder builder;
  builder.Plans({"A"}).Sku("S", {"A"}, 0).Users({"ana", "bob", "cy"}).Groups({"g"});
  builder.Assign("g", "S").Member("g", "ana", 1).AssignUser("bob", "S", {}, 0, 2);
  const Facts& facts = builder.facts;
  PlanTenant tenant(facts, histories::LoadFacts(facts, histories::AnyNumbers(facts, 4)));
  const std::vector<uint32_t> users = {tenant.User("ana"), tenant.User("bob"), tenant.User("cy")};
  const auto without = [&](const Trouble& trouble) {
    return CountWithout(*tenant.state, trouble, users);
  };
  using enum ViolationCode;
  EXPECT_EQ(without({.code = kCount}), 1);
  EXPECT_EQ(without({.code = kCount, .sku = SkuId("S")}), 1);
  EXPECT_EQ(without({.code = kCount, .sku = SkuId("T")}), 3);
  EXPECT_EQ(without({.code = kCount, .group = tenant.state->FindGroup("g")}), 2);
  EXPECT_EQ(without({.code = kCount, .direct = true}), 2);
  EXPECT_EQ(without({.code = kDependency}), 3);
}

}  // namespace
}  // namespace seatwise
