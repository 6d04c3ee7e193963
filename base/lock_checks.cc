#include "base/lock_checks.h"

#include "absl/synchronization/mutex.h"

namespace seatwise {

void SkipLockChecks() {
#ifdef NDEBUG
  absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);
#endif
}

}  // namespace seatwise
