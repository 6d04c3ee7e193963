#include "service/housekeeper.h"

#include <chrono>
#include <string>

#include "absl/status/status.h"
#include "base/clock.h"
#include "base/time.h"
#include "service/log.h"
#include "service/tenant_environment.h"
#include "storage/tenant_store.h"

namespace seatwise {
namespace {

constexpr int kSecondsBetweenTrims = 10;
constexpr int kSecondsBetweenPrunes = 3600;
constexpr int64_t kMicrosOfADay = int64_t{24} * 3600 * 1'000'000;

}  // namespace

Housekeeper::Housekeeper(TenantRegistry& registry, Readiness& readiness, int retention_days)
    : registry_(registry),
      readiness_(readiness),
      retention_days_(retention_days),
      thread_([this] { Run(); }) {}

Housekeeper::~Housekeeper() {
  {
    MutexLock lock(&mutex_);
    stopping_ = true;
  }
  stopped_.NotifyAll();
  thread_.join();
}

void Housekeeper::Run() {
  for (int second = 1;; ++second) {
    {
      MutexLock lock(&mutex_);
      const Deadline next = Deadline::After(std::chrono::seconds(1));
      while (!stopping_ && stopped_.WaitUntil(mutex_, next)) {
      }
      if (stopping_) return;
    }
    CheckHealth();
    if (second % kSecondsBetweenTrims == 0) registry_.Trim();
    if (second % kSecondsBetweenPrunes == 0) Prune();
  }
}

void Housekeeper::CheckHealth() {
  const absl::Status health = registry_.health();
  registry_.environment().metrics.SetHalted(!health.ok());
  if (health.ok()) {
    readiness_.Set(ServerState::kServing, "");
  } else {
    readiness_.Set(ServerState::kHalted, std::string(health.message()));
  }
}

void Housekeeper::Prune() {
  const TenantEnvironment& environment = registry_.environment();
  Retention retention;
  retention.oldest_time = Time{environment.clock.Now().micros - retention_days_ * kMicrosOfADay};
  const absl::Status pruned = registry_.Prune(retention);
  if (!pruned.ok()) {
    environment.log.Warning("old revisions are kept", {{"error", std::string(pruned.message())}});
  }
}

}  // namespace seatwise
