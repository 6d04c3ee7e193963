#include "cli/money_text.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "cli/text.h"
#include "seatwise/v1/report.pb.h"

namespace seatwise::cli {
namespace {

std::string WithCurrency(int64_t amount, absl::string_view currency) {
  return absl::StrCat(MoneyText(amount, /*for_people=*/true), currency.empty() ? "" : " ",
                      currency);
}

}  // namespace

std::string MoneyText(int64_t ten_thousandths, bool for_people) {
  const bool negative = ten_thousandths < 0;
  // Of the smallest number, -x would overflow.
  uint64_t size = negative ? uint64_t{0} - static_cast<uint64_t>(ten_thousandths)
                           : static_cast<uint64_t>(ten_thousandths);
  if (for_people) size = (size + 50) / 100 * 100;
  const auto whole = static_cast<int64_t>(size / 10'000);
  std::string fraction = absl::StrFormat("%04d", size % 10'000);
  while (fraction.size() > 2 && fraction.back() == '0') fraction.pop_back();
  return absl::StrCat(negative ? "-" : "", for_people ? Grouped(whole) : absl::StrCat(whole), ".",
                      fraction);
}

int64_t AmountIn(const Moneys& costs, absl::string_view currency) {
  for (const v1::Money& money : costs) {
    if (money.currency() == currency) return money.ten_thousandths();
  }
  return 0;
}

std::vector<std::string> CurrenciesOf(const Moneys& costs) {
  std::vector<std::string> currencies;
  for (const v1::Money& money : costs) currencies.push_back(money.currency());
  if (currencies.empty()) currencies.emplace_back();
  return currencies;
}

std::vector<std::string> CostTotals::Texts(absl::string_view part) const {
  std::vector<std::string> texts;
  for (const auto& [currency, total] : totals_) {
    std::string& text = texts.emplace_back(WithCurrency(total.first, currency));
    if (part.empty()) continue;
    absl::StrAppend(&text, ", of which ", WithCurrency(total.second, currency), " ", part);
  }
  return texts;
}

std::string CostTotals::ToText(absl::string_view part) const {
  return absl::StrJoin(Texts(part), "; ");
}

}  // namespace seatwise::cli
