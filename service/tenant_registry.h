// All tenants of a server: loaded when first asked for, put away when memory is short.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "service/tenant.h"

namespace seatwise {

struct RegistryOptions {
  // Bytes of live states to keep at most (approximately). The tenant used last always stays.
  size_t memory_limit = size_t{4} << 30;
  // Threads to derive a tenant's state with when it is loaded.
  int load_threads = 2;
};

struct RegistryCounts {
  size_t loaded = 0;   // Tenants in memory.
  size_t bytes = 0;    // Of their live states, approximately.
  uint64_t loads = 0;  // Since the start.
  uint64_t evictions = 0;
};

// Any thread may call anything. A tenant that was handed out stays usable for who holds it, also
// after it was put away or deleted.
class TenantRegistry {
 public:
  virtual ~TenantRegistry() = default;

  // The tenant if it is in memory, else null: never blocks, for threads that must not.
  virtual std::shared_ptr<Tenant> FindLoaded(absl::string_view id) = 0;

  // The tenant, loaded if need be; callers at the same time share one load. Blocks. NOT_FOUND if
  // there is none; what the store answers.
  virtual absl::StatusOr<std::shared_ptr<Tenant>> Get(absl::string_view id) = 0;

  // Drops a tenant from memory: it is gone from the store.
  virtual void Forget(absl::string_view id) = 0;

  virtual RegistryCounts counts() const = 0;

  // OK, or why some tenant's writes have ended: the server must not say SERVING then.
  virtual absl::Status health() const = 0;
};

}  // namespace seatwise
