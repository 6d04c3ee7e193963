// Parts of a file that several threads make, written in their order.
#pragma once

#include <cstdint>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "base/mutex.h"
#include "interchange/output_file.h"

namespace seatwise {

// Thread-safe. A part may be appended to in several pieces; it waits for all parts before it. Parts
// must be started in order, so that whoever waits, waits for work that is being done.
class OrderedOutput {
 public:
  explicit OrderedOutput(OutputFile& file) : file_(file) {}

  // Waits until it is the part's turn, and writes. After an error nothing is written any more.
  void Append(int64_t part, absl::string_view bytes);
  // The part is complete: the next one's turn.
  void Complete(int64_t part);

  bool failed() const;
  absl::Status status() const;

 private:
  void WaitForTurn(int64_t part);

  OutputFile& file_;  // Written only by whose turn it is.
  mutable Mutex mutex_;
  CondVar turn_changed_;
  int64_t turn_ SEATWISE_GUARDED_BY(mutex_) = 0;
  absl::Status status_ SEATWISE_GUARDED_BY(mutex_);
};

}  // namespace seatwise
