#include "interchange/input_header.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "engine/model/quoted.h"
#include "engine/model/spelling.h"
#include "interchange/nearest_name.h"

namespace seatwise {
namespace {

RowError AtColumn(const TableSpec& spec, int position, std::string reason) {
  return {.file = std::string(spec.file),
          .line = 1,
          .column = position + 1,
          .reason = std::move(reason)};
}

std::vector<absl::string_view> NamesOf(const TableSpec& spec) {
  std::vector<absl::string_view> names;
  for (const ColumnSpec& column : spec.columns) names.push_back(column.name);
  if (spec.attributes) names.emplace_back("attr:NAME");
  return names;
}

// Spreadsheets in many countries write ';' between cells.
absl::string_view SeparatorHint(const CsvRecord& record) {
  const absl::string_view only = record.cells[0].text;
  const bool other =
      record.cell_count == 1 && (absl::StrContains(only, ';') || absl::StrContains(only, '\t'));
  return other ? "; cells must be separated by commas" : "";
}

std::string UnknownColumn(const TableSpec& spec, absl::string_view name) {
  return absl::StrCat("unknown column ", Quoted(name), Suggestion(name, NamesOf(spec)));
}

}  // namespace

InputHeader::InputHeader(const CsvRecord& record, const TableSpec& spec, ErrorList& errors)
    : cells_(record.cell_count), positions_(spec.columns.size(), kAbsent) {
  for (size_t i = 0; i < record.cells.size(); ++i) {
    AddColumn(record.cells[i], static_cast<int>(i), spec, errors);
  }
  for (size_t i = 0; i < spec.columns.size(); ++i) {
    if (!spec.columns[i].required || positions_[i] != kAbsent) continue;
    // Reported at the first cell that is not there.
    errors.Add(AtColumn(
        spec, static_cast<int>(record.cell_count),
        absl::StrCat("column '", spec.columns[i].name, "' is missing", SeparatorHint(record))));
  }
}

void InputHeader::AddColumn(const CsvCell& cell, int position, const TableSpec& spec,
                            ErrorList& errors) {
  if (cell.fault != CellFault::kNone) {
    errors.Add(AtColumn(spec, position, CellFaultReason(cell.fault)));
    return;
  }
  if (spec.attributes && absl::StartsWith(cell.text, kAttributePrefix)) {
    AddAttribute(absl::StripPrefix(cell.text, kAttributePrefix), position, spec, errors);
    return;
  }
  const auto it = std::find_if(spec.columns.begin(), spec.columns.end(),
                               [&](const ColumnSpec& c) { return c.name == cell.text; });
  if (it == spec.columns.end()) {
    errors.Add(AtColumn(spec, position, UnknownColumn(spec, cell.text)));
    return;
  }
  knows_any_ = true;
  int& known = positions_[static_cast<size_t>(it - spec.columns.begin())];
  if (known != kAbsent) {
    errors.Add(AtColumn(spec, position,
                        absl::StrCat("column '", cell.text, "' is column ", known + 1,
                                     " already; remove one of the two")));
    return;
  }
  known = position;
}

void InputHeader::AddAttribute(absl::string_view name, int position, const TableSpec& spec,
                               ErrorList& errors) {
  std::string bad = name.empty() ? "has no name behind 'attr:'" : CheckText(name);
  const auto it = std::find_if(attributes_.begin(), attributes_.end(),
                               [&](const Attribute& a) { return a.name == name; });
  if (it != attributes_.end()) {
    bad = absl::StrCat("is column ", it->position + 1, " already; remove one of the two");
  }
  if (bad.empty()) {
    attributes_.push_back({.name = std::string(name), .position = position});
    return;
  }
  errors.Add(
      AtColumn(spec, position,
               absl::StrCat("column ", Quoted(absl::StrCat(kAttributePrefix, name)), " ", bad)));
}

}  // namespace seatwise
