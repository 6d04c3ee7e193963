#include "interchange/input_row.h"

#include <algorithm>
#include <utility>

#include "absl/hash/hash.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "engine/model/limits.h"
#include "engine/model/quoted.h"
#include "engine/model/spelling.h"
#include "interchange/limits.h"

namespace seatwise {

std::string KnownIds::Dangling(absl::string_view id, absl::string_view row) const {
  return absl::StrCat(noun, " ", Quoted(id), " is not in ", file, "; add the ", noun,
                      " or remove the ", row);
}

InputRow::InputRow(const TableSpec& spec, const InputHeader& header, ErrorList& errors,
                   KeyLog& keys)
    : spec_(spec), header_(header), errors_(errors), keys_(keys) {}

void InputRow::CheckCells(const CsvRecord& record) {
  const size_t count = record.cell_count;
  const size_t expected = header_.cells();
  if (record.blank) {
    AddError(0, "blank line; remove it");
  } else if (record.faulty) {
    // Misplaced quotes also explain a wrong number of cells.
    AddFaults();
  } else if (count != expected) {
    AddError(static_cast<int>(std::min(count, expected)),
             absl::StrCat("the row has ", count, count == 1 ? " cell" : " cells",
                          ", but the header has ", expected));
  }
  broken_ = record.blank || count != expected;
}

void InputRow::AddFaults() {
  for (size_t i = 0; i < cells_.size(); ++i) {
    if (cells_[i].fault == CellFault::kNone) continue;
    AddError(static_cast<int>(i), CellFaultReason(cells_[i].fault));
  }
}

std::optional<absl::string_view> InputRow::Cell(int position) {
  const size_t i = static_cast<size_t>(position);
  if (i < cells_.size() && cells_[i].fault == CellFault::kNone) return cells_[i].text;
  ok_ = false;
  return std::nullopt;
}

std::optional<absl::string_view> InputRow::ValueOfOddCell(int column) {
  const bool required = spec_.columns[static_cast<size_t>(column)].required;
  const int position = header_.PositionOf(column);
  if (position == InputHeader::kAbsent) {
    if (required) ok_ = false;  // Reported with the header.
    return std::nullopt;
  }
  const std::optional<absl::string_view> text = Cell(position);
  if (!text || !text->empty()) return text;
  if (required) Fail(column, absl::StrCat(NameOf(column), " is empty; it is required"));
  return std::nullopt;
}

std::optional<absl::string_view> InputRow::Id(int column) {
  const std::optional<absl::string_view> id = Value(column);
  if (!id) return std::nullopt;
  const std::string bad = CheckId(*id);
  if (bad.empty()) return id;
  FailValue(column, bad);
  return std::nullopt;
}

std::optional<uint32_t> InputRow::Find(int column, std::optional<absl::string_view> id,
                                       const KnownIds& known, absl::string_view row) {
  if (!id) return std::nullopt;
  const std::optional<uint32_t> number = known.ids->Find(*id);
  if (number) return number;
  if (known.complete) Fail(column, known.Dangling(*id, row));
  ok_ = false;
  return std::nullopt;
}

ListElements InputRow::List(int column, std::string (*check)(absl::string_view)) {
  const std::optional<absl::string_view> text = Value(column);
  if (!text) return {};
  if (text->size() > kMaxFactBytes) {
    FailValue(column, absl::StrCat("is longer than ", kMaxFactBytes, " bytes"));
    return {};
  }
  ListElements elements = SplitList(*text);
  for (absl::string_view element : elements) {
    const std::string bad = element.empty() ? "is empty; remove the ';' too many" : check(element);
    if (bad.empty()) continue;
    Fail(column, absl::StrCat("an element of ", NameOf(column), ", ", Quoted(element), ", ", bad));
    return {};
  }
  return elements;
}

ListElements InputRow::IdList(int column) { return List(column, CheckId); }

ListElements InputRow::AddressList(int column) { return List(column, CheckAddress); }

std::vector<uint32_t> InputRow::FindAll(int column, const ListElements& ids, const KnownIds& known,
                                        absl::string_view row) {
  std::vector<uint32_t> numbers;
  std::vector<std::string> unknown;
  for (absl::string_view id : ids) {
    if (const std::optional<uint32_t> number = known.ids->Find(id)) {
      numbers.push_back(*number);
    } else if (!known.complete) {
      ok_ = false;
    } else if (unknown.size() < kMaxNamesInReason) {
      unknown.push_back(known.Dangling(id, row));
    }
  }
  if (!unknown.empty()) Fail(column, absl::StrJoin(unknown, "; "));
  return numbers;
}

absl::string_view InputRow::Text(int column) {
  const absl::string_view text = Value(column).value_or("");
  const std::string bad = CheckText(text);
  if (!bad.empty()) FailValue(column, bad);
  return text;
}

absl::string_view InputRow::Attribute(size_t attribute) {
  const InputHeader::Attribute& spec = header_.attributes()[attribute];
  const absl::string_view text = Cell(spec.position).value_or("");
  const std::string bad = CheckText(text);
  if (!bad.empty()) {
    AddError(spec.position, absl::StrCat(kAttributePrefix, spec.name, " ", Quoted(text), " ", bad));
  }
  return text;
}

int64_t InputRow::Integer(int column, int64_t min, int64_t max) {
  const std::optional<absl::string_view> text = Value(column);
  if (!text) return 0;
  const std::optional<int64_t> value = ParseInteger(*text);
  if (!value) {
    FailValue(column, "is not a whole number");
  } else if (*value < min || *value > max) {
    FailValue(column, absl::StrCat("is not between ", min, " and ", max));
  } else {
    return *value;
  }
  return 0;
}

bool InputRow::Bool(int column, bool otherwise) {
  return EnumValue(column, kBoolNames).value_or(otherwise ? 1 : 0) != 0;
}

std::optional<Time> InputRow::TimeOf(int column) {
  const std::optional<absl::string_view> text = Value(column);
  if (!text) return std::nullopt;
  const std::optional<Time> time = ParseTime(*text);
  if (!time) FailValue(column, "is not a time; write it as 2026-01-31T09:30:00Z");
  return time;
}

std::optional<Location> InputRow::LocationOf(int column) {
  const std::optional<absl::string_view> text = Value(column);
  if (!text) return std::nullopt;
  const std::optional<Location> location = Location::Parse(*text);
  if (!location) FailValue(column, "is not a location of two letters A-Z");
  return location;
}

std::optional<size_t> InputRow::EnumValue(int column, absl::Span<const absl::string_view> names) {
  const std::optional<absl::string_view> text = Value(column);
  if (!text) return std::nullopt;
  for (size_t i = 0; i < names.size(); ++i) {
    if (names[i] == *text) return i;
  }
  FailValue(column, absl::StrCat("is none of ", absl::StrJoin(names, ", ")));
  return std::nullopt;
}

void InputRow::FailValue(int column, absl::string_view reason) {
  const absl::string_view value = Cell(header_.PositionOf(column)).value_or("");
  Fail(column, absl::StrCat(NameOf(column), " ", Quoted(value), " ", reason));
}

void InputRow::Fail(int column, std::string reason) {
  AddError(header_.PositionOf(column), std::move(reason));
}

void InputRow::FailFind(int64_t line, int column, absl::string_view id, const KnownIds& known,
                        absl::string_view row) {
  const std::string bad = CheckId(id);
  if (bad.empty() && !known.complete) return;
  Report(line, header_.PositionOf(column),
         bad.empty() ? known.Dangling(id, row)
                     : absl::StrCat(NameOf(column), " ", Quoted(id), " ", bad));
}

void InputRow::Key(std::initializer_list<std::optional<absl::string_view>> parts) {
  if (!wants_key() || broken_) return;
  std::string key;
  for (const std::optional<absl::string_view>& part : parts) {
    if (!part) return;
    absl::StrAppend(&key, key.empty() ? "" : absl::string_view("\0", 1), *part);
  }
  const uint64_t hash = absl::HashOf(key);
  if (keys_.collects) keys_.hashes.push_back(hash);
  if (keys_.wanted != nullptr && keys_.wanted->contains(hash)) {
    keys_.suspects.push_back({.line = line_, .key = std::move(key)});
  }
}

void InputRow::AddError(int position, std::string reason) {
  ok_ = false;
  if (!broken_) Report(line_, position, std::move(reason));
}

void InputRow::Report(int64_t line, int position, std::string reason) {
  errors_.Add({.file = std::string(spec_.file),
               .line = line,
               .column = position + 1,
               .reason = std::move(reason)});
}

std::string InputRow::NameOf(int column) const {
  return std::string(spec_.columns[static_cast<size_t>(column)].name);
}

}  // namespace seatwise
