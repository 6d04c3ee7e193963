// How long a bench has kept processors busy, which other work on the machine hardly changes.
#pragma once

#include <ctime>

namespace seatwise {

// Seconds that all threads of this process have run since construction. Any thread.
class ProcessorStopwatch {
 public:
  double Seconds() const { return static_cast<double>(std::clock() - start_) / CLOCKS_PER_SEC; }

 private:
  std::clock_t start_ = std::clock();
};

}  // namespace seatwise
