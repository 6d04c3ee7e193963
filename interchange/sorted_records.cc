// A run is records end to end, each behind its length in four bytes.
#include "interchange/sorted_records.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "interchange/output_file.h"

namespace seatwise {
namespace {

constexpr size_t kBlockBytes = 1 << 20;
constexpr size_t kBufferBytes = 128 << 10;
using Length = uint32_t;

}  // namespace

class SortedRecords::Run {
 public:
  static absl::StatusOr<Run> Create(const std::string& dir) {
    std::string path = absl::StrCat(dir, "/.sorted-XXXXXX");
    const int fd = mkostemp(path.data(), O_CLOEXEC);
    if (fd < 0) return CannotBeWritten(path, errno);
    unlink(path.c_str());
    return Run(fd, std::move(path));
  }
  Run(Run&& other) noexcept { *this = std::move(other); }
  Run& operator=(Run&& other) noexcept {
    std::swap(fd_, other.fd_);
    std::swap(path_, other.path_);
    std::swap(buffer_, other.buffer_);
    std::swap(at_, other.at_);
    std::swap(record_, other.record_);
    return *this;
  }
  ~Run() {
    if (fd_ >= 0) close(fd_);
  }

  absl::Status Write(absl::string_view record) {
    const auto length = static_cast<Length>(record.size());
    buffer_.append(reinterpret_cast<const char*>(&length), sizeof(length));
    buffer_.append(record.data(), record.size());
    return buffer_.size() < kBufferBytes ? absl::OkStatus() : Flush();
  }

  absl::Status Flush() {
    absl::string_view bytes = buffer_;
    while (!bytes.empty()) {
      const ssize_t count = write(fd_, bytes.data(), bytes.size());
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) return CannotBeWritten(path_, errno);
      bytes.remove_prefix(static_cast<size_t>(count));
    }
    buffer_.clear();
    buffer_.shrink_to_fit();
    return absl::OkStatus();
  }

  // To the first record.
  absl::Status Rewind() {
    if (lseek(fd_, 0, SEEK_SET) != 0) return CannotBeWritten(path_, errno);
    return Next().status();
  }
  // To the next one; false behind the last.
  absl::StatusOr<bool> Next() {
    SEATWISE_ASSIGN_OR_RETURN(const bool more, Need(sizeof(Length)));
    if (!more) return false;
    Length length = 0;
    std::memcpy(&length, buffer_.data() + at_, sizeof(length));
    SEATWISE_ASSIGN_OR_RETURN(const bool whole, Need(sizeof(Length) + length));
    if (!whole) return absl::DataLossError(absl::StrCat(path_, ": ends within a record"));
    record_ = absl::string_view(buffer_).substr(at_ + sizeof(Length), length);
    at_ += sizeof(Length) + length;
    return true;
  }
  // Valid until Next.
  absl::string_view record() const { return record_; }

 private:
  Run(int fd, std::string path) : fd_(fd), path_(std::move(path)) {}

  // Has so many bytes in the buffer from `at_` on; false if the file has no more.
  absl::StatusOr<bool> Need(size_t size) {
    if (buffer_.size() - at_ >= size) return true;
    buffer_.erase(0, std::exchange(at_, 0));
    size_t filled = buffer_.size();
    buffer_.resize(std::max(size, kBufferBytes));
    while (filled < size) {
      const ssize_t count = read(fd_, buffer_.data() + filled, buffer_.size() - filled);
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) return CannotBeWritten(path_, errno);
      if (count == 0) break;
      filled += static_cast<size_t>(count);
    }
    buffer_.resize(filled);
    return filled >= size;
  }

  int fd_ = -1;
  std::string path_;
  std::string buffer_;
  size_t at_ = 0;
  absl::string_view record_;
};

SortedRecords::SortedRecords(std::string dir) : dir_(std::move(dir)) {}
SortedRecords::SortedRecords(SortedRecords&& other) noexcept = default;
SortedRecords::~SortedRecords() = default;

void SortedRecords::Add(absl::string_view record) {
  if (blocks_.empty() || blocks_.back().capacity() - blocks_.back().size() < record.size()) {
    blocks_.emplace_back().reserve(std::max(kBlockBytes, record.size()));
  }
  // Within the capacity: the views stay.
  std::string& block = blocks_.back();
  block.append(record.data(), record.size());
  records_.push_back(absl::string_view(block).substr(block.size() - record.size()));
  bytes_ += record.size() + sizeof(absl::string_view);
}

void SortedRecords::Sort() { std::sort(records_.begin(), records_.end()); }

absl::Status SortedRecords::Spill() {
  Sort();
  SEATWISE_ASSIGN_OR_RETURN(Run run, Run::Create(dir_));
  for (const absl::string_view record : records_) SEATWISE_RETURN_IF_ERROR(run.Write(record));
  SEATWISE_RETURN_IF_ERROR(run.Flush());
  runs_.push_back(std::move(run));
  records_.clear();
  blocks_.clear();
  bytes_ = 0;
  return absl::OkStatus();
}

absl::Status SortedRecords::ForEach(absl::FunctionRef<absl::Status(absl::string_view)> visit) {
  if (runs_.empty()) {
    Sort();
    for (const absl::string_view record : records_) SEATWISE_RETURN_IF_ERROR(visit(record));
    return absl::OkStatus();
  }
  if (!records_.empty()) SEATWISE_RETURN_IF_ERROR(Spill());
  // The run with the smallest record is at the front of the heap.
  std::vector<Run*> heap;
  for (Run& run : runs_) {
    SEATWISE_RETURN_IF_ERROR(run.Rewind());
    heap.push_back(&run);
  }
  const auto later = [](const Run* a, const Run* b) { return b->record() < a->record(); };
  std::make_heap(heap.begin(), heap.end(), later);
  while (!heap.empty()) {
    std::pop_heap(heap.begin(), heap.end(), later);
    SEATWISE_RETURN_IF_ERROR(visit(heap.back()->record()));
    SEATWISE_ASSIGN_OR_RETURN(const bool more, heap.back()->Next());
    if (more) {
      std::push_heap(heap.begin(), heap.end(), later);
    } else {
      heap.pop_back();
    }
  }
  return absl::OkStatus();
}

}  // namespace seatwise
