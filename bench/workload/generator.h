// Generates a tenant and writes it as an interchange folder: a pure function of the options. The
// same options give the same bytes, on any machine.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "bench/workload/csv_file.h"
#include "bench/workload/options.h"

namespace seatwise::workload {

struct Summary {
  std::vector<FileSize> files;  // In the order in which they were written.
  uint64_t claims = 0;          // Items of claims (semantics section 4).
  uint32_t scarce_skus = 0;
  uint32_t touching = 0;  // Users that ask for a scarce SKU.
  // Where the time went.
  double draw_seconds = 0;
  double write_seconds = 0;
};

// `options` as Resolve() makes them. Creates `folder` if it does not exist; files of the
// interchange format in it are replaced, others left alone. Errors name the path and the reason.
absl::StatusOr<Summary> Generate(const Options& options, const std::string& folder);

}  // namespace seatwise::workload
