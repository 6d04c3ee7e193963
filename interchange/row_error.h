// What is wrong with input files, in a form that a person can act on.
#pragma once

#include <cstddef>
#include <cstdint>
#include <ostream>
#include <string>
#include <vector>

namespace seatwise {

// One bad cell or row.
struct RowError {
  std::string file;    // As it is called in its folder: "members.csv".
  int64_t line = 0;    // The physical line on which the record starts; 0: the file as a whole.
  int column = 0;      // The cell of the record, from 1; of tenant.json, the byte of the line.
  std::string reason;  // What is wrong and what to do.

  // "members.csv:1207:3: user 'a9f' is not in users.csv; add the user or remove the membership",
  // or without a line "members.csv: is a directory".
  std::string ToString() const;

  friend bool operator==(const RowError&, const RowError&) = default;
};

std::ostream& operator<<(std::ostream& out, const RowError& error);

// The errors of one file. However many there are, the first kMaxReportedErrors by (line, column)
// are kept, in whatever order they are found; the rest is counted. One thread at a time.
class ErrorList {
 public:
  void Add(RowError error);
  // Takes over the errors of `other`, whose lines are counted from `line_base`.
  void Append(ErrorList other, int64_t line_base);

  bool empty() const { return count_ == 0; }
  int64_t count() const { return count_; }
  // The errors kept, in order.
  std::vector<RowError> Take() &&;

 private:
  void Trim();

  std::vector<RowError> errors_;
  int64_t count_ = 0;
};

}  // namespace seatwise
