// Amounts of money in words and digits. Any thread.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "google/protobuf/repeated_field.h"

namespace seatwise::v1 {
class Money;
}  // namespace seatwise::v1

namespace seatwise::cli {

using Moneys = google::protobuf::RepeatedPtrField<v1::Money>;

// 125000 as "12.50", 125001 as "12.5001"; for people to the nearest hundredth, with groups of
// digits.
std::string MoneyText(int64_t ten_thousandths, bool for_people);

// The amount in a currency; 0 if there is none.
int64_t AmountIn(const Moneys& costs, absl::string_view currency);

// The currencies as they come; a single empty one if nothing costs anything.
std::vector<std::string> CurrenciesOf(const Moneys& costs);

// Totals by currency: money of different ones is never added up. One thread.
class CostTotals {
 public:
  void Add(const std::string& currency, int64_t amount, int64_t part) {
    totals_[currency].first += amount;
    totals_[currency].second += part;
  }

  // "1,234.50 EUR, of which 20.00 EUR unused" for each currency, by its letters, where `part` is
  // "unused"; without that, "1,234.50 EUR".
  std::vector<std::string> Texts(absl::string_view part) const;
  // The same as one text.
  std::string ToText(absl::string_view part) const;
  bool empty() const { return totals_.empty(); }

 private:
  std::map<std::string, std::pair<int64_t, int64_t>> totals_;
};

}  // namespace seatwise::cli
