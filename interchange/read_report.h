// What came of reading files.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "interchange/row_error.h"

namespace seatwise {

struct ReadReport {
  // A file that was there.
  struct FileCount {
    std::string file;
    int64_t rows = 0;  // Without the header; 0 for tenant.json.
    int64_t bytes = 0;
  };

  // The first kMaxReportedErrors of all files: in the order of the files, then by line and column.
  std::vector<RowError> errors;
  int64_t error_count = 0;  // All of them.
  std::vector<FileCount> files;

  bool ok() const { return error_count == 0; }
  // Adds the errors of the next file.
  void Add(ErrorList list);
};

}  // namespace seatwise
