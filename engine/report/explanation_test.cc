#include "engine/report/explanation.h"

#include <string>

#include "base/executor.h"
#include "engine/testing/tenant_builder.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/histories/load_facts.h"
#include "tests/histories/numbers.h"

namespace seatwise {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::shared_ptr<const LiveState> Live(const TenantBuilder& tenant) {
  InlineExecutor executor;
  return LiveStateFrom(histories::LoadFacts(tenant.facts, histories::AnyNumbers(tenant.facts, 4)),
                       executor);
}

std::vector<LicenseExplanation> Explained(const LiveState& state, const char* user,
                                          const char* sku = nullptr) {
  const std::optional<SkuNo> only = sku == nullptr ? std::nullopt : state.FindSku(sku);
  return ExplainLicenses(state, state.FindUser(user).value(), only);
}

PlanIdSet Plans(const LiveState& state, const std::vector<uint64_t>& bits) {
  return state.catalog().IdsOf(bits);
}

// Ana has S directly without B, and by staff, in which sales is, in full.
TEST(ExplanationTest, EverySourceSaysItsWayAndWhatItAsksFor) {
  TenantBuilder tenant;
  tenant.Plans({"A", "B"}).Sku("S", {"A", "B"}, 9).Users({"ana"}).Groups({"staff", "sales"});
  tenant.Nested("staff", "sales", 2).Member("sales", "ana", 1).Assign("staff", "S", {}, 7, 3);
  tenant.AssignUser("ana", "S", {"B"}, 0, 5);
  const auto state = Live(tenant);
  const std::vector<LicenseExplanation> licenses = Explained(*state, "ana");
  ASSERT_THAT(licenses, SizeIs(1));
  EXPECT_EQ(licenses[0].state, LicenseState::kActive);
  EXPECT_EQ(licenses[0].seats.consumed, 1);
  ASSERT_THAT(licenses[0].sources, SizeIs(2));
  const SourceExplanation& direct = licenses[0].sources[0];
  EXPECT_EQ(direct.item.source, Principal(UserId("ana")));
  EXPECT_THAT(direct.path, IsEmpty());
  EXPECT_EQ(Plans(*state, direct.plans), PlanIdSet({PlanId("A")}));
  EXPECT_EQ(Plans(*state, direct.without_plans), PlanIdSet({PlanId("B")}));
  const SourceExplanation& staff = licenses[0].sources[1];
  EXPECT_THAT(staff.path,
              ElementsAre(state->FindGroup("staff").value(), state->FindGroup("sales").value()));
  EXPECT_THAT(Plans(*state, staff.without_plans), IsEmpty());
  EXPECT_EQ(staff.priority, 7);
  EXPECT_EQ(staff.since, Time{3});
  EXPECT_EQ(staff.joined, Time{2});
}

TEST(ExplanationTest, WhoWaitsIsToldWhoIsAhead) {
  TenantBuilder tenant;
  tenant.Plans({"A"}).Sku("S", {"A"}, 1).Users({"ana", "bob", "cy", "di"}).Groups({"g"});
  tenant.Assign("g", "S").Member("g", "di", 1).Member("g", "cy", 2).Member("g", "bob", 3);
  tenant.Member("g", "ana", 4);
  const auto state = Live(tenant);
  const std::vector<LicenseExplanation> licenses = Explained(*state, "ana");
  ASSERT_TRUE(licenses.at(0).sources.at(0).queue.has_value());
  const QueuePosition& queue = *licenses[0].sources[0].queue;
  EXPECT_EQ(queue.place, 3);
  EXPECT_EQ(queue.waiting, 3);
  EXPECT_THAT(queue.ahead,
              ElementsAre(state->FindUser("cy").value(), state->FindUser("bob").value()));
  EXPECT_FALSE(Explained(*state, "di")[0].sources[0].queue.has_value());
}

TEST(ExplanationTest, OnlySomeOfALongQueueAreNamed) {
  TenantBuilder tenant;
  tenant.Plans({"A"}).Sku("S", {"A"}, 0).Groups({"g"}).Assign("g", "S");
  for (int i = 10; i < 40; ++i) {
    const std::string id = "u" + std::to_string(i);
    tenant.Users({id.c_str()}).Member("g", id.c_str(), i);
  }
  const auto state = Live(tenant);
  EXPECT_THAT(Explained(*state, "u10")[0].sources[0].queue->ahead, IsEmpty());
  EXPECT_THAT(Explained(*state, "u39")[0].sources[0].queue->ahead, SizeIs(kMostAhead));
}

TEST(ExplanationTest, OneSkuCanBeAskedFor) {
  TenantBuilder tenant;
  tenant.Plans({"A"}).Sku("S", {"A"}, 1).Sku("T", {"A"}, 1).Users({"ana", "bob"});
  tenant.AssignUser("ana", "S").AssignUser("ana", "T");
  const auto state = Live(tenant);
  EXPECT_THAT(Explained(*state, "ana"), SizeIs(2));
  const std::vector<LicenseExplanation> only = Explained(*state, "ana", "T");
  ASSERT_THAT(only, SizeIs(1));
  EXPECT_EQ(only[0].sku, state->FindSku("T").value());
  EXPECT_THAT(Explained(*state, "bob"), IsEmpty());
}

}  // namespace
}  // namespace seatwise
