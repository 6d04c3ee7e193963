// Any bytes, read as CSV in slices of any size, give what one slice gives.
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/check.h"
#include "base/executor.h"
#include "interchange/csv_file.h"
#include "interchange/input_file.h"
#include "interchange/limits.h"
#include "interchange/memory_file_for_test.h"

namespace seatwise {
namespace {

class NotingHandler final : public SliceHandler {
 public:
  void OnRecord(const CsvRecord& record) override {
    std::string text = absl::StrCat(record.blank ? "blank" : "", record.cell_count);
    for (const CsvCell& cell : record.cells) {
      absl::StrAppend(&text, "<", cell.text, ">", static_cast<int>(cell.fault));
    }
    records.emplace_back(record.line, std::move(text));
  }

  std::vector<std::pair<int64_t, std::string>> records;
};

std::string ReadAll(const InputFile& file, size_t slice_bytes) {
  InlineExecutor executor;
  std::string all;
  const auto make = [] { return std::make_unique<NotingHandler>(); };
  const auto accept = [&](SliceHandler& handler, int64_t base) {
    for (const auto& [line, text] : static_cast<NotingHandler&>(handler).records) {
      absl::StrAppend(&all, base + line, ":", text, "\n");
    }
  };
  const auto progress = [](int64_t) {};
  const std::optional<CsvStop> stop =
      ReadRecords(file, {.offset = 0, .line = 1}, slice_bytes, executor,
                  {.make = make, .accept = accept, .progress = progress});
  if (stop) absl::StrAppend(&all, stop->line, ":", stop->column, ":", stop->reason);
  return all;
}

}  // namespace
}  // namespace seatwise

// The first byte is the size of the slices.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  const seatwise::MemoryFile bytes({reinterpret_cast<const char*>(data) + 1, size - 1});
  const absl::StatusOr<seatwise::InputFile> file = seatwise::InputFile::Open(bytes.path());
  SEATWISE_CHECK(file.ok()) << file.status();
  SEATWISE_CHECK(seatwise::ReadAll(*file, size_t{data[0]} + 1) ==
                 seatwise::ReadAll(*file, seatwise::kSliceBytes))
      << "slices of " << int{data[0]} + 1;
  return 0;
}
