#include "engine/model/dependent_index.h"

#include <vector>

#include "engine/model/fact_key.h"
#include "engine/model/ids.h"
#include "engine/model/tiny_tenant.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace seatwise {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<FactKey> Dependents(const DependentIndex& index, const FactKey& named, Link link) {
  std::vector<FactKey> keys;
  EXPECT_TRUE(index.ForEach(named, link, [&](const FactKey& key) {
    keys.push_back(key);
    return true;
  }));
  return keys;
}

TEST(DependentIndexTest, AnswersByWhatIsNamedAndHow) {
  DependentIndex index;
  index.Add(tiny::Member("g", tiny::AGroup("h")));
  index.Add(tiny::Member("g", tiny::AUser("u")));
  index.Add(tiny::Member("h", tiny::AUser("u")));
  EXPECT_THAT(Dependents(index, GroupId("h"), Link::kMembershipGroup),
              ElementsAre(MembershipKey{GroupId("h"), UserId("u")}));
  EXPECT_THAT(Dependents(index, GroupId("h"), Link::kMembershipMember),
              ElementsAre(MembershipKey{GroupId("g"), GroupId("h")}));
  EXPECT_THAT(Dependents(index, GroupId("g"), Link::kMembershipGroup),
              ElementsAre(MembershipKey{GroupId("g"), UserId("u")},
                          MembershipKey{GroupId("g"), GroupId("h")}));
  EXPECT_THAT(Dependents(index, UserId("h"), Link::kMembershipMember), IsEmpty());
}

TEST(DependentIndexTest, WhatIsRemovedIsNotFound) {
  DependentIndex index;
  index.Add(tiny::Product("s", {"a", "b"}));
  index.Add(tiny::Product("t", {"a"}));
  index.Remove(tiny::Product("s", {"a", "b"}));
  EXPECT_THAT(Dependents(index, PlanId("a"), Link::kSkuPlan), ElementsAre(SkuId("t")));
  EXPECT_THAT(Dependents(index, PlanId("b"), Link::kSkuPlan), IsEmpty());
  index.Remove(tiny::Product("never", {"b"}));
  EXPECT_THAT(Dependents(index, PlanId("a"), Link::kSkuPlan), ElementsAre(SkuId("t")));
}

TEST(DependentIndexTest, AVisitMayStop) {
  DependentIndex index;
  index.Add(tiny::Product("s", {"a"}));
  index.Add(tiny::Product("t", {"a"}));
  int visits = 0;
  EXPECT_FALSE(index.ForEach(PlanId("a"), Link::kSkuPlan, [&](const FactKey&) {
    ++visits;
    return false;
  }));
  EXPECT_EQ(visits, 1);
}

}  // namespace
}  // namespace seatwise
