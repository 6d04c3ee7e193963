#include "cli/reconciliation.h"

#include <optional>
#include <utility>

#include "base/clock.h"
#include "base/process_stats.h"
#include "engine/model/lint.h"
#include "interchange/derived_writer.h"
#include "interchange/reader.h"

namespace seatwise::cli {
namespace {

StageFigures FiguresOf(const Stopwatch& watch) {
  return {.seconds = watch.Seconds(), .peak_bytes = PeakResidentBytes()};
}

}  // namespace

bool Reconciliation::Read(const std::string& from, const Progress& progress) {
  const Stopwatch watch;
  std::optional<Columns> columns = ReadColumns(from, executor_, report_, progress);
  read_ = FiguresOf(watch);
  if (!columns.has_value()) return false;
  columns_ = std::make_unique<const Columns>(*std::move(columns));
  return true;
}

void Reconciliation::Derive() {
  const Stopwatch watch;
  state_ = seatwise::Derive(*columns_, executor_);
  derive_ = FiguresOf(watch);
  warnings_ = Lint(*columns_);
}

absl::Status Reconciliation::Write(const std::string& out, const Progress& progress) {
  const Stopwatch watch;
  absl::Status status = WriteDerived(*state_, out, executor_, progress);
  write_ = FiguresOf(watch);
  return status;
}

}  // namespace seatwise::cli
