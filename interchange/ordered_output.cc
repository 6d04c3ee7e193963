#include "interchange/ordered_output.h"

#include <utility>

namespace seatwise {

void OrderedOutput::Append(int64_t part, absl::string_view bytes) {
  WaitForTurn(part);
  if (failed()) return;
  absl::Status written = file_.Write(bytes);
  if (written.ok()) return;
  MutexLock lock(&mutex_);
  status_ = std::move(written);
}

void OrderedOutput::Complete(int64_t part) {
  WaitForTurn(part);
  MutexLock lock(&mutex_);
  ++turn_;
  turn_changed_.NotifyAll();
}

bool OrderedOutput::failed() const {
  MutexLock lock(&mutex_);
  return !status_.ok();
}

absl::Status OrderedOutput::status() const {
  MutexLock lock(&mutex_);
  return status_;
}

void OrderedOutput::WaitForTurn(int64_t part) {
  MutexLock lock(&mutex_);
  while (turn_ != part) turn_changed_.Wait(mutex_);
}

}  // namespace seatwise
