#include "engine/model/overlay_facts.h"

#include <set>
#include <vector>

#include "absl/status/status.h"
#include "engine/model/change.h"
#include "engine/model/fact_key.h"
#include "engine/model/facts.h"
#include "engine/model/ids.h"
#include "engine/model/memory_facts.h"
#include "engine/model/odd_views.h"
#include "engine/model/reference.h"
#include "engine/model/tiny_tenant.h"
#include "engine/model/validate.h"
#include "gtest/gtest.h"

namespace seatwise {
namespace {

std::multiset<FactKey> Dependents(const FactsView& facts, const FactKey& named, Link link) {
  std::multiset<FactKey> keys;
  EXPECT_TRUE(facts
                  .ForEachDependent(named, link,
                                    [&](const FactKey& key) {
                                      keys.insert(key);
                                      return true;
                                    })
                  .ok());
  return keys;
}

// Replaces, adds and deletes, with and without dependents.
ChangeSet Mixed() {
  return {{Put{tiny::Product("e1", {"mail"})}, Put{tiny::Person("cid")},
           Put{tiny::Member("staff", tiny::AUser("cid"))}, Delete{UserId("ana")},
           Delete{PlanId("docs"), true}}};
}

TEST(OverlayFactsTest, ReadsAsIfTheChangesWereApplied) {
  const MemoryFacts stored(tiny::Tenant());
  MemoryFacts applied(tiny::Tenant());
  const auto result = Validate(Mixed(), stored);
  ASSERT_TRUE(result.ok() && result->changes);
  applied.Apply(*result->changes);
  const OverlayFacts overlay(stored, *result->changes);

  std::vector<FactKey> keys = {TenantSettingsKey(), PlanId("nothing")};
  for (const Fact& fact : result->changes->puts()) keys.push_back(KeyOf(fact));
  for (const FactKey& key : result->changes->deletes()) keys.push_back(key);
  for (const char* id : {"ana", "bob", "cid", "staff", "e1", "e3", "docs", "mail", "kiosk"}) {
    for (const FactKey& key :
         std::vector<FactKey>{PlanId(id), SkuId(id), UserId(id), GroupId(id)}) {
      keys.push_back(key);
    }
  }
  for (const FactKey& key : keys) {
    EXPECT_EQ(*overlay.Contains(key), *applied.Contains(key)) << key;
    EXPECT_EQ(*overlay.Find(key), *applied.Find(key)) << key;
    for (size_t link = 0; link < kLinks; ++link) {
      EXPECT_EQ(Dependents(overlay, key, static_cast<Link>(link)),
                Dependents(applied, key, static_cast<Link>(link)))
          << key << " " << link;
    }
  }
  for (size_t kind = 0; kind < kFactKinds; ++kind) {
    EXPECT_EQ(*overlay.Count(static_cast<FactKind>(kind)),
              *applied.Count(static_cast<FactKind>(kind)));
  }
}

TEST(OverlayFactsTest, AVisitMayStopAmongTheChangesAndBehindThem) {
  const MemoryFacts stored(tiny::Tenant());
  const auto result = Validate({{Put{tiny::Member("board", tiny::AUser("ana"))}}}, stored);
  ASSERT_TRUE(result.ok() && result->changes);
  const OverlayFacts overlay(stored, *result->changes);
  for (int last : {1, 2}) {
    int visits = 0;
    EXPECT_TRUE(overlay
                    .ForEachDependent(GroupId("board"), Link::kMembershipGroup,
                                      [&](const FactKey&) { return ++visits < last; })
                    .ok());
    EXPECT_EQ(visits, last);
  }
}

TEST(OverlayFactsTest, FailsWhereTheStoreFails) {
  const auto result = Validate({{Put{tiny::Person("cid")}}}, MemoryFacts(tiny::Tenant()));
  ASSERT_TRUE(result.ok() && result->changes);
  const BrokenFacts broken;
  const OverlayFacts overlay(broken, *result->changes);
  EXPECT_TRUE(overlay.Contains(UserId("cid")).ok());
  EXPECT_EQ(overlay.Contains(UserId("ana")).status().code(), absl::StatusCode::kUnavailable);
  EXPECT_FALSE(overlay.Find(UserId("ana")).ok());
  EXPECT_FALSE(overlay.Count(FactKind::kUser).ok());
  EXPECT_FALSE(overlay
                   .ForEachDependent(UserId("cid"), Link::kMembershipMember,
                                     [](const FactKey&) { return true; })
                   .ok());
}

}  // namespace
}  // namespace seatwise
