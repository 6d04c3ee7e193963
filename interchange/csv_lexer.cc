// The lexer hops from one structuring byte to the next (csv_scanner.h) and never looks at those in
// between. A record that turns out to be incomplete is lexed again from its start once there is
// more of it; quotes are undoubled only when a record is complete, so nothing is undone twice.
#include "interchange/csv_lexer.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "interchange/limits.h"

namespace seatwise {
namespace {

// Records with more cells are rare enough to go the long way.
constexpr size_t kPlainCells = 64;

constexpr absl::string_view kNulByte =
    "contains a NUL byte, so this is not a text file in UTF-8; the rest is not read";
constexpr absl::string_view kNeverClosed =
    "the quoted cell that begins here is never closed; is a quote missing?";

// Removes the second of each pair of quotes.
absl::string_view Undouble(char* text, size_t size) {
  size_t to = 0;
  for (size_t from = 0; from < size; ++from) {
    text[to++] = text[from];
    if (text[from] == '"') ++from;
  }
  return {text, to};
}

}  // namespace

std::string CellFaultReason(CellFault fault) {
  switch (fault) {
    case CellFault::kNone:
      return "";
    case CellFault::kStrayQuote:
      return "a quote inside a cell that does not begin with one; put the cell in quotes and "
             "double "
             "the quotes in it";
    case CellFault::kTextAfterQuote:
      return "text after the closing quote of a cell; double the quotes that belong to the text";
    case CellFault::kBareCr:
      return "a carriage return that does not end the line; lines end in LF or CRLF, and a cell "
             "with a carriage return needs quotes";
  }
  return "";
}

void CsvLexer::Reset(char* data, size_t size, bool at_end, size_t begin, int64_t line) {
  data_ = data;
  size_ = size;
  at_end_ = at_end;
  position_ = begin;
  line_ = line;
  scanner_ = CsvScanner(data, size, begin);
}

CsvLexer::Result CsvLexer::Next() {
  if (LexPlain()) return Result::kRecord;
  cells_.clear();
  cell_count_ = 0;
  line_breaks_ = 0;
  any_doubled_ = false;
  any_fault_ = false;
  cell_begin_ = position_;
  for (;;) {
    switch (LexCell()) {
      case Step::kCell:
        break;
      case Step::kLastCell:
        FinishRecord();
        return Result::kRecord;
      case Step::kIncomplete:
        return Result::kIncomplete;
      case Step::kStop:
        return Result::kStop;
    }
  }
}

// Most records have neither quotes nor faults. One that has, or that is not complete, is left to
// the steps below; nothing is changed then.
bool CsvLexer::LexPlain() {
  CsvScanner scanner = scanner_;
  cells_.resize(kPlainCells);
  CsvCell* cell = cells_.data();
  size_t begin = position_;
  for (size_t count = 1; count <= kPlainCells; ++count, ++cell) {
    const size_t end = scanner.Next();
    if (end == size_) return false;
    *cell = {.text = {data_ + begin, end - begin}};
    begin = end + 1;
    if (data_[end] == ',') continue;
    if (data_[end] == '\r' && begin < size_ && data_[begin] == '\n') {
      scanner.Next();
      ++begin;
    } else if (data_[end] != '\n') {
      return false;
    }
    scanner_ = scanner;
    FinishPlain(count, begin);
    return true;
  }
  return false;
}

void CsvLexer::FinishPlain(size_t cells, size_t next) {
  record_ = {.line = line_,
             .cells = absl::MakeConstSpan(cells_).subspan(0, cells),
             .cell_count = cells,
             .blank = cells == 1 && cells_[0].text.empty()};
  ++line_;
  position_ = next;
}

CsvLexer::Step CsvLexer::LexCell() {
  const size_t next = scanner_.Next();
  const bool quoted = next == cell_begin_ && next < size_ && data_[next] == '"';
  return quoted ? LexQuoted() : LexUnquoted(next);
}

CsvLexer::Step CsvLexer::LexUnquoted(size_t next) {
  in_quotes_ = false;
  const size_t begin = cell_begin_;
  CsvCell cell;
  // The text reaches to the delimiter, which EndCell finds: behind `next` only if there is a fault.
  cell.text = {data_ + begin, next - begin};
  return EndCell(cell, next, CellFault::kStrayQuote);
}

CsvLexer::Step CsvLexer::LexQuoted() {
  in_quotes_ = true;
  CsvCell cell;
  const size_t begin = cell_begin_ + 1;
  const size_t end = FindClosingQuote(cell);
  if (end == size_) return EndOfBuffer();
  if (data_[end] == '\0') return Stop(kNulByte);
  in_quotes_ = false;
  cell.text = {data_ + begin, end - begin};
  any_doubled_ |= cell.doubled_quotes;
  const size_t next = scanner_.Next();
  if (next != end + 1) cell.fault = CellFault::kTextAfterQuote;
  return EndCell(cell, next, CellFault::kTextAfterQuote);
}

// A quote at the very end of the buffer may be the first of a pair.
size_t CsvLexer::FindClosingQuote(CsvCell& cell) {
  for (;;) {
    const size_t next = scanner_.Next();
    if (next == size_ || data_[next] == '\0') return next;
    if (data_[next] == '\n') ++line_breaks_;
    if (data_[next] != '"') continue;
    if (next + 1 == size_) return at_end_ ? next : size_;
    if (data_[next + 1] != '"') return next;
    scanner_.Next();
    cell.doubled_quotes = true;
  }
}

// Goes on from the structuring byte at `next` to the delimiter of the cell. A quote on the way is
// `fault_between`.
CsvLexer::Step CsvLexer::EndCell(CsvCell cell, size_t next, CellFault fault_between) {
  for (;; next = scanner_.Next()) {
    if (next == size_) {
      if (!at_end_) return Step::kIncomplete;
      break;
    }
    const char c = data_[next];
    if (c == ',' || c == '\n') break;
    if (c == '\0') return Stop(kNulByte);
    if (c == '\r') {
      if (next + 1 == size_ && !at_end_) return Step::kIncomplete;
      if (next + 1 < size_ && data_[next + 1] == '\n') break;
    }
    if (cell.fault == CellFault::kNone) cell.fault = c == '"' ? fault_between : CellFault::kBareCr;
  }
  ++cell_count_;
  any_fault_ |= cell.fault != CellFault::kNone;
  if (cells_.size() < kMaxCells) cells_.push_back(cell);
  cell_begin_ = next + 1;
  if (next < size_ && data_[next] == ',') return Step::kCell;
  if (next < size_ && data_[next] == '\r') scanner_.Next();
  record_end_ = next == size_ ? size_ : next + (data_[next] == '\r' ? 2 : 1);
  return Step::kLastCell;
}

CsvLexer::Step CsvLexer::EndOfBuffer() {
  if (!at_end_) return Step::kIncomplete;
  return Stop(kNeverClosed);
}

CsvLexer::Step CsvLexer::Stop(absl::string_view reason) {
  stop_ = {
      .line = line_, .column = static_cast<int>(cell_count_) + 1, .reason = std::string(reason)};
  return Step::kStop;
}

CsvStop CsvLexer::TooLong() const {
  const std::string what =
      in_quotes_ ? absl::StrCat("the quoted cell that begins here is longer than ", kMaxRecordBytes,
                                " bytes; is a closing quote missing?")
                 : absl::StrCat("the row is longer than ", kMaxRecordBytes,
                                " bytes; is a line end missing?");
  return {.line = line_,
          .column = in_quotes_ ? static_cast<int>(cell_count_) + 1 : 1,
          .reason = what + " The rest is not read"};
}

void CsvLexer::FinishRecord() {
  if (any_doubled_) {
    for (CsvCell& cell : cells_) {
      if (!cell.doubled_quotes) continue;
      cell.text = Undouble(data_ + (cell.text.data() - data_), cell.text.size());
      cell.doubled_quotes = false;
    }
  }
  const bool blank = data_[position_] == '\n' || (data_[position_] == '\r' && !any_fault_);
  record_ = {.line = line_,
             .cells = cells_,
             .cell_count = cell_count_,
             .blank = blank,
             .faulty = any_fault_};
  line_ += line_breaks_ + 1;
  position_ = record_end_;
}

}  // namespace seatwise
