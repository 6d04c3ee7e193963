// What FactsView promises of dependents beyond their being right (tenant_store_test.cc).
#include "engine/model/tiny_tenant.h"
#include "gtest/gtest.h"
#include "storage/facts_snapshot.h"
#include "storage/tenant_for_test.h"

namespace seatwise {
namespace {

using FactsDependentsTest = TenantFixture;
SEATWISE_ON_BOTH_STORES(FactsDependentsTest);

// A tenant in which everything is named at least twice.
ChangeSet Web() {
  ChangeSet set;
  for (const char* plan : {"p", "q", "r"}) set.changes.push_back(Put{tiny::Plan(plan)});
  for (const char* sku : {"A", "B"}) set.changes.push_back(Put{tiny::Product(sku, {"p", "q"})});
  for (const char* other : {"q", "r"}) set.changes.push_back(Put{tiny::Conflict("p", other)});
  for (const char* id : {"s", "t"}) set.changes.push_back(Put{tiny::Units(id, "A", 1)});
  for (const char* id : {"u", "v", "w"}) {
    set.changes.push_back(Put{tiny::Person(id)});
    set.changes.push_back(Put{tiny::Team(id)});
  }
  for (const char* id : {"v", "w"}) {
    set.changes.push_back(Put{tiny::Member("u", tiny::AUser(id))});
    set.changes.push_back(Put{tiny::Member("u", tiny::AGroup(id))});
    set.changes.push_back(Put{tiny::Member(id, tiny::AUser("u"))});
  }
  for (const char* sku : {"A", "B"}) {
    set.changes.push_back(
        Put{Assignment{tiny::AUser("u"), SkuId(sku), tiny::Plans({"p", "q"}), 0, Time{}}});
    set.changes.push_back(Put{Assignment{tiny::AGroup("u"), SkuId(sku), {}, 0, Time{}}});
  }
  return set;
}

TEST_P(FactsDependentsTest, AVisitThatStopsIsTheLast) {
  ASSERT_TRUE(Commit(Web()));
  const auto facts = tenant_->tip();
  const std::pair<FactKey, Link> questions[] = {
      {PlanId("p"), Link::kSkuPlan},          {PlanId("p"), Link::kConflictPlan},
      {SkuId("A"), Link::kSubscriptionSku},   {GroupId("u"), Link::kMembershipGroup},
      {UserId("u"), Link::kMembershipMember}, {UserId("u"), Link::kAssignmentPrincipal},
      {SkuId("A"), Link::kAssignmentSku},     {PlanId("p"), Link::kAssignmentDisabledPlan}};
  for (const auto& [named, link] : questions) {
    int visits = 0;
    ASSERT_TRUE(facts
                    ->ForEachDependent(named, link,
                                       [&](const FactKey&) {
                                         ++visits;
                                         return false;
                                       })
                    .ok());
    EXPECT_EQ(visits, 1) << named << " by " << FieldOf(link);
  }
}

TEST_P(FactsDependentsTest, AVisitMayReadTheFacts) {
  ASSERT_TRUE(Commit(Web()));
  const auto facts = tenant_->tip();
  int found = 0;
  ASSERT_TRUE(facts
                  ->ForEachDependent(GroupId("u"), Link::kMembershipGroup,
                                     [&](const FactKey& key) {
                                       found += facts->Find(key)->has_value() ? 1 : 0;
                                       return true;
                                     })
                  .ok());
  EXPECT_EQ(found, 4);
}

TEST_P(FactsDependentsTest, NobodyNamesWhatIsNotThere) {
  ASSERT_TRUE(Commit(Web()));
  for (const Link link :
       {Link::kMembershipGroup, Link::kMembershipMember, Link::kAssignmentPrincipal}) {
    EXPECT_TRUE(tenant_->tip()
                    ->ForEachDependent(GroupId("nobody"), link,
                                       [](const FactKey&) {
                                         ADD_FAILURE();
                                         return true;
                                       })
                    .ok());
  }
}

}  // namespace
}  // namespace seatwise
