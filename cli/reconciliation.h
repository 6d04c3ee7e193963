// One run from folder to folder: read facts, derive, write. The verbs `reconcile` and `demo` are
// two views of it.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "base/thread_pool.h"
#include "engine/batch/batch.h"
#include "engine/model/columns.h"
#include "engine/model/warning.h"
#include "interchange/progress.h"
#include "interchange/read_report.h"

namespace seatwise::cli {

// What one stage took. A stage that did not run took nothing.
struct StageFigures {
  double seconds = 0;
  int64_t peak_bytes = 0;  // The largest resident set of the process until the stage's end.
};

// Stages run once each, in the order Read, Derive, Write; the last may be left out. One thread.
class Reconciliation {
 public:
  explicit Reconciliation(int threads) : executor_(threads) {}

  // False: the folder was rejected, and report() says why.
  bool Read(const std::string& from, const Progress& progress);
  // After a Read that was true.
  void Derive();
  // `out` is made if it is missing.
  absl::Status Write(const std::string& out, const Progress& progress);

  const ReadReport& report() const { return report_; }
  const StageFigures& read() const { return read_; }
  // Only after Derive.
  const Columns& columns() const { return *columns_; }
  const BatchState& state() const { return *state_; }
  const std::vector<Warning>& warnings() const { return warnings_; }
  const StageFigures& derive() const { return derive_; }
  // Only after Write.
  const StageFigures& write() const { return write_; }
  // For work on the result. One caller at a time.
  Executor& executor() { return executor_; }
  int threads() const { return executor_.threads(); }

 private:
  ThreadPool executor_;
  ReadReport report_;
  std::unique_ptr<const Columns> columns_;  // state_ refers to it.
  std::unique_ptr<const BatchState> state_;
  std::vector<Warning> warnings_;
  StageFigures read_;
  StageFigures derive_;
  StageFigures write_;
};

}  // namespace seatwise::cli
