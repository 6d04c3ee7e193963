// What a server does now and then by itself.
#pragma once

#include <thread>

#include "base/mutex.h"
#include "service/readiness.h"
#include "service/tenant_registry.h"

namespace seatwise {

// A thread that tells `readiness` each second whether the store takes writes, makes room in memory
// every ten, and each hour forgets the history that nobody can ask for any more. Runs until it is
// destroyed.
class Housekeeper {
 public:
  // Revisions are kept for `retention_days`. Both outlive it.
  Housekeeper(TenantRegistry& registry, Readiness& readiness, int retention_days);
  Housekeeper(const Housekeeper&) = delete;
  Housekeeper& operator=(const Housekeeper&) = delete;
  ~Housekeeper();

 private:
  void Run();
  void CheckHealth();
  void Prune();

  TenantRegistry& registry_;
  Readiness& readiness_;
  const int retention_days_;
  Mutex mutex_;
  CondVar stopped_;
  bool stopping_ SEATWISE_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

}  // namespace seatwise
