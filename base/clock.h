// The only place that asks what time it is.
#pragma once

#include <algorithm>
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

// How long somebody is willing to wait. Value type.
class Deadline {
 public:
  // From now on. A negative duration has passed already; ages are as good as Never.
  static Deadline After(std::chrono::nanoseconds duration) {
    const auto now = std::chrono::steady_clock::now();
    const auto left = std::chrono::steady_clock::time_point::max() - now;
    return Deadline(now + std::min<std::chrono::nanoseconds>(duration, left));
  }
  // A time of day, as gRPC has deadlines.
  static Deadline At(std::chrono::system_clock::time_point time) {
    const auto now = std::chrono::system_clock::now();
    return After(std::max(time, now) - now);
  }
  static Deadline Never() { return Deadline(std::chrono::steady_clock::time_point::max()); }

  // Whichever is earlier.
  Deadline OrBy(Deadline other) const { return Deadline(std::min(when_, other.when_)); }

  bool Passed() const { return std::chrono::steady_clock::now() >= when_; }
  std::chrono::steady_clock::time_point when() const { return when_; }

 private:
  explicit Deadline(std::chrono::steady_clock::time_point when) : when_(when) {}

  std::chrono::steady_clock::time_point when_;
};

}  // namespace seatwise
