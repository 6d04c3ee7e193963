#include "engine/report/seat_outlook.h"

#include <memory>
#include <optional>
#include <string>

#include "base/executor.h"
#include "engine/testing/tenant_builder.h"
#include "gtest/gtest.h"
#include "tests/histories/load_facts.h"
#include "tests/histories/numbers.h"

namespace seatwise {
namespace {

constexpr int64_t kDay = int64_t{24} * 3600 * 1'000'000;

// Ten users hold S, of which 4 units are `second` and 8 are enabled, with `overage`.
int64_t LosingWith(Subscription second, int64_t overage = 0) {
  InlineExecutor executor;
  TenantBuilder tenant;
  tenant.Plans({"A"}).Sku("S", {"A"}, 8);
  tenant.facts.skus[0].overage_units = overage;
  second.id = SubscriptionId("second");
  second.sku = SkuId("S");
  second.units = 4;
  tenant.facts.subscriptions.push_back(second);
  for (int i = 0; i < 10; ++i) {
    const std::string id = "u" + std::to_string(i);
    tenant.Users({id.c_str()}).AssignUser(id.c_str(), "S");
  }
  const auto state = LiveStateFrom(
      histories::LoadFacts(tenant.facts, histories::AnyNumbers(tenant.facts, 4)), executor);
  return LosingUsers(*state, tenant.facts.subscriptions[1]);
}

TEST(SeatOutlookTest, UsersBeyondWhatIsLeftLoseTheirSeat) {
  EXPECT_EQ(LosingWith({}), 2);
  EXPECT_EQ(LosingWith({.status = SubscriptionStatus::kWarning}), 2);
  EXPECT_EQ(LosingWith({}, 1), 1);
  EXPECT_EQ(LosingWith({}, 5), 0);
  EXPECT_EQ(LosingWith({}, kUnlimited), 0);
}

TEST(SeatOutlookTest, UnitsThatNeverCountAreNotMissed) {
  EXPECT_EQ(LosingWith({.self_service = true}), 0);
  EXPECT_EQ(LosingWith({.status = SubscriptionStatus::kDeleted}), 0);
  // Eight hold it by the enabled ones; parked units bring nothing as long as these are there.
  EXPECT_EQ(LosingWith({.status = SubscriptionStatus::kSuspended}), 0);
}

LicenseDelta::Run Changed(const char* sku, std::optional<LicenseState> before,
                          std::optional<LicenseState> after, std::vector<uint32_t> users) {
  LicenseDelta::Run run = {.sku = SkuId(sku), .before = {}, .after = {}, .users = users};
  if (before) run.before = LicenseValue{.state = *before, .enabled_plans = {}};
  if (after) run.after = LicenseValue{.state = *after, .enabled_plans = {}};
  return run;
}

TEST(SeatOutlookTest, WhoBeginsOrCeasesToHoldMoves) {
  using enum LicenseState;
  SeatMovements movements;
  movements.Add(
      {.runs = {Changed("S", {}, kActive, {1, 2, 3}), Changed("S", kError, kDisabled, {4}),
                Changed("S", kActive, kActiveWithError, {5}), Changed("S", {}, kError, {6})}});
  movements.Add(
      {.runs = {Changed("S", kActive, {}, {1}), Changed("S", kActiveWithError, kError, {2}),
                Changed("T", kError, {}, {1})}});
  EXPECT_EQ(movements.Of(SkuId("S")).joined, 4);
  EXPECT_EQ(movements.Of(SkuId("S")).left, 2);
  EXPECT_EQ(movements.Of(SkuId("T")).joined, 0);
  EXPECT_EQ(movements.Of(SkuId("T")).left, 0);
}

// Of 100 seats `consumed` are taken; what comes of `joined` and `left` in `days`: in how many days
// they run out, -1 for never.
int64_t DaysLeft(int64_t consumed, SeatMovement movement, int64_t days, int64_t capacity = 100) {
  const Time now{1000 * kDay};
  const SeatOutlook outlook = OutlookOf({.usable = 100, .capacity = capacity, .consumed = consumed},
                                        movement, Time{now.micros - days * kDay}, now);
  return outlook.runs_out_at ? (outlook.runs_out_at->micros - now.micros) / kDay : -1;
}

TEST(SeatOutlookTest, SeatsRunOutAtTheRateOfTheJournal) {
  // 5 a week net: 40 free seats last 8 weeks.
  EXPECT_EQ(DaysLeft(60, {.joined = 12, .left = 2}, 14), 56);
  EXPECT_EQ(DaysLeft(60, {.joined = 2, .left = 2}, 14), -1);
  EXPECT_EQ(DaysLeft(60, {.joined = 2, .left = 3}, 14), -1);
  EXPECT_EQ(DaysLeft(100, {.joined = 2, .left = 3}, 14), 0);
  EXPECT_EQ(DaysLeft(101, {}, 14), 0);
  EXPECT_EQ(DaysLeft(99, {.joined = 1, .left = 0}, 14, kUnlimited), -1);
}

TEST(SeatOutlookTest, ADayCountsAsAWeekAndTenYearsAreTheEnd) {
  EXPECT_EQ(DaysLeft(60, {.joined = 40, .left = 0}, 1), 7);
  // One in 52 weeks: 9 seats last nine years, 11 are too far.
  EXPECT_EQ(DaysLeft(91, {.joined = 1, .left = 0}, 364), 9 * 364);
  EXPECT_EQ(DaysLeft(89, {.joined = 1, .left = 0}, 364), -1);
}

}  // namespace
}  // namespace seatwise
