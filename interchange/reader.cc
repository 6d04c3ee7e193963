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

// The catalog stays in memory until everything is read, since later tables refer to it.
bool StreamFacts(const std::string& dir, Executor& executor, ReadReport& report,
                 absl::FunctionRef<void(Fact)> take, const Progress& progress) {
  FolderReading reading(
      dir, {.slice_bytes = kSliceBytes, .take = [take](Fact fact) { take(std::move(fact)); }},
      executor, progress);
  const bool ok = reading.Read().has_value();
  reading.Report(report);
  if (!ok) return false;
  const bool has_settings = reading.has_settings();
  Facts facts = std::move(reading).TakeFacts();
  const auto take_all = [take](auto& of_kind) {
    for (auto& fact : of_kind) take(std::move(fact));
  };
  if (has_settings) take(facts.settings);
  take_all(facts.plans);
  take_all(facts.skus);
  take_all(facts.conflicts);
  take_all(facts.requirements);
  take_all(facts.prohibitions);
  take_all(facts.subscriptions);
  return true;
}

// Makes the columns as well, so that both find the same errors.
std::optional<Facts> ReadFacts(const std::string& dir, ReadReport& report) {
  InlineExecutor executor;
  const Progress no_progress;
  FolderReading reading(dir, {.slice_bytes = kSliceBytes, .keep_facts = true, .take = {}}, executor,
                        no_progress);
  const bool ok = reading.Read().has_value();
  reading.Report(report);
  if (!ok) return std::nullopt;
  return std::move(reading).TakeFacts();
}

}  // namespace seatwise
