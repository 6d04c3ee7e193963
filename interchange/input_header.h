// Which column of a table stands where in a file.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "interchange/csv_lexer.h"
#include "interchange/row_error.h"
#include "interchange/table_spec.h"

namespace seatwise {

class InputHeader {
 public:
  static constexpr int kAbsent = -1;

  struct Attribute {
    std::string name;  // Without the prefix.
    int position = 0;
  };

  // Reads the header row. Adds an error for each unknown column (it is ignored), each column that
  // stands there twice (the first counts) and each required column that is missing.
  InputHeader(const CsvRecord& record, const TableSpec& spec, ErrorList& errors);

  // The number of cells that each row must have.
  size_t cells() const { return cells_; }
  // Where a column of the spec is in the file, from 0, or kAbsent.
  int PositionOf(int column) const { return positions_[static_cast<size_t>(column)]; }
  const std::vector<Attribute>& attributes() const { return attributes_; }
  // False if not one column is known: then this is another kind of file.
  bool knows_any() const { return knows_any_; }

 private:
  void AddColumn(const CsvCell& cell, int position, const TableSpec& spec, ErrorList& errors);
  void AddAttribute(absl::string_view name, int position, const TableSpec& spec, ErrorList& errors);

  size_t cells_;
  std::vector<int> positions_;
  std::vector<Attribute> attributes_;
  bool knows_any_ = false;
};

}  // namespace seatwise
