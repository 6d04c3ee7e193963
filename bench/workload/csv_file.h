// Writes one CSV file, fast and in order.
#pragma once

#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace seatwise::workload {

// What was written to one file.
struct FileSize {
  std::string name;
  uint64_t rows = 0;  // Without the header.
  uint64_t bytes = 0;
};

// Fields are separated and rows ended with LF as they come. The first error is kept and told by
// Close(). One thread.
class CsvFile {
 public:
  // Creates or empties folder/name. `header` is the first row, without its LF; none if empty.
  // An error names the file and the system's reason.
  static absl::StatusOr<CsvFile> Create(const std::string& folder, absl::string_view name,
                                        absl::string_view header);

  // Adds a field that needs no quotes.
  CsvFile& Field(absl::string_view text) {
    Separate();
    buffer_.append(text.data(), text.size());
    return *this;
  }
  CsvFile& Field(int64_t value);
  // Adds a field and quotes it if it holds a comma, a double quote or a line break (RFC 4180).
  CsvFile& QuotedField(absl::string_view text);
  void EndRow();

  // Flushes and closes; nothing may be added after it.
  absl::StatusOr<FileSize> Close();

 private:
  struct Closer {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };

  CsvFile(std::string path, absl::string_view name, std::FILE* file);

  void Separate() {
    if (!at_row_start_) buffer_.push_back(',');
    at_row_start_ = false;
  }
  void Flush();
  void Fail(int error_number);

  std::string path_;
  FileSize size_;
  std::unique_ptr<std::FILE, Closer> file_;
  std::string buffer_;
  bool at_row_start_ = true;
  absl::Status status_;
};

}  // namespace seatwise::workload
