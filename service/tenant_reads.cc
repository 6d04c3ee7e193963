#include "service/tenant_reads.h"

#include <memory>
#include <utility>

#include "base/status_macros.h"
#include "service/errors.h"
#include "service/names.h"
#include "service/tenant.h"

namespace seatwise {

absl::StatusOr<TenantStatePtr> ReadTenant(TenantRegistry& registry, absl::string_view tenant,
                                          int64_t min_revision, Deadline deadline) {
  if (min_revision < 0) return FieldError(v1::OUT_OF_RANGE, "min_revision", "is negative");
  absl::StatusOr<std::shared_ptr<Tenant>> loaded = registry.Get(tenant);
  if (absl::IsNotFound(loaded.status())) return NotFoundError(TenantName(tenant));
  SEATWISE_RETURN_IF_ERROR(loaded.status());
  TenantStatePtr published = (*loaded)->Published();
  const auto wanted = static_cast<uint64_t>(min_revision);
  if (published->revision >= wanted) return published;
  absl::StatusOr<TenantStatePtr> state = (*loaded)->AtLeast(wanted, deadline);
  if (absl::IsOutOfRange(state.status())) {
    return RevisionNotReachedError(wanted, published->revision);
  }
  return state;
}

TenantStatePtr ReadLoadedTenant(TenantRegistry& registry, absl::string_view tenant,
                                int64_t min_revision) {
  const std::shared_ptr<Tenant> loaded = registry.FindLoaded(tenant);
  if (loaded == nullptr || min_revision < 0) return nullptr;
  TenantStatePtr published = loaded->Published();
  return published->revision >= static_cast<uint64_t>(min_revision) ? published : nullptr;
}

}  // namespace seatwise
