// Calls of one method at a steady pace, whether those before have ended or not: a server that makes
// callers wait cannot make them ask less, and so hide it.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace grpc {
class Channel;
}

namespace seatwise::bench {

// One call.
struct PacedCall {
  std::chrono::steady_clock::time_point due;  // When it should have begun.
  double micros = 0;                          // From then until it ended.
  bool ok = false;
};

// Calls until it is stopped. One thread at a time.
class PacedLoad {
 public:
  // `requests` are serialized, sent in turn; at least one. `per_second` calls begin each second.
  PacedLoad(const std::shared_ptr<grpc::Channel>& channel, std::string method,
            std::vector<std::string> requests, int per_second);
  ~PacedLoad();

  // Begins no more calls, and waits for those under way. All calls; once.
  std::vector<PacedCall> Stop();

 private:
  struct State;

  std::unique_ptr<State> state_;
};

}  // namespace seatwise::bench
