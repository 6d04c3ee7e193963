// A slice is read with a little more behind it, so that its last record is mostly complete at once;
// if it is not, more is read behind that, up to the longest record there may be.
#include "interchange/csv_slice.h"

#include <algorithm>
#include <cstring>
#include <string>

#include "interchange/limits.h"

namespace seatwise {
namespace {

constexpr size_t kReadAhead = size_t{16} << 10;

// The bytes of a file from some offset on, as far as they have been read.
class Window {
 public:
  Window(const InputFile& file, SliceBuffer& buffer, int64_t offset)
      : file_(file), buffer_(buffer), offset_(offset) {}

  // Reads on, to `size` bytes in all or to the end of the file.
  absl::Status GrowTo(size_t size) {
    const int64_t left = file_.size() - offset_;
    size = std::min({size, buffer_.capacity(), static_cast<size_t>(left)});
    const absl::Status status =
        file_.ReadAt(offset_ + static_cast<int64_t>(size_), buffer_.data() + size_, size - size_);
    if (status.ok()) size_ = size;
    return status;
  }

  char* data() { return buffer_.data(); }
  size_t size() const { return size_; }
  bool at_end() const { return offset_ + static_cast<int64_t>(size_) == file_.size(); }

 private:
  const InputFile& file_;
  SliceBuffer& buffer_;
  int64_t offset_;
  size_t size_ = 0;
};

// Where the first record starts in the first `size` bytes, by the first line break; `size` if
// nowhere.
size_t GuessFirst(const char* data, size_t size) {
  const void* found = std::memchr(data, '\n', size);
  if (found == nullptr) return size;
  return static_cast<size_t>(static_cast<const char*>(found) - data) + 1;
}

CsvStop UnreadableStop(const absl::Status& status, int64_t line) {
  return {.line = line, .column = 1, .reason = std::string(status.message())};
}

// Lexes the records that start in the first `size` bytes of the window, from lexer.position() on.
// Answers why it stopped, if it did not reach the end.
std::optional<CsvStop> LexRecords(Window& window, size_t size, CsvLexer& lexer,
                                  absl::FunctionRef<void(const CsvRecord&)> visit) {
  while (lexer.position() < std::min(size, window.size())) {
    switch (lexer.Next()) {
      case CsvLexer::Result::kRecord:
        visit(lexer.record());
        break;
      case CsvLexer::Result::kIncomplete: {
        const size_t length = window.size() - lexer.position();
        if (length >= kMaxRecordBytes) return lexer.TooLong();
        const size_t wanted = lexer.position() + std::min(kMaxRecordBytes, 2 * length + kReadAhead);
        if (absl::Status status = window.GrowTo(wanted); !status.ok()) {
          return UnreadableStop(status, lexer.line());
        }
        lexer.Reset(window.data(), window.size(), window.at_end(), lexer.position(), lexer.line());
        break;
      }
      case CsvLexer::Result::kStop:
        return lexer.stop();
    }
  }
  return std::nullopt;
}

}  // namespace

SliceBuffer::SliceBuffer(size_t slice_bytes, int64_t file_bytes)
    : capacity_(std::min(slice_bytes + 1 + kMaxRecordBytes, static_cast<size_t>(file_bytes))),
      data_(std::make_unique_for_overwrite<char[]>(capacity_ + CsvScanner::kPadding)) {}

SliceEnds ReadSlice(const InputFile& file, FileSlice slice, SliceBuffer& buffer,
                    absl::FunctionRef<void(const CsvRecord&)> visit) {
  // The byte in front shows whether a record starts at `begin`.
  const int64_t offset = slice.begins_record ? slice.begin : slice.begin - 1;
  const size_t size = static_cast<size_t>(slice.end - offset);
  SliceEnds ends;
  Window window(file, buffer, offset);
  if (absl::Status status = window.GrowTo(size + kReadAhead); !status.ok()) {
    ends.first = slice.begin;
    ends.stop = UnreadableStop(status, 0);
    return ends;
  }
  const size_t first = slice.begins_record ? 0 : GuessFirst(window.data(), size);
  if (first == size) return ends;
  CsvLexer lexer;
  lexer.Reset(window.data(), window.size(), window.at_end(), first, 0);
  ends.first = offset + static_cast<int64_t>(first);
  ends.stop = LexRecords(window, size, lexer, visit);
  ends.next = offset + static_cast<int64_t>(lexer.position());
  ends.lines = lexer.line();
  return ends;
}

}  // namespace seatwise
