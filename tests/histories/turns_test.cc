// What becomes of many users with one outcome when a group asks for something else, where users
// differ in nothing but which of their claims stands before which: few plans, of which most need
// another and some conflict, few seats for them, few times, so that many are equal.
//
// SEATWISE_HISTORIES is the number of histories (default 1,000, 8 changes each); give it with
// --test_env.
#include <cstdint>
#include <cstdlib>
#include <initializer_list>
#include <string>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "base/sanitizers.h"
#include "base/time.h"
#include "engine/incremental/prepare_options.h"
#include "engine/model/change.h"
#include "engine/model/facts.h"
#include "engine/model/ids.h"
#include "engine/reference/reference.h"
#include "engine/testing/tenant_builder.h"
#include "gtest/gtest.h"
#include "tests/histories/engine_under_test.h"
#include "tests/histories/history.h"
#include "tests/histories/history_judge.h"
#include "tests/histories/live_engine.h"
#include "tests/worlds/dice.h"

namespace seatwise::histories {
namespace {

constexpr const char* kGroups[] = {"all", "east", "west"};
constexpr const char* kSkus[] = {"F", "G", "S", "T", "U", "V", "W"};
constexpr int kUsers = 8;

int64_t AnyTime(worlds::Dice& dice) { return dice.Below(4); }

Change Ask(worlds::Dice& dice, const char* group, const char* sku) {
  return Put{Assignment{.principal = GroupId(group),
                        .sku = SkuId(sku),
                        .priority = dice.Chance(80) ? 0 : dice.Between(-1, 1),
                        .assigned_at = Time{AnyTime(dice)}}};
}

Facts AnyTenant(worlds::Dice& dice) {
  TenantBuilder tenant;
  tenant.Plans({"A", "B", "M", "N", "X"}).Requires("N", {"A", "B"}).Requires("M", {"N"});
  if (dice.Chance(30)) tenant.Requires("N", {"B", "X"});
  if (dice.Chance(30)) tenant.Conflict("X", "N");
  if (dice.Chance(30)) tenant.Conflict("X", "M");
  tenant.Sku("F", {"A"}, 99).Sku("G", {"B"}, 99).Sku("T", {"A", "B"}, 99).Sku("U", {"M"}, 99);
  tenant.Sku("S", {"X"}, dice.Between(2, 99)).Sku("V", {"N"}, dice.Between(1, 5));
  tenant.Sku("W", {"M", "N"}, dice.Between(1, 5)).Groups({"all", "east", "west"});
  if (dice.Chance(25)) tenant.Atomic();
  if (dice.Chance(30)) tenant.Nested("all", "west", AnyTime(dice));
  for (int i = 0; i < kUsers; ++i) {
    const std::string user = absl::StrCat("user", i);
    tenant.Users({user.c_str()}).Member("all", user.c_str(), AnyTime(dice));
    if (dice.Chance(90)) tenant.Member("east", user.c_str(), AnyTime(dice));
    if (dice.Chance(30)) tenant.Member("west", user.c_str(), AnyTime(dice));
  }
  const auto assign = [&](const char* group, std::initializer_list<const char*> skus) {
    for (const char* sku : skus) {
      if (!dice.Chance(60)) continue;
      tenant.Assign(group, sku, {}, dice.Chance(80) ? 0 : dice.Between(-1, 1), AnyTime(dice));
    }
  };
  assign("all", {"F", "G", "S"});
  assign("east", {"V", "W", "G"});
  assign("west", {"V", "U", "F"});
  return tenant.facts;
}

History AnyHistory(uint64_t seed) {
  worlds::Dice dice(seed);
  History history{.start = AnyTenant(dice), .steps = {}};
  for (int step = 0; step < 8; ++step) {
    const char* group = dice.Chance(70) ? "all" : dice.Pick(kGroups);
    const char* sku = dice.Chance(50) ? "T" : dice.Pick(kSkus);
    ChangeSet changes;
    if (dice.Chance(50)) {
      changes.changes.push_back(Ask(dice, group, sku));
    } else {
      changes.changes.push_back(Delete{AssignmentKey{GroupId(group), SkuId(sku)}});
    }
    history.steps.push_back(changes);
  }
  return history;
}

TEST(TurnsTest, UsersWhoDifferInTheirTurnsAloneAreToldApart) {
  uint64_t histories = kSanitized ? 100 : 1'000;
  const char* more = std::getenv("SEATWISE_HISTORIES");
  if (more != nullptr) {
    ASSERT_TRUE(absl::SimpleAtoi(more, &histories)) << more;
  }
  const IncrementalEngine engine = LiveEngine({.limits = {.many = 1}});
  for (uint64_t seed = 0; seed < histories; ++seed) {
    const HistoryJudge judge{.derive = DeriveReference, .seed = seed};
    const History history = AnyHistory(seed);
    ASSERT_FALSE(judge.Find(engine, history).has_value()) << "seed " << seed << "\n"
                                                          << judge.Explain(engine, history);
  }
}

}  // namespace
}  // namespace seatwise::histories
