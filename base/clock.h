// The only place that asks what time it is.
#pragma once

#include <chrono>

namespace seatwise {

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
