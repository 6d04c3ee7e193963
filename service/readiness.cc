#include "service/readiness.h"

#include "absl/strings/str_cat.h"

namespace seatwise {

absl::string_view ServerStateName(ServerState state) {
  switch (state) {
    case ServerState::kRecovering:
      return "recovering";
    case ServerState::kServing:
      return "serving";
    case ServerState::kHalted:
      return "halted";
    case ServerState::kDraining:
      return "draining";
  }
  return "";
}

void Readiness::Set(ServerState state, std::string reason) {
  {
    MutexLock lock(&mutex_);
    if (state == state_ || state == ServerState::kRecovering) return;
    if (state_ == ServerState::kDraining) return;
    state_ = state;
    reason_ = reason;
  }
  observer_(state, reason);
}

ServerState Readiness::state() const {
  MutexLock lock(&mutex_);
  return state_;
}

std::string Readiness::ToString() const {
  MutexLock lock(&mutex_);
  return absl::StrCat(ServerStateName(state_), reason_.empty() ? "" : ": ", reason_);
}

}  // namespace seatwise
