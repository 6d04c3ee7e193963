// Which tenants there are, and their numbers.
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "base/id.h"
#include "base/mutex.h"
#include "base/time.h"
#include "storage/store.h"

namespace seatwise {

// Opaque bytes, as the ids of facts.
using TenantId = Id<struct TenantTag>;

// One tenant.
struct TenantEntry {
  TenantId id;
  TenantNumber number;
  Time created_at;
};

// The directory of a store. Any thread; reads see what was appended before. Everything fails as
// Store and Snapshot do.
class TenantDirectory {
 public:
  // Becomes the owner of the store's directory: one at a time. Removes what is left of tenants
  // whose deletion was interrupted.
  static absl::StatusOr<std::unique_ptr<TenantDirectory>> Open(Store& store);

  // Durable on return. ALREADY_EXISTS; INVALID_ARGUMENT if the id is not spelled as ids are.
  absl::StatusOr<TenantEntry> Create(const TenantId& id, Time now);

  // NOT_FOUND.
  absl::StatusOr<TenantEntry> Find(const TenantId& id) const;

  // At most `limit` tenants whose ids come after `after` (empty: all), by id.
  absl::StatusOr<std::vector<TenantEntry>> List(const TenantId& after, size_t limit) const;

  // Durable on return: nobody finds the tenant any more, and who has it open cannot write. Its
  // facts are removed before the return or, after a crash, by the next Open. The id is free again;
  // the number is not. NOT_FOUND.
  absl::Status Delete(const TenantId& id);

 private:
  TenantDirectory(Store& store, Owner owner) : store_(store), owner_(owner) {}
  absl::Status RemoveDeleted();
  absl::Status Remove(TenantNumber number);

  Store& store_;
  const Owner owner_;
  Mutex writer_;
};

}  // namespace seatwise
