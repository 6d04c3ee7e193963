#include "tests/golden/words.h"

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace seatwise::golden {

std::vector<std::string> SplitOutsideBrackets(absl::string_view text, char separator) {
  std::vector<std::string> parts(1);
  int depth = 0;
  for (const char c : text) {
    if (c == '(' || c == '[') ++depth;
    if (c == ')' || c == ']') --depth;
    if (c == separator && depth == 0) {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  std::vector<std::string> kept;
  for (std::string& part : parts) {
    absl::StripAsciiWhitespace(&part);
    if (!part.empty()) kept.push_back(part);
  }
  return kept;
}

Words::Words(absl::string_view statement)
    : statement_(statement), words_(SplitOutsideBrackets(statement, ' ')) {}

std::string Words::Next(absl::string_view what) {
  if (!AtEnd()) return words_[next_++];
  Fail(absl::StrCat(what, " is missing at the end"));
  return "";
}

bool Words::Skip(absl::string_view word) {
  if (AtEnd() || words_[next_] != word) return false;
  ++next_;
  return true;
}

std::optional<std::string> Words::SkipPrefix(absl::string_view prefix) {
  if (AtEnd() || !absl::StartsWith(words_[next_], prefix)) return std::nullopt;
  return words_[next_++].substr(prefix.size());
}

int64_t Words::Number(absl::string_view text, int64_t least, int64_t most) {
  int64_t number = 0;
  if (absl::SimpleAtoi(text, &number) && least <= number && number <= most) return number;
  Fail(absl::StrCat("'", text, "' is not a number from ", least, " to ", most));
  return 0;
}

Time Words::TimeOf(absl::string_view text) {
  Time time;
  if (absl::SimpleAtoi(text, &time.micros) && kMinTime <= time && time <= kMaxTime) return time;
  for (const std::string& spelling : {std::string(text), absl::StrCat(text, "T00:00:00Z")}) {
    if (const std::optional<Time> parsed = ParseTime(spelling)) return *parsed;
  }
  Fail(absl::StrCat("'", text, "' is not a time: give microseconds, 2024-01-31 or ",
                    "2024-01-31T12:00:00Z"));
  return {};
}

void Words::End() {
  if (!AtEnd()) Fail(absl::StrCat("'", words_[next_], "' is not understood here"));
}

void Words::Fail(absl::string_view message) {
  if (error_.empty()) error_ = std::string(message);
}

}  // namespace seatwise::golden
