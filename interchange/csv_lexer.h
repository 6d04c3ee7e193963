// Cuts a buffer into the records and cells of RFC 4180: cells between commas, records between line
// ends (LF or CRLF), cells with commas, quotes or line breaks in quotes, quotes in them doubled.
// What RFC 4180 does not allow is a fault of its cell: a quote inside an unquoted cell, text after
// a closing quote, and a CR that is not part of a line end outside quotes. What leaves no hope for
// the rest of the file is an error of the file: a NUL byte, and a quote that never closes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "interchange/csv_scanner.h"

namespace seatwise {

// What is wrong with a cell as CSV.
enum class CellFault : uint8_t { kNone, kStrayQuote, kTextAfterQuote, kBareCr };

// What is wrong and what to do.
std::string CellFaultReason(CellFault fault);

struct CsvCell {
  absl::string_view text;  // Without quotes.
  CellFault fault = CellFault::kNone;
  bool doubled_quotes = false;  // Quotes in the text are still doubled; never so in a CsvRecord.
};

// One record. Valid until the next one is lexed.
struct CsvRecord {
  int64_t line = 0;                 // The physical line on which it starts, counted from 0.
  absl::Span<const CsvCell> cells;  // At least one; the first kMaxCells.
  size_t cell_count = 0;            // All of them.
  bool blank = false;               // A line without a single byte.
  bool faulty = false;              // Some cell has a fault.
};

// Why the rest of a file cannot be read.
struct CsvStop {
  int64_t line = 0;
  int column = 0;  // The cell, from 1.
  std::string reason;
};

class CsvLexer {
 public:
  enum class Result {
    kRecord,      // record() is the next one.
    kIncomplete,  // The buffer ends before the record does.
    kStop,        // stop() says why.
  };

  // Starts at data[begin], where a record starts, on line `line`. `data` must be readable for
  // CsvScanner::kPadding bytes beyond `size`; doubled quotes are undone in place. `at_end`: the
  // file ends where the buffer does.
  void Reset(char* data, size_t size, bool at_end, size_t begin, int64_t line);

  // Lexes the record at position(), which must be in front of the buffer's end. After kIncomplete,
  // Reset with more bytes goes on.
  Result Next();

  size_t position() const { return position_; }
  int64_t line() const { return line_; }
  const CsvRecord& record() const { return record_; }
  const CsvStop& stop() const { return stop_; }
  // After kIncomplete: what to say if the record may not grow any more.
  CsvStop TooLong() const;

 private:
  enum class Step { kCell, kLastCell, kIncomplete, kStop };

  bool LexPlain();
  void FinishPlain(size_t cells, size_t next);
  Step LexCell();
  Step LexUnquoted(size_t next);
  Step LexQuoted();
  // Answers where the quoted text ends, or the size of the buffer.
  size_t FindClosingQuote(CsvCell& cell);
  Step EndCell(CsvCell cell, size_t next, CellFault fault_between);
  Step EndOfBuffer();
  Step Stop(absl::string_view reason);
  void FinishRecord();

  char* data_ = nullptr;
  size_t size_ = 0;
  bool at_end_ = false;
  CsvScanner scanner_;

  size_t position_ = 0;      // Where the next record starts.
  int64_t line_ = 0;         // The line of that.
  size_t cell_begin_ = 0;    // Where the current cell starts.
  size_t record_end_ = 0;    // Behind the line end.
  int64_t line_breaks_ = 0;  // In quotes, in the current record.
  bool in_quotes_ = false;
  bool any_doubled_ = false;
  bool any_fault_ = false;
  std::vector<CsvCell> cells_;
  size_t cell_count_ = 0;
  CsvRecord record_;
  CsvStop stop_;
};

}  // namespace seatwise
