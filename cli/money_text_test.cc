#include "cli/money_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <string>

#include "seatwise/v1/report.pb.h"

namespace seatwise::cli {
namespace {

using testing::ElementsAre;

void AddMoney(const std::string& currency, int64_t amount, Moneys& costs) {
  v1::Money& money = *costs.Add();
  money.set_currency(currency);
  money.set_ten_thousandths(amount);
}

TEST(MoneyTextTest, IsExactForProgramsAndReadableForPeople) {
  const struct {
    int64_t amount;
    const char* exact;
    const char* readable;
  } kCases[] = {
      {0, "0.00", "0.00"},
      {125'000, "12.50", "12.50"},
      {125'001, "12.5001", "12.50"},
      {125'050, "12.505", "12.51"},
      {43'815'000, "4381.50", "4,381.50"},
      {-125'000, "-12.50", "-12.50"},
      {std::numeric_limits<int64_t>::min(), "-922337203685477.5808", "-922,337,203,685,477.58"},
  };
  for (const auto& c : kCases) {
    EXPECT_EQ(MoneyText(c.amount, false), c.exact);
    EXPECT_EQ(MoneyText(c.amount, true), c.readable);
  }
}

TEST(MoneyTextTest, AmountsAreFoundByCurrency) {
  Moneys costs;
  EXPECT_THAT(CurrenciesOf(costs), ElementsAre(""));
  EXPECT_EQ(AmountIn(costs, ""), 0);
  AddMoney("EUR", 5, costs);
  AddMoney("USD", 7, costs);
  EXPECT_THAT(CurrenciesOf(costs), ElementsAre("EUR", "USD"));
  EXPECT_EQ(AmountIn(costs, "USD"), 7);
  EXPECT_EQ(AmountIn(costs, "CHF"), 0);
}

TEST(CostTotalsTest, CurrenciesAreNeverAddedUp) {
  CostTotals totals;
  EXPECT_TRUE(totals.empty());
  EXPECT_EQ(totals.ToText("unused"), "");
  totals.Add("USD", 50'000, 0);
  totals.Add("EUR", 10'000'000, 200'000);
  totals.Add("EUR", 2'345'000, 0);
  totals.Add("", 10'000, 10'000);
  EXPECT_THAT(totals.Texts("unused"),
              ElementsAre("1.00, of which 1.00 unused", "1,234.50 EUR, of which 20.00 EUR unused",
                          "5.00 USD, of which 0.00 USD unused"));
  EXPECT_EQ(totals.ToText(""), "1.00; 1,234.50 EUR; 5.00 USD");
}

}  // namespace
}  // namespace seatwise::cli
