// The only place that asks what time it is.
#pragma once

#include <chrono>

#include "base/time.h"

namespace seatwise {

// Tells the time of day, for journals, logs and expiries; nothing that is derived depends on it.
// Any thread.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual Time Now() const = 0;
};

// The machine's clock. It may be set back: whoever needs order counts revisions.
class SystemClock final : public Clock {
 public:
  Time Now() const override {
    const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
    return Time{std::chrono::duration_cast<std::chrono::microseconds>(since_epoch).count()};
  }
};

// Seconds since construction, by a clock that never runs backwards. Any thread.
class Stopwatch {
 public:
  double Seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
  }

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

}  // namespace seatwise
