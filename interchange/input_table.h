// Reads one table of an interchange folder: opens its file, matches its header, hands each row to
// typed readers on several threads, takes what they made in the order of the file, and finds keys
// that stand there twice.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/functional/function_ref.h"
#include "base/executor.h"
#include "interchange/csv_file.h"
#include "interchange/input_file.h"
#include "interchange/input_header.h"
#include "interchange/input_row.h"
#include "interchange/row_error.h"
#include "interchange/table_spec.h"

namespace seatwise {

// What one thread makes of the rows of a part of a table.
class InputPart {
 public:
  virtual ~InputPart() = default;
  // Each row, in order, broken ones too. What refers to the texts of the row holds until Finish has
  // returned.
  virtual void Read(InputRow& row) = 0;
  // After the last row. `row` serves for InputRow::FailFind.
  virtual void Finish(InputRow& row) { static_cast<void>(row); }
};

// How tables are read.
struct InputOptions {
  Executor& executor;
  size_t slice_bytes;
  std::function<void(int64_t bytes)> on_bytes;  // Called with the bytes read since the last call.
};

// When repeated keys are looked for: while rows are read, or by FindRepeatedKeys if at all.
enum class KeyCheck { kNow, kLater };

class InputTable {
 public:
  // Opens the file at `path` and reads its header. A file that does not exist has no rows.
  InputTable(const TableSpec& spec, const std::string& path, const InputOptions& options);

  const TableSpec& spec() const { return spec_; }
  bool exists() const { return file_.has_value(); }
  // False if rows could not be read or their ids not be found: then any id may be in the file.
  bool complete() const { return complete_; }
  int64_t rows() const { return rows_; }
  int64_t bytes() const { return file_ ? file_->size() : 0; }
  ErrorList& errors() { return errors_; }
  const ErrorList& errors() const { return errors_; }

  // `make` makes a Part, on any thread: `accept(Part&)` takes them in the order of the file, on
  // the calling thread. Part is a InputPart.
  template <typename Make, typename Accept>
  void Read(KeyCheck key_check, Make make, Accept accept) {
    using Part = decltype(make());
    ReadParts(
        key_check, [&] { return std::make_unique<Part>(make()); },
        [&](InputPart& part) { accept(static_cast<Part&>(part)); });
  }

  // Reads the table once more for keys that stand there twice, and reports each row but the first
  // of each key. `make` as above.
  template <typename Make>
  void FindRepeatedKeys(Make make) {
    using Part = decltype(make());
    FindRepeats([&] { return std::make_unique<Part>(make()); });
  }

 private:
  class SliceRows;
  using MakePart = absl::FunctionRef<std::unique_ptr<InputPart>()>;
  using AcceptSlice = absl::FunctionRef<void(SliceRows&, int64_t line)>;

  void ReadHeader();
  void ReadParts(KeyCheck key_check, MakePart make, absl::FunctionRef<void(InputPart&)> accept);
  void FindRepeats(MakePart make);
  // Reads the file again for the rows of the keys whose hashes occur more than once in `hashes`.
  void ReportRepeats(const std::vector<uint64_t>& hashes, MakePart make);
  // Answers why reading ended early, if it did.
  std::optional<CsvStop> ReadSlices(const KeyLog& keys, MakePart make, AcceptSlice accept);
  void CountTo(int64_t offset);
  void AddError(int64_t line, int column, std::string reason);

  const TableSpec& spec_;
  const InputOptions& options_;
  std::optional<InputFile> file_;
  std::optional<InputHeader> header_;  // If there are rows to read.
  CsvStart first_row_;
  ErrorList errors_;
  bool complete_ = true;
  int64_t rows_ = 0;
  int64_t counted_ = 0;  // Bytes that on_bytes has heard of.
};

}  // namespace seatwise
