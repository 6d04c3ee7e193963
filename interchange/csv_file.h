// Reads all records of a CSV file by slices, on several threads, with results in the order of the
// file. The result does not depend on the number of threads nor on the size of the slices.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "base/executor.h"
#include "interchange/csv_lexer.h"
#include "interchange/input_file.h"

namespace seatwise {

// What becomes of the records of one slice. Each is used by one thread at a time.
class SliceHandler {
 public:
  virtual ~SliceHandler() = default;
  // A record is valid during the call, but the texts of its cells stay until OnEnd has returned.
  // Lines are counted from the slice.
  virtual void OnRecord(const CsvRecord& record) = 0;
  virtual void OnEnd() {}
};

// Where the text of a file begins: behind a byte order mark, if there is one.
absl::StatusOr<int64_t> FindText(const InputFile& file);

// Where reading begins: behind the header, say.
struct CsvStart {
  int64_t offset = 0;
  int64_t line = 0;
};

// What a reading does with the file.
struct CsvCallbacks {
  // Makes a handler. Any thread.
  absl::FunctionRef<std::unique_ptr<SliceHandler>()> make;
  // Takes the handlers in the order of the file, on the calling thread; the lines of the slice
  // count from `line`. Handlers of slices that turn out to be wrong guesses never arrive here.
  absl::FunctionRef<void(SliceHandler& handler, int64_t line)> accept;
  // Now and then: the offset up to which all is accepted. On the calling thread.
  absl::FunctionRef<void(int64_t offset)> progress;
};

// Answers why the file could not be read to its end, if so.
std::optional<CsvStop> ReadRecords(const InputFile& file, CsvStart start, size_t slice_bytes,
                                   Executor& executor, const CsvCallbacks& callbacks);

}  // namespace seatwise
