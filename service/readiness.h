// Whether the server can be asked now, as load balancers and operators want to know it.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <utility>

#include "absl/strings/string_view.h"
#include "base/mutex.h"

namespace seatwise {

// kRecovering: the store is being opened. kHalted: the disk is full or has failed, and nothing can
// be written; reads work. kDraining: no new calls are taken.
enum class ServerState : uint8_t { kRecovering, kServing, kHalted, kDraining };

// "recovering", "serving", "halted", "draining".
absl::string_view ServerStateName(ServerState state);

// The state with its reason. Recovery is never returned to, and draining is final. Any thread.
class Readiness {
 public:
  // Called once for each change, by the thread that makes it.
  using Observer = std::function<void(ServerState state, const std::string& reason)>;

  explicit Readiness(Observer observer) : observer_(std::move(observer)) {}

  // Ignored if the state is that already, or must not follow.
  void Set(ServerState state, std::string reason);

  ServerState state() const;
  bool serving() const { return state() == ServerState::kServing; }
  // "halted: fsync failed", or "serving".
  std::string ToString() const;

 private:
  const Observer observer_;
  mutable Mutex mutex_;
  ServerState state_ SEATWISE_GUARDED_BY(mutex_) = ServerState::kRecovering;
  std::string reason_ SEATWISE_GUARDED_BY(mutex_);
};

}  // namespace seatwise
