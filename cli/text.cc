#include "cli/text.h"

#include <algorithm>
#include <array>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"

namespace seatwise::cli {
namespace {

constexpr absl::string_view kReplacement = "\xEF\xBF\xBD";
constexpr absl::string_view kEllipsis = "…";

// A character at the front of a text. bytes is 0 if the text does not start with UTF-8.
struct Character {
  char32_t code = 0;
  size_t bytes = 0;
};

// How many bytes a first byte announces; 0 if it cannot be one.
size_t AnnouncedBytes(unsigned char first) {
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first < 0xE0) return 2;
  if (first >= 0xE0 && first < 0xF0) return 3;
  if (first >= 0xF0 && first < 0xF5) return 4;
  return 0;
}

// Longer spellings of short characters, surrogates, and what lies beyond Unicode.
bool IsIllegal(char32_t code, size_t bytes) {
  constexpr std::array<char32_t, 5> kSmallest = {0, 0, 0x80, 0x800, 0x10000};
  return code < kSmallest[bytes] || (code >= 0xD800 && code < 0xE000) || code > 0x10FFFF;
}

Character FirstCharacter(absl::string_view text) {
  const auto first = static_cast<unsigned char>(text[0]);
  const size_t bytes = AnnouncedBytes(first);
  if (bytes == 0 || bytes > text.size()) return {};
  if (bytes == 1) return {.code = first, .bytes = 1};
  char32_t code = first & (0x7F >> bytes);
  for (size_t i = 1; i < bytes; ++i) {
    const auto next = static_cast<unsigned char>(text[i]);
    if ((next & 0xC0) != 0x80) return {};
    code = code << 6 | (next & 0x3F);
  }
  if (IsIllegal(code, bytes)) return {};
  return {.code = code, .bytes = bytes};
}

using Range = std::pair<char32_t, char32_t>;

template <size_t n>
bool IsIn(const std::array<Range, n>& ranges, char32_t code) {
  return std::any_of(ranges.begin(), ranges.end(), [code](const Range& range) {
    return range.first <= code && code <= range.second;
  });
}

// Controls of both sets, and marks of writing direction.
bool Steers(char32_t code) {
  constexpr std::array<Range, 7> kSteering = {{{0x00, 0x1F},
                                               {0x7F, 0x9F},
                                               {0x061C, 0x061C},
                                               {0x200E, 0x200F},
                                               {0x2028, 0x202E},
                                               {0x2066, 0x2069},
                                               {0xFEFF, 0xFEFF}}};
  return IsIn(kSteering, code);
}

// Unicode's ranges, coarsely: enough to keep columns straight.
size_t WidthOf(char32_t code) {
  constexpr std::array<Range, 6> kCombining = {{{0x0300, 0x036F},
                                                {0x0483, 0x0489},
                                                {0x0591, 0x05BD},
                                                {0x200B, 0x200F},
                                                {0x20D0, 0x20FF},
                                                {0xFE00, 0xFE0F}}};
  constexpr std::array<Range, 9> kWide = {{{0x1100, 0x115F},
                                           {0x2E80, 0xA4CF},
                                           {0xAC00, 0xD7A3},
                                           {0xF900, 0xFAFF},
                                           {0xFE30, 0xFE6F},
                                           {0xFF00, 0xFF60},
                                           {0xFFE0, 0xFFE6},
                                           {0x1F300, 0x1FAFF},
                                           {0x20000, 0x3FFFD}}};
  if (IsIn(kCombining, code)) return 0;
  return IsIn(kWide, code) ? 2 : 1;
}

// The bytes of an escape sequence of Style ("\x1b[31m") at the front, or 0.
size_t EscapeBytes(absl::string_view text) {
  if (text.size() < 2 || text[0] != '\x1b' || text[1] != '[') return 0;
  const size_t end = text.find('m');
  return end == absl::string_view::npos ? 0 : end + 1;
}

}  // namespace

std::string Printable(absl::string_view text) {
  std::string printable;
  for (size_t at = 0; at < text.size();) {
    const Character c = FirstCharacter(text.substr(at));
    const size_t bytes = std::max<size_t>(c.bytes, 1);
    if (c.bytes == 1 && absl::ascii_isspace(static_cast<unsigned char>(text[at]))) {
      printable += ' ';
    } else if (c.bytes == 0 || Steers(c.code)) {
      absl::StrAppend(&printable, kReplacement);
    } else {
      absl::StrAppend(&printable, text.substr(at, bytes));
    }
    at += bytes;
  }
  return printable;
}

size_t DisplayWidth(absl::string_view text) {
  size_t width = 0;
  for (size_t at = 0; at < text.size();) {
    const size_t escape = EscapeBytes(text.substr(at));
    const Character c = FirstCharacter(text.substr(at));
    if (escape == 0) width += c.bytes == 0 ? 1 : WidthOf(c.code);
    at += escape > 0 ? escape : std::max<size_t>(c.bytes, 1);
  }
  return width;
}

std::string Fit(absl::string_view text, size_t width) {
  if (DisplayWidth(text) <= width) return std::string(text);
  if (width == 0) return "";
  size_t at = 0;
  for (size_t used = 0; at < text.size();) {
    const Character c = FirstCharacter(text.substr(at));
    used += c.bytes == 0 ? 1 : WidthOf(c.code);
    if (used >= width) break;  // One column is the ellipsis's.
    at += std::max<size_t>(c.bytes, 1);
  }
  return absl::StrCat(text.substr(0, at), kEllipsis);
}

std::string PadRight(absl::string_view text, size_t width) {
  const size_t used = DisplayWidth(text);
  return absl::StrCat(text, std::string(width > used ? width - used : 0, ' '));
}

std::string PadLeft(absl::string_view text, size_t width) {
  const size_t used = DisplayWidth(text);
  return absl::StrCat(std::string(width > used ? width - used : 0, ' '), text);
}

std::vector<std::string> Wrap(absl::string_view text, size_t width) {
  std::vector<std::string> lines = {""};
  size_t used = 0;
  for (const absl::string_view word : absl::StrSplit(text, ' ', absl::SkipEmpty())) {
    const size_t needed = DisplayWidth(word);
    if (used > 0 && used + 1 + needed > width) {
      lines.emplace_back();
      used = 0;
    }
    absl::StrAppend(&lines.back(), used > 0 ? " " : "", word);
    used += needed + (used > 0 ? 1 : 0);
  }
  for (std::string& line : lines) std::replace(line.begin(), line.end(), kFirmSpace, ' ');
  return lines;
}

std::string Grouped(int64_t number) {
  std::string digits = absl::StrCat(number);
  const size_t sign = number < 0 ? 1 : 0;
  for (size_t at = digits.size(); at > sign + 3;) {
    at -= 3;
    digits.insert(at, 1, ',');
  }
  return digits;
}

std::string Counted(int64_t number, absl::string_view singular, absl::string_view plural) {
  if (number == 1) return absl::StrCat("1 ", singular);
  if (!plural.empty()) return absl::StrCat(Grouped(number), " ", plural);
  return absl::StrCat(Grouped(number), " ", singular, "s");
}

std::string ShellWord(absl::string_view word) {
  bool plain = !word.empty();
  for (const char c : word) {
    plain = plain && (absl::ascii_isalnum(static_cast<unsigned char>(c)) ||
                      absl::string_view("-_./=:,+@%").find(c) != absl::string_view::npos);
  }
  if (plain) return std::string(word);
  return absl::StrCat("'", absl::StrReplaceAll(word, {{"'", "'\\''"}}), "'");
}

std::string HumanBytes(int64_t bytes) {
  constexpr std::array<absl::string_view, 5> kUnits = {"B", "KiB", "MiB", "GiB", "TiB"};
  double value = static_cast<double>(bytes);
  size_t unit = 0;
  for (; value >= 1000 && unit + 1 < kUnits.size(); ++unit) value /= 1024;
  const int decimals = unit == 0 || value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return absl::StrFormat("%.*f %s", decimals, value, kUnits[unit]);
}

std::string Enumerated(absl::Span<const std::string> items) {
  if (items.size() < 2) return absl::StrJoin(items, "");
  return absl::StrCat(absl::StrJoin(items.first(items.size() - 1), ", "), " and ", items.back());
}

std::string EnumeratedUpTo(absl::Span<const std::string> items, size_t most) {
  if (items.size() <= most) return absl::StrJoin(items, ", ");
  return absl::StrCat(absl::StrJoin(items.first(most), ", "), " and ",
                      Grouped(static_cast<int64_t>(items.size() - most)), " more");
}

}  // namespace seatwise::cli
