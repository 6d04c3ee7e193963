#include "bench/workload/csv_file.h"

#include <cerrno>
#include <cstring>
#include <utility>

#include "absl/strings/str_cat.h"

namespace seatwise::workload {

namespace {

// Large enough to make system calls rare, small enough to stay in the cache.
constexpr size_t kFlushBytes = 256 << 10;

absl::Status WriteError(absl::string_view path, int error_number) {
  return absl::UnavailableError(absl::StrCat("cannot write ", path, ": ",
                                             std::strerror(error_number),
                                             "; choose another --out or make room"));
}

}  // namespace

CsvFile::CsvFile(std::string path, absl::string_view name, std::FILE* file)
    : path_(std::move(path)), size_{std::string(name)}, file_(file) {}

absl::StatusOr<CsvFile> CsvFile::Create(const std::string& folder, absl::string_view name,
                                        absl::string_view header) {
  std::string path = absl::StrCat(folder, "/", name);
  std::FILE* file = std::fopen(path.c_str(), "wb");
  if (file == nullptr) return WriteError(path, errno);
  std::setvbuf(file, nullptr, _IONBF, 0);  // buffer_ is the buffer.
  CsvFile csv(std::move(path), name, file);
  if (!header.empty()) csv.buffer_ = absl::StrCat(header, "\n");
  return csv;
}

CsvFile& CsvFile::Field(int64_t value) {
  Separate();
  absl::StrAppend(&buffer_, value);
  return *this;
}

CsvFile& CsvFile::QuotedField(absl::string_view text) {
  if (text.find_first_of(",\"\r\n") == absl::string_view::npos) return Field(text);
  Separate();
  buffer_.push_back('"');
  for (char character : text) {
    if (character == '"') buffer_.push_back('"');
    buffer_.push_back(character);
  }
  buffer_.push_back('"');
  return *this;
}

void CsvFile::EndRow() {
  buffer_.push_back('\n');
  at_row_start_ = true;
  ++size_.rows;
  if (buffer_.size() >= kFlushBytes) Flush();
}

void CsvFile::Flush() {
  if (std::fwrite(buffer_.data(), 1, buffer_.size(), file_.get()) != buffer_.size()) Fail(errno);
  size_.bytes += buffer_.size();
  buffer_.clear();
}

void CsvFile::Fail(int error_number) {
  if (status_.ok()) status_ = WriteError(path_, error_number);
}

absl::StatusOr<FileSize> CsvFile::Close() {
  Flush();
  if (std::fclose(file_.release()) != 0) Fail(errno);
  if (!status_.ok()) return status_;
  return size_;
}

}  // namespace seatwise::workload
