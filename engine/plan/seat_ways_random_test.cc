// Ways out of shortages of random tenants, gone in earnest and judged by the reference: whoever is
// said to get a seat or to lose something does.
#include <algorithm>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "engine/model/change.h"
#include "engine/model/derived.h"
#include "engine/model/facts.h"
#include "engine/model/validate.h"
#include "engine/plan/held_for_test.h"
#include "engine/plan/plan_tenant_for_test.h"
#include "engine/plan/seat_ways.h"
#include "engine/reference/reference.h"
#include "gtest/gtest.h"
#include "tests/histories/load_facts.h"
#include "tests/histories/numbers.h"
#include "tests/worlds/random_tenant.h"

namespace seatwise {
namespace {

constexpr uint64_t kTenants = 400;
constexpr int kMostClaims = 3;  // Of a tenant.

// Some users are blocked, some guests; and some subscriptions were bought by users.
Facts WithAllKinds(Facts facts, uint64_t seed) {
  for (size_t i = 0; i < facts.users.size(); ++i) {
    facts.users[i].account_enabled = (i + seed) % 4 != 0;
    facts.users[i].user_type = (i + seed) % 4 == 1 ? UserType::kGuest : UserType::kMember;
  }
  if (!facts.subscriptions.empty() && seed % 3 == 0) facts.subscriptions[0].self_service = true;
  return facts;
}

using Kinds = std::map<SeatWayKind, int>;

class WayJudge {
 public:
  WayJudge(const Facts& facts, Kinds& kinds)
      : tenant_(facts, histories::LoadFacts(facts, histories::AnyNumbers(facts, 4))),
        before_(DeriveReference(facts)),
        kinds_(kinds) {}

  void JudgeSome() {
    int claims = 0;
    for (const ClaimItem& item : before_.items) {
      for (const Violation& violation : item.violations) {
        const auto* count = std::get_if<Count>(&violation);
        if (count == nullptr || claims++ >= kMostClaims) continue;
        for (const bool grants : {false, true}) Judge(item, count->place, grants);
      }
    }
  }

 private:
  void Judge(const ClaimItem& item, int64_t place, bool grants) {
    const uint32_t user = tenant_.state->FindUser(item.user.value()).value();
    const SeatWish wish = {.sku = tenant_.state->FindSku(item.sku.value()).value(),
                           .claim = ClaimOf(*tenant_.state, user, item),
                           .seats = place,
                           .grants = grants};
    const auto found = FindSeatWays(tenant_.state, tenant_.facts, wish, {}, tenant_.executor, {});
    ASSERT_TRUE(found.ok());
    EXPECT_LE(found->what_ifs, 9u);
    for (const SeatWay& way : found->ways) {
      ++kinds_[way.kind];
      Judge(item, wish, way);
    }
  }

  void Judge(const ClaimItem& item, const SeatWish& wish, const SeatWay& way) const {
    ChangeSet changes;
    for (const FixStep& step : way.steps) changes.changes.push_back(step.change);
    const ValidationResult valid = Validate(changes, tenant_.facts).value();
    ASSERT_TRUE(valid.changes.has_value());
    MemoryFacts then = tenant_.facts;
    then.Apply(*valid.changes);
    const Derived after = DeriveReference(then.ToFacts());
    const Held had = HeldOf(before_);
    const Held has = HeldOf(after);
    int64_t seated = 0;
    for (const auto& [key, plans] : has) seated += key.second == item.sku && !had.contains(key);
    EXPECT_EQ(way.seated, seated);
    std::set<UserId> losing;
    for (const auto& [user, sku] : Lost(had, has)) {
      const bool expected =
          sku == item.sku && std::count(way.taken_from.begin(), way.taken_from.end(), user) > 0;
      if (!expected) losing.insert(user);
    }
    EXPECT_EQ(way.losing, static_cast<int64_t>(losing.size()));
    for (const UserId& named : way.losing_sample) EXPECT_TRUE(losing.contains(named));
    for (const UserId& user : way.taken_from) {
      EXPECT_TRUE(had.contains({user, item.sku}));
      EXPECT_FALSE(has.contains({user, item.sku}));
    }
    if (wish.grants) ExpectGranted(after, item.user, wish.claim);
  }

  static void ExpectGranted(const Derived& after, const UserId& user, const ClaimName& claim) {
    bool granted = false;
    for (const ClaimItem& item : after.items) {
      granted = granted || (item.user == user && claim.Has(item) && item.granted);
    }
    EXPECT_TRUE(granted);
  }

  PlanTenant tenant_;
  const Derived before_;
  Kinds& kinds_;
};

TEST(SeatWaysRandomTest, EveryWaySeatsWhomItSaysAndSaysFromWhomItTakes) {
  Kinds kinds;
  for (uint64_t seed = 0; seed < kTenants; ++seed) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    WayJudge(WithAllKinds(worlds::RandomTenant(seed), seed), kinds).JudgeSome();
    if (HasFailure()) return;
  }
  using enum SeatWayKind;
  for (const SeatWayKind kind :
       {kBuy, kRenew, kTakeOver, kTakeFromBlocked, kTakeFromGuests, kLowerPriority}) {
    EXPECT_GT(kinds[kind], 4) << "kind " << static_cast<int>(kind);
  }
}

}  // namespace
}  // namespace seatwise
