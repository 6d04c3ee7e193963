#include "engine/model/deletion.h"

#include <set>

#include "engine/model/fact_key.h"
#include "engine/model/facts.h"
#include "engine/model/reference.h"
#include "engine/model/tiny_tenant.h"
#include "gtest/gtest.h"

namespace seatwise {
namespace {

// Every way to name a fact has exactly one rule for when it is deleted.
TEST(DeletionTest, EveryLinkHasOneRule) {
  std::set<std::pair<FactKind, Link>> ruled;
  for (size_t kind = 0; kind < kFactKinds; ++kind) {
    for (const DeletionRule& rule : DeletionRulesOf(static_cast<FactKind>(kind))) {
      EXPECT_TRUE(ruled.emplace(static_cast<FactKind>(kind), rule.link).second);
    }
  }
  std::set<std::pair<FactKind, Link>> possible;
  Facts facts = tiny::Tenant();
  const auto add = [&](const Fact& fact) {
    ForEachReference(
        fact, [&](Link link, const FactKey& named) { possible.emplace(KindOf(named), link); });
  };
  for (const auto& row : facts.skus) add(row);
  for (const auto& row : facts.conflicts) add(row);
  for (const auto& row : facts.requirements) add(row);
  for (const auto& row : facts.prohibitions) add(row);
  for (const auto& row : facts.subscriptions) add(row);
  for (const auto& row : facts.memberships) add(row);
  for (const auto& row : facts.assignments) add(row);
  EXPECT_EQ(ruled, possible);
}

TEST(DeletionTest, OnlyMembershipsAndDirectAssignmentsGoUnasked) {
  const auto fate = [](FactKind deleted, Link link) {
    for (const DeletionRule& rule : DeletionRulesOf(deleted)) {
      if (rule.link == link) return rule.fate;
    }
    return DependentFate::kShrinks;
  };
  EXPECT_EQ(fate(FactKind::kUser, Link::kMembershipMember), DependentFate::kGoesAlong);
  EXPECT_EQ(fate(FactKind::kUser, Link::kAssignmentPrincipal), DependentFate::kGoesAlong);
  EXPECT_EQ(fate(FactKind::kGroup, Link::kMembershipGroup), DependentFate::kGoesAlong);
  EXPECT_EQ(fate(FactKind::kGroup, Link::kMembershipMember), DependentFate::kGoesAlong);
  EXPECT_EQ(fate(FactKind::kGroup, Link::kAssignmentPrincipal), DependentFate::kCascade);
  EXPECT_EQ(fate(FactKind::kSku, Link::kSubscriptionSku), DependentFate::kCascade);
  EXPECT_EQ(fate(FactKind::kSku, Link::kAssignmentSku), DependentFate::kCascade);
}

TEST(DeletionTest, SetsLoseTheDeletedPlansAndNothingElse) {
  const PlanIdSet deleted = tiny::Plans({"a", "b"});
  EXPECT_EQ(WithoutPlans(tiny::Product("s", {"a", "c"}), deleted), Fact(tiny::Product("s", {"c"})));
  EXPECT_EQ(WithoutPlans(tiny::Requirement("x", {"a", "b"}), deleted),
            Fact(tiny::Requirement("x", {})));
  EXPECT_EQ(WithoutPlans(tiny::Assigned(tiny::AUser("u"), "s", {"b", "c"}), deleted),
            Fact(tiny::Assigned(tiny::AUser("u"), "s", {"c"})));
  EXPECT_EQ(WithoutPlans(tiny::Person("u"), deleted), Fact(tiny::Person("u")));
}

}  // namespace
}  // namespace seatwise
