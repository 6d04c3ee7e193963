#include "interchange/cell.h"

#include <limits>

#include "absl/numeric/int128.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace seatwise {
namespace {

constexpr int64_t kPriceScale = 10'000;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// Reads a sign and digits from the front of `text`.
struct SignedDigits {
  bool negative = false;
  absl::string_view digits;
};
SignedDigits TakeDigits(absl::string_view& text) {
  SignedDigits taken;
  taken.negative = !text.empty() && text[0] == '-';
  if (taken.negative) text.remove_prefix(1);
  size_t size = 0;
  while (size < text.size() && IsDigit(text[size])) ++size;
  taken.digits = text.substr(0, size);
  text.remove_prefix(size);
  return taken;
}

// Clamped to 64 bits.
int64_t ValueOf(absl::string_view digits, bool negative) {
  constexpr absl::int128 kMax = std::numeric_limits<int64_t>::max();
  absl::int128 value = 0;
  for (char c : digits) {
    value = value * 10 + (c - '0');
    if (value > kMax) return negative ? std::numeric_limits<int64_t>::min() : int64_t{kMax};
  }
  return static_cast<int64_t>(negative ? -value : value);
}

}  // namespace

std::optional<int64_t> ParseInteger(absl::string_view text) {
  const SignedDigits taken = TakeDigits(text);
  if (taken.digits.empty() || !text.empty()) return std::nullopt;
  return ValueOf(taken.digits, taken.negative);
}

std::optional<UnitPrice> ParseUnitPrice(absl::string_view text) {
  const SignedDigits whole = TakeDigits(text);
  if (whole.digits.empty()) return std::nullopt;
  std::string digits(whole.digits);
  absl::string_view fraction;
  if (!text.empty()) {
    if (text[0] != '.') return std::nullopt;
    fraction = text.substr(1);
    if (fraction.empty() || fraction.size() > 4) return std::nullopt;
    for (char c : fraction) {
      if (!IsDigit(c)) return std::nullopt;
    }
  }
  absl::StrAppend(&digits, fraction, std::string(4 - fraction.size(), '0'));
  const int64_t value = ValueOf(digits, whole.negative);
  const bool clamped =
      value == std::numeric_limits<int64_t>::max() || value == std::numeric_limits<int64_t>::min();
  return clamped ? std::nullopt : std::optional(UnitPrice{value});
}

std::string FormatUnitPrice(UnitPrice price) {
  // Digit by digit of the magnitude: the smallest integer has no positive counterpart.
  const bool negative = price.ten_thousandths < 0;
  const uint64_t magnitude = negative ? uint64_t{0} - static_cast<uint64_t>(price.ten_thousandths)
                                      : static_cast<uint64_t>(price.ten_thousandths);
  std::string text = absl::StrFormat("%s%d.%04d", negative ? "-" : "", magnitude / kPriceScale,
                                     magnitude % kPriceScale);
  while (text.back() == '0') text.pop_back();
  if (text.back() == '.') text.pop_back();
  return text;
}

ListElements SplitList(absl::string_view text) {
  ListElements elements;
  if (text.empty()) return elements;
  for (;;) {
    const size_t end = text.find(';');
    elements.push_back(text.substr(0, end));
    if (end == absl::string_view::npos) return elements;
    text.remove_prefix(end + 1);
  }
}

}  // namespace seatwise
