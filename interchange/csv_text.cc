#include "interchange/csv_text.h"

#include "absl/strings/str_join.h"

namespace seatwise {
namespace {

bool NeedsQuotes(absl::string_view cell) {
  for (char c : cell) {
    if (c == ',' || c == '"' || c == '\n' || c == '\r') return true;
  }
  return false;
}

}  // namespace

void AppendCell(absl::string_view cell, std::string& text) {
  if (!NeedsQuotes(cell)) {
    text.append(cell.data(), cell.size());
    return;
  }
  text.push_back('"');
  for (char c : cell) {
    if (c == '"') text.push_back('"');
    text.push_back(c);
  }
  text.push_back('"');
}

void AppendRow(absl::Span<const absl::string_view> cells, std::string& text) {
  for (size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) text.push_back(',');
    AppendCell(cells[i], text);
  }
  text.push_back('\n');
}

std::string JoinPlans(const PlanIdSet& plans) {
  return absl::StrJoin(plans, ";",
                       [](std::string* out, const PlanId& id) { out->append(id.value()); });
}

}  // namespace seatwise
