#include "tests/worlds/id_text.h"

#include <algorithm>
#include <iterator>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "base/check.h"

namespace seatwise::worlds {
namespace {

bool IsPlain(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x80 || absl::ascii_isalnum(byte) || c == '_' || c == '.' || c == '-';
}

bool IsWord(absl::string_view id) {
  static constexpr absl::string_view kWords[] = {"tenant",   "plan", "sku",   "conflict", "require",
                                                 "prohibit", "user", "group", "in"};
  return std::find(std::begin(kWords), std::end(kWords), id) != std::end(kWords);
}

std::string Escape(char c) {
  if (c == '"' || c == '\\') return absl::StrFormat("\\%c", c);
  if (absl::ascii_iscntrl(static_cast<unsigned char>(c))) {
    return absl::StrFormat("\\%03o", static_cast<unsigned char>(c));
  }
  return std::string(1, c);
}

}  // namespace

std::string QuoteId(absl::string_view id) {
  if (!id.empty() && std::all_of(id.begin(), id.end(), IsPlain) && !IsWord(id)) {
    return std::string(id);
  }
  std::string text = "\"";
  for (char c : id) absl::StrAppend(&text, Escape(c));
  return text + "\"";
}

std::string UnquoteId(absl::string_view text) {
  SEATWISE_CHECK(!text.empty()) << "an id is missing";
  if (text.front() != '"') return std::string(text);
  SEATWISE_CHECK(text.size() >= 2 && text.back() == '"') << text;
  std::string id;
  SEATWISE_CHECK(absl::CUnescape(text.substr(1, text.size() - 2), &id)) << text;
  return id;
}

std::vector<std::string> SplitOutsideQuotes(absl::string_view text, char separator) {
  std::vector<std::string> parts;
  if (text.empty()) return parts;
  parts.emplace_back();
  bool quoted = false;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == separator && !quoted) {
      parts.emplace_back();
      continue;
    }
    parts.back().push_back(text[i]);
    if (text[i] == '"') quoted = !quoted;
    if (text[i] == '\\' && i + 1 < text.size()) parts.back().push_back(text[++i]);
  }
  return parts;
}

}  // namespace seatwise::worlds
