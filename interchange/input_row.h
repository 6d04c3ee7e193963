// One row of a table while it is read: typed access to its cells. A cell that cannot be used is
// reported once, at its own place, and then reads as its default; so all bad cells of a row are
// found, and what is made of a row counts only if ok().
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "base/time.h"
#include "engine/model/facts.h"
#include "engine/model/id_table.h"
#include "engine/model/location.h"
#include "interchange/cell.h"
#include "interchange/csv_lexer.h"
#include "interchange/input_header.h"
#include "interchange/row_error.h"
#include "interchange/table_spec.h"

namespace seatwise {

// The ids that references of one kind may name: those of all rows that show theirs, whatever else
// is wrong with them, so that a bad row is not reported again by every reference to it.
struct KnownIds {
  const IdTable* ids = nullptr;
  bool complete = true;    // False if the file could not be read to its end: any id may exist.
  absl::string_view noun;  // "user"
  absl::string_view file;  // "users.csv"

  // "user 'a9f' is not in users.csv; add the user or remove the membership". `row` is what names
  // it: "membership".
  std::string Dangling(absl::string_view id, absl::string_view row) const;
};

// A repeated key is found in two steps: the hashes of all keys of a file are collected, and if some
// occur more than once, the file is read again for the rows they belong to.
struct KeyLog {
  // A row whose hash occurs more than once.
  struct Suspect {
    int64_t line = 0;
    std::string key;  // The cells, '\0' between.
  };

  bool collects = false;                                  // Fills `hashes`.
  const absl::flat_hash_set<uint64_t>* wanted = nullptr;  // If there, fills `suspects`.
  std::vector<uint64_t> hashes;
  std::vector<Suspect> suspects;
};

class InputRow {
 public:
  InputRow(const TableSpec& spec, const InputHeader& header, ErrorList& errors, KeyLog& keys);

  // Goes to the next row. Used by the table reader only.
  void Reset(const CsvRecord& record) {
    cells_ = record.cells;
    line_ = record.line;
    broken_ = false;
    ok_ = true;
    plain_ = !record.blank && !record.faulty && record.cell_count == header_.cells();
    if (!plain_) CheckCells(record);
  }

  int64_t line() const { return line_; }
  const InputHeader& header() const { return header_; }
  // Nothing wrong so far.
  bool ok() const { return ok_; }
  // The cells are not what the columns say, because there are too few or too many. Then nothing
  // more is reported, but ids in their right places still make themselves known.
  bool broken() const { return broken_; }

  // The text of a cell. nullopt if it is empty (reported if it is required) or cannot be used.
  std::optional<absl::string_view> Value(int column) {
    const int position = header_.PositionOf(column);
    if (plain_ && position != InputHeader::kAbsent) {
      const absl::string_view text = cells_[static_cast<size_t>(position)].text;
      if (!text.empty()) return text;
    }
    return ValueOfOddCell(column);
  }
  // A required id, spelled as ids are.
  std::optional<absl::string_view> Id(int column);
  // The number of the id that stands in `column`, which must be among `known`. `row` is what this
  // row is called. No id, no error.
  std::optional<uint32_t> Find(int column, std::optional<absl::string_view> id,
                               const KnownIds& known, absl::string_view row);
  // Ids between ';', each spelled as ids are.
  ListElements IdList(int column);
  // The numbers of `ids`, the elements of `column`.
  std::vector<uint32_t> FindAll(int column, const ListElements& ids, const KnownIds& known,
                                absl::string_view row);
  // Proxy addresses between ';'.
  ListElements AddressList(int column);

  absl::string_view Text(int column);
  // The value of an attr:NAME column, by its place among header.attributes().
  absl::string_view Attribute(size_t attribute);
  int64_t Integer(int column, int64_t min, int64_t max);
  bool Bool(int column, bool otherwise);
  // nullopt if the cell is empty or bad, here and below.
  std::optional<Time> TimeOf(int column);
  std::optional<Location> LocationOf(int column);
  // The value whose name the cell has: its place among `names`, the first if the cell is empty.
  template <typename E>
  E Enum(int column, absl::Span<const absl::string_view> names) {
    return static_cast<E>(EnumValue(column, names).value_or(0));
  }
  std::optional<size_t> EnumValue(int column, absl::Span<const absl::string_view> names);

  // Reports a cell. `reason` is the rest of a sentence that begins with column and value.
  void FailValue(int column, absl::string_view reason);
  // The same with a whole sentence.
  void Fail(int column, std::string reason);
  // Says why `id` of an earlier row, on `line` of the slice, is not among `known`. For look-ups in
  // batches.
  void FailFind(int64_t line, int column, absl::string_view id, const KnownIds& known,
                absl::string_view row);

  // Names the key of this row. Nothing happens if a part is missing, since it was bad.
  void Key(std::initializer_list<std::optional<absl::string_view>> parts);
  // False if Key has no effect, so that there is no need to prepare one.
  bool wants_key() const { return keys_.collects || keys_.wanted != nullptr; }

 private:
  // The text of a cell of the file; nullopt if it cannot be used.
  std::optional<absl::string_view> Cell(int position);
  void AddError(int position, std::string reason);
  // Of any row.
  void Report(int64_t line, int position, std::string reason);
  void AddFaults();
  void CheckCells(const CsvRecord& record);
  std::optional<absl::string_view> ValueOfOddCell(int column);
  // Checks each element with `check`.
  ListElements List(int column, std::string (*check)(absl::string_view));
  std::string NameOf(int column) const;

  const TableSpec& spec_;
  const InputHeader& header_;
  ErrorList& errors_;
  KeyLog& keys_;
  absl::Span<const CsvCell> cells_;
  int64_t line_ = 0;
  bool ok_ = true;
  bool broken_ = false;
  bool plain_ = false;  // As many cells as there are columns, and none with a fault.
};

}  // namespace seatwise
