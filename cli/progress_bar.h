// Shows on a terminal how far a long piece of work is.
#pragma once

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "base/clock.h"
#include "cli/console.h"
#include "interchange/progress.h"

namespace seatwise::cli {

// What the work is counted in.
enum class WorkUnit { kBytes, kUsers, kCauses };

// How far a piece of work is.
struct WorkDone {
  int64_t done = 0;
  int64_t total = 0;
  double seconds = 0;  // Since it began.
};

// One line of at most `columns` columns, without a line end:
// "read     [##########>         ]  52 %   412 MiB/s   0:07 left".
std::string FormatProgress(absl::string_view label, WorkUnit unit, const WorkDone& work,
                           size_t columns);

// A line on stderr that redraws itself and leaves nothing behind when it is destroyed. Silent where
// stderr is no terminal, and for work that is over at once.
class ProgressBar {
 public:
  ProgressBar(Console& console, std::string label, WorkUnit unit);
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;
  ~ProgressBar();

  // To be called by the work; empty where nobody looks. Must not outlive the bar.
  Progress callback();

 private:
  void Update(int64_t done, int64_t total);

  Console& console_;
  const std::string label_;
  const WorkUnit unit_;
  const Stopwatch since_start_;
  double drawn_at_ = 0;  // Seconds since the start; 0: nothing is drawn yet.
};

}  // namespace seatwise::cli
