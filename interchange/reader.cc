#include "interchange/reader.h"

#include <utility>

#include "interchange/folder_reading.h"
#include "interchange/limits.h"

namespace seatwise {

std::optional<Columns> ReadColumns(const std::string& dir, Executor& executor, ReadReport& report,
                                   const Progress& progress) {
  FolderReading reading(dir, {.slice_bytes = kSliceBytes}, executor, progress);
  std::optional<Columns> columns = reading.Read();
  reading.Report(report);
  return columns;
}

// Makes the columns as well, so that both find the same errors.
std::optional<Facts> ReadFacts(const std::string& dir, ReadReport& report) {
  InlineExecutor executor;
  const Progress no_progress;
  FolderReading reading(dir, {.slice_bytes = kSliceBytes, .keep_facts = true}, executor,
                        no_progress);
  const bool ok = reading.Read().has_value();
  reading.Report(report);
  if (!ok) return std::nullopt;
  return std::move(reading).TakeFacts();
}

}  // namespace seatwise
