#include "engine/model/spelling.h"

#include <algorithm>
#include <cstring>

#include "absl/strings/str_cat.h"
#include "engine/model/limits.h"

namespace seatwise {
namespace {

// The bytes of the well-formed sequence at the start of `text`, or 0. Table 3-7 of the Unicode
// Standard: the first byte decides the length and the range of the second.
size_t Utf8SequenceSize(absl::string_view text) {
  const auto byte = [&](size_t i) { return static_cast<unsigned char>(text[i]); };
  const auto in = [&](size_t i, unsigned low, unsigned high) {
    return i < text.size() && byte(i) >= low && byte(i) <= high;
  };
  const unsigned first = byte(0);
  if (first < 0x80) return 1;
  if (first < 0xc2 || first > 0xf4) return 0;
  if (first < 0xe0) return in(1, 0x80, 0xbf) ? 2 : 0;
  const unsigned low = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
  const unsigned high = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
  if (!in(1, low, high) || !in(2, 0x80, 0xbf)) return 0;
  if (first < 0xf0) return 3;
  return in(3, 0x80, 0xbf) ? 4 : 0;
}

// How many bytes at the start of `text` are ASCII, in steps of eight.
size_t AsciiPrefix(absl::string_view text) {
  size_t i = 0;
  for (; i + 8 <= text.size(); i += 8) {
    uint64_t word;
    std::memcpy(&word, text.data() + i, sizeof(word));
    if ((word & 0x8080808080808080u) != 0) break;
  }
  return i;
}

}  // namespace

bool IsUtf8(absl::string_view text) {
  text.remove_prefix(AsciiPrefix(text));
  while (!text.empty()) {
    const size_t size = Utf8SequenceSize(text);
    if (size == 0) return false;
    text.remove_prefix(size);
  }
  return true;
}

std::string CheckId(absl::string_view id) {
  if (id.empty()) return "is empty";
  if (id.size() > kMaxIdBytes) return absl::StrCat("is longer than ", kMaxIdBytes, " bytes");
  for (char c : id) {
    if (c == ';') return "contains ';'";
    if (c == '\r' || c == '\n') return "contains a line break";
    if (c == '\0') return "contains a NUL byte";
  }
  return IsUtf8(id) ? "" : "is not UTF-8";
}

std::string CheckText(absl::string_view text) {
  if (text.size() > kMaxTextBytes) return absl::StrCat("is longer than ", kMaxTextBytes, " bytes");
  if (text.find('\0') != absl::string_view::npos) return "contains a NUL byte";
  return IsUtf8(text) ? "" : "is not UTF-8";
}

std::string CheckAddress(absl::string_view address) {
  if (address.empty()) return "is empty";
  if (address.find(';') != absl::string_view::npos) return "contains ';'";
  return CheckText(address);
}

std::string CheckUnits(int64_t units) {
  return units >= 0 && units <= kMaxUnits ? "" : absl::StrCat("is not between 0 and ", kMaxUnits);
}

std::string CheckRetentionDays(int64_t days) {
  return days >= 0 && days <= kMaxRetentionDays
             ? ""
             : absl::StrCat("is not between 0 and ", kMaxRetentionDays);
}

std::string CheckCurrency(absl::string_view currency) {
  const auto is_letter = [](char c) { return c >= 'A' && c <= 'Z'; };
  const bool fine = currency.empty() || (currency.size() == 3 &&
                                         std::all_of(currency.begin(), currency.end(), is_letter));
  return fine ? "" : "is not three letters A-Z";
}

}  // namespace seatwise
