// Records that come in any order and are wanted in the order of their bytes, more than fit into
// memory: what is too much lies on disk meanwhile, sorted, and is merged at the end.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace seatwise {

// Errors are those of OutputFile. Move-only; one thread at a time.
class SortedRecords {
 public:
  // Runs lie in `dir`, which has to be there at the first Spill. They have no names: whatever
  // happens, nothing of them stays.
  explicit SortedRecords(std::string dir);
  SortedRecords(SortedRecords&& other) noexcept;
  ~SortedRecords();

  // Less than 4 GiB.
  void Add(absl::string_view record);
  bool empty() const { return records_.empty() && runs_.empty(); }

  // What the records in memory take of it.
  size_t bytes() const { return bytes_; }
  // Writes the records in memory to disk as one run.
  absl::Status Spill();

  // Calls visit(record) for all records, ascending, until it fails. Once, at the end.
  absl::Status ForEach(absl::FunctionRef<absl::Status(absl::string_view)> visit);

 private:
  // A file without a name.
  class Run;

  void Sort();

  std::string dir_;
  std::vector<std::string> blocks_;         // The bytes of the records.
  std::vector<absl::string_view> records_;  // Into the blocks.
  size_t bytes_ = 0;
  std::vector<Run> runs_;
};

}  // namespace seatwise
