// Whether the server can be asked now, as load balancers and operators want to know it.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <utility>

#include "absl/strings/string_view.h"
#include "base/mutex.h"

namespace seatwise {

// kRecovering: the store is being opened. kHalted: a write failed on the disk, and nothing can be
// written until a restart. kDraining: no new calls are taken.
enum class ServerState : uint8_t { kRecovering, kServing, kHalted, kDraining };

// "recovering", "serving", "halted", "draining".
absl::string_view ServerStateName(ServerState state);

// The state with its reason. It only moves on in the order of the enum. Any thread.
class Readiness {
 public:
  // Called once for each change, by the thread that makes it.
  using Observer = std::function<void(ServerState state, const std::string& reason)>;

  explicit Readiness(Observer observer) : observer_(std::move(observer)) {}

  // Ignored if the state is that already, or further on.
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
