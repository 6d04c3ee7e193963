// All tenants of a server: loaded when first asked for, put away when memory is short.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "base/mutex.h"
#include "service/tenant.h"
#include "service/tenant_environment.h"
#include "storage/tenant_directory.h"

namespace seatwise {

struct RegistryOptions {
  // Bytes of live states to keep at most (approximately). Tenants in use stay: a call or a watch
  // holds its tenant.
  size_t memory_limit = size_t{4} << 30;
};

struct RegistryCounts {
  size_t loaded = 0;   // Tenants in memory.
  size_t bytes = 0;    // Of their live states, approximately.
  uint64_t loads = 0;  // Since the start.
  uint64_t evictions = 0;
};

// Any thread may call anything. A tenant that was handed out stays usable for who holds it, also
// after it was put away or deleted; of two copies only the later one can write.
class TenantRegistry {
 public:
  // `directory` and what `environment` names outlive the registry.
  TenantRegistry(TenantDirectory& directory, const TenantEnvironment& environment,
                 const RegistryOptions& options)
      : directory_(directory), environment_(environment), options_(options) {}

  // The tenant if it is in memory, else null: never blocks, for threads that must not.
  std::shared_ptr<Tenant> FindLoaded(absl::string_view id);

  // The tenant, loaded if need be; callers at the same time share one load. Blocks. A tenant whose
  // writes have ended is loaded anew once the store takes writes again. NOT_FOUND if there is none;
  // what the store answers.
  absl::StatusOr<std::shared_ptr<Tenant>> Get(absl::string_view id);

  // Drops a tenant from memory: it was deleted from the directory.
  void Forget(absl::string_view id);

  // Measures who has grown since it was last measured, and puts away what there is no room for. Who
  // is idle gives back what it pins in the store. Blocks: now and then, by a thread of its own.
  void Trim();

  // Ends all watches of now and later with `why`: the server closes.
  void CloseWatches(absl::Status why);

  // Forgets old revisions and requests of the tenants in memory. Blocks; the first failure.
  absl::Status Prune(const Retention& retention);

  RegistryCounts counts() const;

  // OK, or why the store or some tenant takes no writes: the server must not say SERVING then.
  absl::Status health() const;

  TenantDirectory& directory() { return directory_; }
  const TenantEnvironment& environment() const { return environment_; }

 private:
  struct Slot {
    std::shared_ptr<Tenant> tenant;  // Null while it is being loaded.
    size_t bytes = 0;
    uint64_t revision = 0;  // At which it takes so many.
    uint64_t used = 0;      // The tick of the last use.
    bool doomed = false;    // Deleted while it was being loaded.
  };
  using Slots = absl::flat_hash_map<std::string, Slot>;

  // Reads the tenant from the store, without the lock.
  absl::StatusOr<std::shared_ptr<Tenant>> Load(absl::string_view id);
  // By the sizes as they were last measured. What is to be freed once the lock is released.
  std::vector<std::shared_ptr<Tenant>> Evict(size_t limit)
      SEATWISE_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // Trim, or what of it may be waited for by who loads a tenant. Nobody leaves while the store
  // takes no writes: a tenant cannot be loaded again then.
  void MakeRoom(bool thorough);
  std::vector<std::string> ToMeasure(bool thorough) const;
  // Or, if it has not changed since, lets it give back what it pins.
  void MeasureAgain(const std::string& id);
  bool Usable(const Slot& slot) const SEATWISE_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  std::vector<std::shared_ptr<Tenant>> All() const;

  TenantDirectory& directory_;
  const TenantEnvironment environment_;
  const RegistryOptions options_;
  mutable Mutex mutex_;
  CondVar loaded_;
  Slots slots_ SEATWISE_GUARDED_BY(mutex_);
  uint64_t tick_ SEATWISE_GUARDED_BY(mutex_) = 0;
  RegistryCounts counts_ SEATWISE_GUARDED_BY(mutex_);
  absl::Status closed_ SEATWISE_GUARDED_BY(mutex_);
};

}  // namespace seatwise
