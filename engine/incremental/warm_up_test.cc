#include "engine/incremental/warm_up.h"

#include "engine/incremental/live_parts.h"
#include "engine/incremental/live_tenant_for_test.h"
#include "engine/model/memory_facts.h"
#include "engine/model/validate.h"
#include "engine/testing/tenant_builder.h"
#include "gtest/gtest.h"
#include "tests/histories/load_facts.h"
#include "tests/histories/numbers.h"

namespace seatwise {
namespace {

Facts Two() {
  TenantBuilder tenant;
  tenant.Plans({"A"}).Sku("S", {"A"}, 2).Groups({"g", "h"}).Users({"ana", "bob"});
  return tenant.Assign("g", "S").Member("g", "ana", 1).facts;
}

LiveTenant Live(const Facts& facts) {
  return {facts, histories::LoadFacts(facts, histories::AnyNumbers(facts, 4))};
}

// Under the sanitizers this says that only what is there is looked at.
TEST(WarmUpTest, LooksAtNothingThatIsNotThere) {
  const LiveTenant tenant = Live(Two());
  Facts more = Two();
  more.users.push_back({.id = UserId("cid")});
  more.groups.push_back({.id = GroupId("i")});
  const std::vector<std::vector<Change>> sets = {
      {},
      {Join("g", "bob"), Leave("g", "ana")},
      {Join("h", "cid"), Join("i", "ana")},  // Neither is in the parts.
      {Put{Membership{GroupId("g"), GroupId("h"), Time{}}}},
      {Put{Assignment{.principal = GroupId("h"), .sku = SkuId("S")}}},
  };
  for (const std::vector<Change>& set : sets) {
    const MemoryFacts facts(more);
    const ValidationResult result = Validate({set}, facts).value();
    ASSERT_TRUE(result.changes.has_value());
    WarmUp(tenant.state().parts(), *result.changes);
  }
  EXPECT_EQ(tenant.state().LicensesOf(tenant.User("ana")).size(), 1u);
}

}  // namespace
}  // namespace seatwise
