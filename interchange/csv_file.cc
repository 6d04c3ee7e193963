// Slices are read in rounds. In a round the threads take slices as they are free, each into a
// buffer of its own; then the calling thread goes through the results in order. It knows where each
// slice must begin, since it knows where the one before ended: a slice that had guessed otherwise
// is read again. A file that cannot be read on costs no more than the rest of its round.
#include "interchange/csv_file.h"

#include <algorithm>
#include <atomic>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "base/status_macros.h"
#include "interchange/csv_slice.h"

namespace seatwise {
namespace {

constexpr size_t kSlicesOfRound = 32;  // For each thread.

struct SliceResult {
  std::unique_ptr<SliceHandler> handler;
  SliceEnds ends;
};

class RecordReading {
 public:
  RecordReading(const InputFile& file, CsvStart start, size_t slice_bytes, Executor& executor,
                const CsvCallbacks& callbacks)
      : file_(file),
        slice_bytes_(static_cast<int64_t>(slice_bytes)),
        executor_(executor),
        callbacks_(callbacks),
        next_(start) {
    const size_t bytes = static_cast<size_t>(file.size() - start.offset);
    const size_t threads =
        std::min<size_t>(static_cast<size_t>(executor.threads()), bytes / slice_bytes + 1);
    for (size_t i = 0; i < threads; ++i) buffers_.emplace_back(slice_bytes, file.size());
  }

  std::optional<CsvStop> Run() {
    std::optional<CsvStop> stop;
    while (!stop && next_.offset < file_.size()) {
      const std::vector<FileSlice> slices = NextRound();
      std::vector<SliceResult> results = ReadRound(slices);
      stop = AcceptRound(slices, results);
      callbacks_.progress(next_.offset);
    }
    return stop;
  }

 private:
  std::vector<FileSlice> NextRound() const {
    std::vector<FileSlice> slices;
    int64_t begin = next_.offset;
    while (slices.size() < kSlicesOfRound * buffers_.size() && begin < file_.size()) {
      const int64_t end = std::min(begin + slice_bytes_, file_.size());
      slices.push_back({.begin = begin, .end = end, .begins_record = slices.empty()});
      begin = end;
    }
    return slices;
  }

  std::vector<SliceResult> ReadRound(const std::vector<FileSlice>& slices) {
    std::vector<SliceResult> results(slices.size());
    std::atomic<size_t> next = 0;
    const auto work = [&](int thread) {
      SliceBuffer& buffer = buffers_[static_cast<size_t>(thread)];
      for (size_t i = next++; i < slices.size(); i = next++) {
        results[i] = ReadOne(slices[i], buffer);
      }
    };
    if (slices.size() == 1) {
      work(0);
    } else {
      executor_.Run(static_cast<int>(buffers_.size()), work);
    }
    return results;
  }

  SliceResult ReadOne(FileSlice slice, SliceBuffer& buffer) {
    SliceResult result = {.handler = callbacks_.make(), .ends = {}};
    SliceHandler& handler = *result.handler;
    result.ends =
        ReadSlice(file_, slice, buffer, [&](const CsvRecord& record) { handler.OnRecord(record); });
    handler.OnEnd();
    return result;
  }

  std::optional<CsvStop> AcceptRound(const std::vector<FileSlice>& slices,
                                     std::vector<SliceResult>& results) {
    for (size_t i = 0; i < slices.size(); ++i) {
      // A record that began before may reach beyond the slice.
      if (next_.offset >= slices[i].end) continue;
      SliceResult result = std::move(results[i]);
      if (result.ends.first != next_.offset) {
        result = ReadOne({.begin = next_.offset, .end = slices[i].end, .begins_record = true},
                         buffers_.front());
      }
      callbacks_.accept(*result.handler, next_.line);
      if (result.ends.stop) {
        result.ends.stop->line += next_.line;
        return result.ends.stop;
      }
      next_ = {.offset = result.ends.next, .line = next_.line + result.ends.lines};
    }
    return std::nullopt;
  }

  const InputFile& file_;
  const int64_t slice_bytes_;
  Executor& executor_;
  const CsvCallbacks& callbacks_;
  CsvStart next_;                     // The first record that is not yet accepted.
  std::vector<SliceBuffer> buffers_;  // By thread.
};

}  // namespace

absl::StatusOr<int64_t> FindText(const InputFile& file) {
  constexpr absl::string_view kByteOrderMark = "\xef\xbb\xbf";
  constexpr int64_t kBytes = 3;
  char bytes[kBytes];
  if (file.size() < kBytes) return 0;
  SEATWISE_RETURN_IF_ERROR(file.ReadAt(0, bytes, kBytes));
  return absl::string_view(bytes, kBytes) == kByteOrderMark ? kBytes : 0;
}

std::optional<CsvStop> ReadRecords(const InputFile& file, CsvStart start, size_t slice_bytes,
                                   Executor& executor, const CsvCallbacks& callbacks) {
  return RecordReading(file, start, slice_bytes, executor, callbacks).Run();
}

}  // namespace seatwise
