#include "cli/table.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "base/check.h"
#include "cli/text.h"

namespace seatwise::cli {
namespace {

constexpr size_t kMargin = 2;  // In front of the first column and between columns.
constexpr size_t kLeastShrunk = 8;

std::string RenderRow(const std::vector<TableColumn>& columns, const std::vector<size_t>& widths,
                      const std::vector<std::string>& cells) {
  std::string line;
  for (size_t i = 0; i < columns.size(); ++i) {
    const std::string cell = columns[i].may_shrink ? Fit(cells[i], widths[i]) : cells[i];
    absl::StrAppend(&line, std::string(kMargin, ' '),
                    columns[i].is_number ? PadLeft(cell, widths[i]) : PadRight(cell, widths[i]));
  }
  absl::StripTrailingAsciiWhitespace(&line);
  return line;
}

}  // namespace

Table::Table(std::vector<TableColumn> columns) : columns_(std::move(columns)) {}

void Table::AddRow(std::vector<std::string> cells) {
  SEATWISE_CHECK(cells.size() == columns_.size());
  rows_.push_back(std::move(cells));
}

std::vector<size_t> Table::Widths(const Style& style) const {
  std::vector<size_t> widths;
  size_t total = 0;
  for (size_t i = 0; i < columns_.size(); ++i) {
    size_t width = DisplayWidth(columns_[i].title);
    for (const std::vector<std::string>& row : rows_) {
      width = std::max(width, DisplayWidth(row[i]));
    }
    widths.push_back(width);
    total += width + kMargin;
  }
  if (!style.terminal()) return widths;
  for (size_t i = 0; i < columns_.size() && total > style.columns(); ++i) {
    if (!columns_[i].may_shrink || widths[i] <= kLeastShrunk) continue;
    const size_t less = std::min(total - style.columns(), widths[i] - kLeastShrunk);
    widths[i] -= less;
    total -= less;
  }
  return widths;
}

std::string Table::Render(const Style& style) const {
  const std::vector<size_t> widths = Widths(style);
  std::vector<std::string> titles;
  for (const TableColumn& column : columns_) titles.push_back(column.title);
  std::string text =
      absl::StrCat(style.Paint(Ink::kFaint, RenderRow(columns_, widths, titles)), "\n");
  for (const std::vector<std::string>& row : rows_) {
    absl::StrAppend(&text, RenderRow(columns_, widths, row), "\n");
  }
  return text;
}

}  // namespace seatwise::cli
