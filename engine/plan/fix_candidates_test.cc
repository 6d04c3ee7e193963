#include "engine/plan/fix_candidates.h"

#include "engine/plan/plan_tenant_for_test.h"
#include "engine/testing/tenant_builder.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/histories/load_facts.h"
#include "tests/histories/numbers.h"

namespace seatwise {
namespace {

using ::testing::ElementsAre;

PlanTenant Live(const TenantBuilder& builder) {
  const Facts& facts = builder.facts;
  return {facts, histories::LoadFacts(facts, histories::AnyNumbers(facts, 4))};
}

// The kinds of the candidates for the first rejected claim of a user.
std::vector<FixKind> KindsFor(const TenantBuilder& builder, const char* user) {
  const PlanTenant tenant = Live(builder);
  const std::vector<ClaimItem> items = tenant.state->Explain(tenant.User(user));
  std::vector<FixKind> kinds;
  for (const ClaimItem& item : items) {
    if (item.granted) continue;
    const ClaimName claim = ClaimOf(*tenant.state, tenant.User(user), item);
    const Draft draft(tenant.facts);
    const auto candidates = CandidatesFor(*tenant.state, draft, claim, items, Time{9});
    for (const FixCandidate& candidate : *candidates) {
      for (const FixStep& step : candidate.steps) kinds.push_back(step.kind);
    }
    break;
  }
  return kinds;
}

using enum FixKind;

TEST(FixCandidatesTest, EachViolationHasItsIdeas) {
  TenantBuilder base;
  base.Plans({"A", "B"}).Sku("S", {"A", "B"}, 9).Groups({"g"}).Users({"ana"});
  {
    TenantBuilder tenant = base;  // K1
    tenant.facts.settings.default_usage_location = Location();
    tenant.AssignUser("ana", "S");
    EXPECT_THAT(KindsFor(tenant, "ana"), ElementsAre(kSetUsageLocation, kDropAssignment));
  }
  {
    TenantBuilder tenant = base;  // K2
    tenant.Prohibited("A", "US").Assign("g", "S").Member("g", "ana");
    EXPECT_THAT(KindsFor(tenant, "ana"), ElementsAre(kDisablePlans, kDropAssignment, kLeaveGroup));
  }
  {
    TenantBuilder tenant = base;  // K3
    tenant.UniqueAddressPlan("U").Sku("T", {"U", "A"}, 9);
    tenant.UserWithAddress("bob", "x", 1).UserWithAddress("cy", "x", 2).AssignUser("cy", "T");
    EXPECT_THAT(KindsFor(tenant, "cy"), ElementsAre(kDropAddress, kDisablePlans, kDropAssignment));
  }
  {
    TenantBuilder tenant = base;  // K4
    tenant.Plans({"C"}).Sku("T", {"B", "C"}, 9).Conflict("A", "C").Member("g", "ana", 5);
    tenant.AssignUser("ana", "T").Assign("g", "S");
    EXPECT_THAT(KindsFor(tenant, "ana"), ElementsAre(kDropAssignment, kDisablePlans, kDisablePlans,
                                                     kDropAssignment, kLeaveGroup));
  }
  {
    TenantBuilder tenant = base;  // K5
    tenant.Plans({"C"}).Sku("T", {"C"}, 9).Requires("A", {"C"}).AssignUser("ana", "S");
    EXPECT_THAT(KindsFor(tenant, "ana"), ElementsAre(kAssign, kDisablePlans, kDropAssignment));
  }
  {
    TenantBuilder tenant = base;  // K6
    tenant.Sku("T", {"A"}, 0).AssignUser("ana", "T");
    EXPECT_THAT(KindsFor(tenant, "ana"), ElementsAre(kBuySeats));
  }
}

TEST(FixCandidatesTest, UnitsCountFromWhatIsTaken) {
  EXPECT_EQ(UnitsFor({.usable = 5, .capacity = 5, .consumed = 5}, 0, 3), 3);
  EXPECT_EQ(UnitsFor({.usable = 5, .capacity = 7, .consumed = 7}, 2, 1), 1);
  // S3: the first unit that is usable makes parked ones worthless.
  EXPECT_EQ(UnitsFor({.usable = 0, .parked = 5, .capacity = 5, .consumed = 5}, 0, 1), 6);
  EXPECT_EQ(UnitsFor({.usable = 0}, kUnlimited, 9), 1);
}

}  // namespace
}  // namespace seatwise
