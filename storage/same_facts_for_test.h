// Whether two views of facts answer alike. Test only.
#pragma once

#include <algorithm>
#include <vector>

#include "absl/status/status.h"
#include "engine/model/fact_key.h"
#include "engine/model/facts.h"
#include "engine/model/facts_view.h"
#include "engine/model/reference.h"
#include "gtest/gtest.h"

namespace seatwise {

// Who names a fact, in the order of keys; each must be visited once.
inline std::vector<FactKey> SortedDependents(const FactsView& facts, const FactKey& named,
                                             Link link) {
  std::vector<FactKey> keys;
  const absl::Status status = facts.ForEachDependent(named, link, [&](const FactKey& key) {
    keys.push_back(key);
    return true;
  });
  EXPECT_TRUE(status.ok()) << status;
  std::sort(keys.begin(), keys.end());
  EXPECT_EQ(std::adjacent_find(keys.begin(), keys.end()), keys.end()) << named;
  return keys;
}

// The kinds of facts that a link names.
inline bool MayName(Link link, FactKind kind) {
  switch (link) {
    case Link::kSubscriptionSku:
    case Link::kAssignmentSku:
      return kind == FactKind::kSku;
    case Link::kMembershipGroup:
      return kind == FactKind::kGroup;
    case Link::kMembershipMember:
    case Link::kAssignmentPrincipal:
      return kind == FactKind::kUser || kind == FactKind::kGroup;
    default:
      return kind == FactKind::kServicePlan;
  }
}

// Asks both everything about these keys.
inline void ExpectSameAnswers(const FactsView& actual, const FactsView& expected,
                              const std::vector<FactKey>& keys) {
  for (const FactKey& key : keys) {
    ASSERT_EQ(*actual.Contains(key), *expected.Contains(key)) << key;
    ASSERT_EQ(*actual.Find(key), *expected.Find(key)) << key;
    for (size_t i = 0; i < kLinks; ++i) {
      const Link link = static_cast<Link>(i);
      if (!MayName(link, KindOf(key))) continue;
      ASSERT_EQ(SortedDependents(actual, key, link), SortedDependents(expected, key, link))
          << key << " by " << FieldOf(link);
    }
  }
  for (size_t kind = 0; kind < kFactKinds; ++kind) {
    ASSERT_EQ(*actual.Count(static_cast<FactKind>(kind)),
              *expected.Count(static_cast<FactKind>(kind)))
        << KindNames(static_cast<FactKind>(kind));
  }
}

// The facts with every list in the order of keys.
inline Facts InOrder(Facts facts) {
  const auto sort = [](auto& rows) {
    std::sort(rows.begin(), rows.end(),
              [](const auto& a, const auto& b) { return KeyOf(Fact(a)) < KeyOf(Fact(b)); });
  };
  sort(facts.plans), sort(facts.skus), sort(facts.conflicts), sort(facts.requirements);
  sort(facts.prohibitions), sort(facts.subscriptions), sort(facts.users), sort(facts.groups);
  sort(facts.memberships), sort(facts.assignments), sort(facts.observed);
  return facts;
}

}  // namespace seatwise
