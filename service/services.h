// All services of the API, over one registry of tenants.
#pragma once

#include <vector>

#include "service/owned_service.h"
#include "service/page_token.h"
#include "service/reconciler.h"
#include "service/tenant_registry.h"
#include "service/worker_threads.h"

namespace seatwise {

// Owns the services and what they share. Must live until the server that they are registered with
// has stopped.
class Services {
 public:
  // `registry` outlives them.
  explicit Services(TenantRegistry& registry);
  Services(const Services&) = delete;
  Services& operator=(const Services&) = delete;

  const std::vector<OwnedService>& all() const { return all_; }

 private:
  const PageTokens page_tokens_;
  Reconciler reconciler_;
  WorkerThreads workers_;
  std::vector<OwnedService> all_;
};

}  // namespace seatwise
