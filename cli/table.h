// Rows of cells, aligned, for people.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "cli/style.h"

namespace seatwise::cli {

// One column of a table.
struct TableColumn {
  std::string title;
  bool is_number = false;   // Aligned to the right.
  bool may_shrink = false;  // Gives way, ending in "…", on a terminal that is too narrow.
};

// Collects rows; one thread at a time.
class Table {
 public:
  explicit Table(std::vector<TableColumn> columns);

  // `cells` are as many as the columns, and printable.
  void AddRow(std::vector<std::string> cells);

  // The titles and all rows, each line behind two spaces.
  std::string Render(const Style& style) const;

 private:
  std::vector<size_t> Widths(const Style& style) const;

  std::vector<TableColumn> columns_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace seatwise::cli
