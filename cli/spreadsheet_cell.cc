#include "cli/spreadsheet_cell.h"

#include <cstddef>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"

namespace seatwise::cli {
namespace {

// "-12", "+3.50".
bool IsNumber(absl::string_view text) {
  text.remove_prefix(1);
  size_t digits = 0;
  size_t points = 0;
  for (const char c : text) {
    if (absl::ascii_isdigit(static_cast<unsigned char>(c))) {
      ++digits;
    } else if (c == '.') {
      ++points;
    } else {
      return false;
    }
  }
  return digits > 0 && points <= 1;
}

bool BeginsAFormula(absl::string_view text) {
  if (text.empty()) return false;
  if (absl::string_view("=@\t\r\n").find(text[0]) != absl::string_view::npos) return true;
  if (text[0] == '-' || text[0] == '+') return !IsNumber(text);
  for (const absl::string_view wide :
       {"\xEF\xBC\x9D", "\xEF\xBC\x8B", "\xEF\xBC\x8D", "\xEF\xBC\xA0"}) {
    if (absl::StartsWith(text, wide)) return true;
  }
  return false;
}

}  // namespace

std::string SpreadsheetCell(absl::string_view text) {
  std::string cell;
  bool first = true;
  for (const absl::string_view part : absl::StrSplit(text, ';')) {
    if (!first) cell.push_back(';');
    first = false;
    if (BeginsAFormula(part)) cell.push_back('\'');
    cell.append(part.data(), part.size());
  }
  return cell;
}

}  // namespace seatwise::cli
