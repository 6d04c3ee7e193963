// Reads one slice of a CSV file: the records that start in a range of its bytes.
//
// Where records start can be known only from the front: a line break may stand in quotes. A slice
// in the middle guesses that the first line break it sees ends a record, which is nearly always
// true, and says where it started; who reads the slices in order (csv_file.h) sees whether that is
// where the slice before it ended, and reads the slice again from there if not.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>

#include "absl/functional/function_ref.h"
#include "interchange/csv_lexer.h"
#include "interchange/input_file.h"

namespace seatwise {

// A thread's room for the bytes of one slice. Memory that is not used is not touched.
class SliceBuffer {
 public:
  // For slices of at most `slice_bytes` of files of at most `file_bytes`.
  SliceBuffer(size_t slice_bytes, int64_t file_bytes);

  char* data() { return data_.get(); }
  // What the last record of a slice may need, too.
  size_t capacity() const { return capacity_; }

 private:
  size_t capacity_;
  std::unique_ptr<char[]> data_;
};

// Offsets of a file.
struct FileSlice {
  int64_t begin = 0;
  int64_t end = 0;
  bool begins_record = false;  // A record is known to start at `begin`.
};

// Where a slice was found to start and end.
struct SliceEnds {
  static constexpr int64_t kNone = -1;

  int64_t first = kNone;        // The first record that starts in the slice, or kNone.
  int64_t next = kNone;         // The first record behind the slice.
  int64_t lines = 0;            // The physical lines between the two.
  std::optional<CsvStop> stop;  // Why the file cannot be read on; its line counts from the slice.
};

// Calls visit(record) for each record that starts in the slice, in order; lines are counted from
// its first record. A record is valid during the call, but the texts of its cells stay until the
// buffer is used for another slice.
SliceEnds ReadSlice(const InputFile& file, FileSlice slice, SliceBuffer& buffer,
                    absl::FunctionRef<void(const CsvRecord&)> visit);

}  // namespace seatwise
