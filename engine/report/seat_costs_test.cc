#include "engine/report/seat_costs.h"

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/executor.h"
#include "engine/reference/reference.h"
#include "engine/testing/tenant_builder.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/histories/load_facts.h"
#include "tests/histories/numbers.h"
#include "tests/worlds/random_tenant.h"

namespace seatwise {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

std::shared_ptr<const LiveState> Live(const Facts& facts) {
  InlineExecutor executor;
  return LiveStateFrom(histories::LoadFacts(facts, histories::AnyNumbers(facts, 4)), executor);
}

Subscription Bought(const char* id, int64_t units, std::optional<int64_t> price,
                    const char* currency = "EUR") {
  Subscription subscription = {
      .id = SubscriptionId(id), .sku = SkuId("S"), .units = units, .currency = currency};
  if (price) subscription.unit_price = UnitPrice{*price};
  return subscription;
}

// What `seats` cost where these were bought of S.
Costs CostsOf(std::vector<Subscription> bought, int64_t seats) {
  TenantBuilder tenant;
  tenant.Plans({"A"});
  tenant.facts.skus.push_back({.id = SkuId("S"), .plans = {PlanId("A")}});
  tenant.facts.subscriptions = std::move(bought);
  const auto state = Live(tenant.facts);
  return SeatPrices(*state, tenant.facts.subscriptions).Of(*state->FindSku("S"), seats);
}

TEST(SeatCostsTest, ASeatCostsWhatUsableUnitsCostOnAverage) {
  // 10 at 1.00 and 30 at 2.00 are 70 in all, 1.75 each.
  const std::vector<Subscription> two = {Bought("a", 10, 10'000), Bought("b", 30, 20'000)};
  EXPECT_THAT(CostsOf(two, 40), ElementsAre(Pair("EUR", 700'000)));
  EXPECT_THAT(CostsOf(two, 1), ElementsAre(Pair("EUR", 17'500)));
  EXPECT_THAT(CostsOf(two, 44), ElementsAre(Pair("EUR", 770'000)));
  EXPECT_THAT(CostsOf(two, 0), IsEmpty());
  // 20 / 3 = 6.67 to the nearest.
  EXPECT_THAT(CostsOf({Bought("a", 1, 20), Bought("b", 2, {})}, 1), ElementsAre(Pair("EUR", 7)));
  EXPECT_THAT(CostsOf({Bought("a", 3, -7)}, 2), ElementsAre(Pair("EUR", -14)));
}

TEST(SeatCostsTest, CurrenciesAreNotAddedUp) {
  EXPECT_THAT(CostsOf({Bought("a", 1, 40), Bought("b", 3, 80, "USD"), Bought("c", 4, 8, "")}, 2),
              ElementsAre(Pair("", 8), Pair("EUR", 10), Pair("USD", 60)));
}

TEST(SeatCostsTest, OnlyUsableUnitsCost) {
  std::vector<Subscription> bought = {Bought("a", 2, 100), Bought("b", 2, 100), Bought("c", 2, 100),
                                      Bought("d", 2, 100)};
  bought[0].status = SubscriptionStatus::kWarning;
  bought[1].status = SubscriptionStatus::kSuspended;
  bought[2].status = SubscriptionStatus::kDeleted;
  bought[3].self_service = true;
  EXPECT_THAT(CostsOf(bought, 2), ElementsAre(Pair("EUR", 200)));
  bought.erase(bought.begin());
  EXPECT_THAT(CostsOf(bought, 2), IsEmpty());
}

TEST(SeatCostsTest, TheLargestFactsDoNotOverflow) {
  const int64_t most = 1'000'000'000'000;
  EXPECT_THAT(CostsOf({Bought("a", most, 9'000'000'000'000'000'000)}, most),
              ElementsAre(Pair("EUR", INT64_MAX)));
  EXPECT_THAT(CostsOf({Bought("a", most, 9'000'000'000'000'000'000)}, 1),
              ElementsAre(Pair("EUR", 9'000'000'000'000'000'000)));
}

TEST(SeatCostsTest, ASubscriptionCostsItsUnitsWhateverItsStatus) {
  Subscription suspended = Bought("a", 3, 100);
  suspended.status = SubscriptionStatus::kSuspended;
  EXPECT_EQ(CostOf(suspended), 300);
  EXPECT_EQ(CostOf(Bought("b", 3, {})), std::nullopt);
}

// "g S 2 1": the group, the SKU, seats by it and by it alone.
std::vector<std::string> Lines(const LiveState& state) {
  std::vector<std::string> lines;
  for (const SourceSeats& row : SeatsBySource(state)) {
    lines.push_back(absl::StrCat(row.group ? state.GroupIdOf(*row.group) : "-", " ",
                                 state.catalog().sku(row.sku).id.value(), " ", row.seats, " ",
                                 row.sole));
  }
  return lines;
}

TEST(SeatCostsTest, SeatsCountForEachSourceThatBringsThem) {
  TenantBuilder tenant;
  tenant.Plans({"A"}).Sku("S", {"A"}, 3).Sku("T", {"A"}, 0).Groups({"g", "h"});
  tenant.Assign("g", "S").Assign("h", "S").Assign("h", "T").Users({"ana", "bob", "cy", "dot"});
  tenant.Member("g", "ana", 1).Member("h", "ana", 1).Member("g", "bob", 1);
  // No seat is left for dot.
  tenant.Member("g", "dot", 9).AssignUser("cy", "S");
  EXPECT_THAT(Lines(*Live(tenant.facts)), ElementsAre("g S 2 1", "h S 1 0", "- S 1 1"));
}

TEST(SeatCostsTest, RandomTenantsAreCountedAsDefined) {
  for (uint64_t seed = 0; seed < 100; ++seed) {
    SCOPED_TRACE(seed);
    const Facts facts = worlds::RandomTenant(seed);
    std::map<std::pair<std::string, std::string>, std::set<std::string>> sources;  // By user, SKU.
    for (const ClaimItem& item : DeriveReference(facts).items) {
      if (!item.granted) continue;
      sources[{item.user.value(), item.sku.value()}].insert(
          IsDirect(item.source) ? "-" : absl::StrCat("g", PrincipalIdValue(item.source)));
    }
    // By whether it is direct, group and SKU.
    std::map<std::tuple<bool, std::string, std::string>, std::pair<int, int>> counts;
    for (const auto& [license, of] : sources) {
      for (const std::string& source : of) {
        auto& [seats, sole] = counts[{source == "-", source.substr(1), license.second}];
        ++seats;
        sole += of.size() == 1 ? 1 : 0;
      }
    }
    std::vector<std::string> wanted;
    for (const auto& [key, count] : counts) {
      wanted.push_back(absl::StrCat(std::get<0>(key) ? "-" : std::get<1>(key), " ",
                                    std::get<2>(key), " ", count.first, " ", count.second));
    }
    ASSERT_EQ(Lines(*Live(facts)), wanted);
  }
}

}  // namespace
}  // namespace seatwise
