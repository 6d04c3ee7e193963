// Fixes of random tenants, made in earnest and judged by the reference: what is said to heal heals,
// and whoever loses something is counted.
#include <cstdint>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "engine/model/change.h"
#include "engine/model/derived.h"
#include "engine/model/facts.h"
#include "engine/model/validate.h"
#include "engine/plan/fixes.h"
#include "engine/plan/held_for_test.h"
#include "engine/plan/plan_tenant_for_test.h"
#include "engine/reference/reference.h"
#include "gtest/gtest.h"
#include "tests/histories/load_facts.h"
#include "tests/histories/numbers.h"
#include "tests/worlds/random_tenant.h"

namespace seatwise {
namespace {

constexpr uint64_t kTenants = 150;
constexpr int kMostClaims = 4;  // Of a tenant.

class FixJudge {
 public:
  explicit FixJudge(const Facts& facts)
      : tenant_(facts, histories::LoadFacts(facts, histories::AnyNumbers(facts, 4))),
        before_(DeriveReference(facts)) {}

  // Finds fixes for some rejected claims, and judges them.
  void JudgeSome() {
    int claims = 0;
    for (const ClaimItem& item : before_.items) {
      if (item.granted || claims++ >= kMostClaims) continue;
      const uint32_t user = tenant_.state->FindUser(item.user.value()).value();
      const ClaimName claim = ClaimOf(*tenant_.state, user, item);
      const auto found = FindFixes(tenant_.state, tenant_.facts, claim, tenant_.executor,
                                   {.most_fixes = 3, .most_what_ifs = 30, .now = Time{50}});
      ASSERT_TRUE(found.ok());
      searched += 1;
      healed += found->fixes.empty() ? 0 : 1;
      for (const Fix& fix : found->fixes) Judge(item.user, claim, fix);
    }
  }

  size_t searched = 0;  // Claims.
  size_t healed = 0;    // Of these, with a fix.

 private:
  void Judge(const UserId& user, const ClaimName& claim, const Fix& fix) const {
    ChangeSet changes;
    for (const FixStep& step : fix.steps) changes.changes.push_back(step.change);
    const ValidationResult valid = Validate(changes, tenant_.facts).value();
    ASSERT_TRUE(valid.changes.has_value());
    MemoryFacts then = tenant_.facts;
    then.Apply(*valid.changes);
    const Derived after = DeriveReference(then.ToFacts());
    bool exists = false;
    for (const ClaimItem& item : after.items) {
      if (item.user != user || !claim.Has(item)) continue;
      exists = true;
      EXPECT_TRUE(item.granted);
    }
    EXPECT_EQ(exists, fix.granted);
    std::set<UserId> losing = Losing(HeldOf(before_), HeldOf(after));
    std::set<UserId> gaining = Losing(HeldOf(after), HeldOf(before_));
    losing.erase(user);
    gaining.erase(user);
    EXPECT_EQ(losing.size(), static_cast<size_t>(fix.effect.others_losing));
    EXPECT_EQ(gaining.size(), static_cast<size_t>(fix.effect.others_gaining));
    for (const UserId& named : fix.effect.losing) EXPECT_TRUE(losing.contains(named));
  }

  PlanTenant tenant_;
  const Derived before_;
};

TEST(FixesRandomTest, WhatIsSuggestedHealsAndSaysWhatItTakes) {
  size_t searched = 0;
  size_t healed = 0;
  for (uint64_t seed = 0; seed < kTenants; ++seed) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    FixJudge judge(worlds::RandomTenant(seed));
    judge.JudgeSome();
    searched += judge.searched;
    healed += judge.healed;
    if (HasFailure()) return;
  }
  // Most claims can be healed somehow.
  EXPECT_GT(searched, 200u);
  EXPECT_GT(healed, searched / 2);
}

}  // namespace
}  // namespace seatwise
