#include "service/tenant_registry.h"

#include <cstdint>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/clock.h"
#include "base/status_macros.h"
#include "service/errors.h"
#include "service/names.h"

namespace seatwise {
namespace {

// Who took no more than that is measured again in a millisecond or so.
constexpr size_t kCheaplyMeasured = 4 << 20;

// Loading is a write: who loads a tenant becomes its owner.
absl::Status CannotLoadError(absl::string_view id, const absl::Status& why) {
  return ErrorOf(v1::WRITES_HALTED,
                 absl::StrCat(TenantName(id), " is not in memory and cannot be loaded, because ",
                              "storage failed: ", why.message()));
}

}  // namespace

std::shared_ptr<Tenant> TenantRegistry::FindLoaded(absl::string_view id) {
  MutexLock lock(&mutex_);
  const auto found = slots_.find(id);
  if (found == slots_.end() || found->second.tenant == nullptr) return nullptr;
  found->second.used = ++tick_;
  return found->second.tenant;
}

bool TenantRegistry::Usable(const Slot& slot) const {
  return slot.tenant != nullptr &&
         (slot.tenant->health().ok() || !environment_.store.Health().ok());
}

absl::StatusOr<std::shared_ptr<Tenant>> TenantRegistry::Get(absl::string_view id) {
  std::shared_ptr<Tenant> broken;  // Freed without the lock.
  {
    MutexLock lock(&mutex_);
    for (;;) {
      const auto found = slots_.find(id);
      if (found == slots_.end()) break;
      if (Usable(found->second)) {
        found->second.used = ++tick_;
        return found->second.tenant;
      }
      if (found->second.tenant != nullptr) {
        broken = std::move(found->second.tenant);
        slots_.erase(found);
        break;
      }
      loaded_.Wait(mutex_);
    }
    slots_.try_emplace(std::string(id));
  }
  broken.reset();

  absl::StatusOr<std::shared_ptr<Tenant>> tenant = Load(id);
  const size_t bytes = tenant.ok() ? (*tenant)->ApproximateBytes() : 0;
  {
    MutexLock lock(&mutex_);
    const auto slot = slots_.find(id);
    if (tenant.ok() && slot->second.doomed) tenant = NotFoundError(TenantName(id));
    if (tenant.ok()) {
      slot->second.tenant = *tenant;
      slot->second.bytes = bytes;
      slot->second.revision = (*tenant)->Published()->revision;
      slot->second.used = ++tick_;
      ++counts_.loads;
      if (!closed_.ok()) (*tenant)->watches().Close(closed_);
    } else {
      slots_.erase(slot);
    }
  }
  loaded_.NotifyAll();
  if (tenant.ok()) MakeRoom(/*thorough=*/false);
  return tenant;
}

absl::StatusOr<std::shared_ptr<Tenant>> TenantRegistry::Load(absl::string_view id) {
  const Stopwatch stopwatch;
  absl::StatusOr<TenantEntry> entry = directory_.Find(TenantId(id));
  if (absl::IsNotFound(entry.status())) return NotFoundError(TenantName(id));
  SEATWISE_RETURN_IF_ERROR(entry.status());
  absl::StatusOr<std::shared_ptr<Tenant>> tenant = Tenant::LoadFrom(*entry, environment_);
  if (absl::IsUnavailable(tenant.status())) return CannotLoadError(id, tenant.status());
  SEATWISE_RETURN_IF_ERROR(tenant.status());
  environment_.metrics.TenantLoaded(stopwatch.Seconds());
  environment_.log.Info("tenant loaded", {{"tenant", id},
                                          {"revision", (*tenant)->Published()->revision},
                                          {"seconds", stopwatch.Seconds()}});
  return tenant;
}

std::vector<std::shared_ptr<Tenant>> TenantRegistry::Evict(size_t limit) {
  counts_.bytes = 0;
  for (const auto& [id, slot] : slots_) counts_.bytes += slot.bytes;
  std::vector<std::shared_ptr<Tenant>> evicted;
  while (counts_.bytes > limit) {
    auto oldest = slots_.end();
    for (auto slot = slots_.begin(); slot != slots_.end(); ++slot) {
      // New holders come by this registry only, and its lock is held: a count of 1 stays 1.
      if (slot->second.tenant == nullptr || slot->second.tenant.use_count() > 1) continue;
      if (oldest == slots_.end() || slot->second.used < oldest->second.used) oldest = slot;
    }
    if (oldest == slots_.end()) break;
    counts_.bytes -= oldest->second.bytes;
    ++counts_.evictions;
    evicted.push_back(std::move(oldest->second.tenant));
    slots_.erase(oldest);
    environment_.metrics.TenantEvicted();
  }
  counts_.loaded = slots_.size();
  environment_.metrics.SetTenantsLoaded(static_cast<int64_t>(counts_.loaded),
                                        static_cast<int64_t>(counts_.bytes));
  return evicted;
}

void TenantRegistry::Trim() { MakeRoom(/*thorough=*/true); }

void TenantRegistry::MakeRoom(bool thorough) {
  for (const std::string& id : ToMeasure(thorough)) MeasureAgain(id);
  // Asked without the lock, since a store with a full disk may take its time.
  const bool loadable = environment_.store.Health().ok();
  std::vector<std::shared_ptr<Tenant>> evicted;  // Freed without the lock.
  MutexLock lock(&mutex_);
  evicted = Evict(loadable ? options_.memory_limit : SIZE_MAX);
}

std::vector<std::string> TenantRegistry::ToMeasure(bool thorough) const {
  MutexLock lock(&mutex_);
  std::vector<std::string> ids;
  for (const auto& [id, slot] : slots_) {
    if (slot.tenant == nullptr) continue;
    const bool cheap = slot.bytes <= kCheaplyMeasured;
    const bool grown = cheap && slot.tenant->Published()->revision != slot.revision;
    if (thorough || grown) ids.push_back(id);
  }
  return ids;
}

// One at a time: who is held cannot be put away by others meanwhile.
void TenantRegistry::MeasureAgain(const std::string& id) {
  std::shared_ptr<Tenant> tenant;
  uint64_t measured = 0;
  {
    MutexLock lock(&mutex_);
    const auto slot = slots_.find(id);
    if (slot == slots_.end() || slot->second.tenant == nullptr) return;
    tenant = slot->second.tenant;
    measured = slot->second.revision;
  }
  const uint64_t revision = tenant->Published()->revision;
  if (revision == measured) return tenant->Renew();
  const size_t bytes = tenant->ApproximateBytes();
  MutexLock lock(&mutex_);
  const auto slot = slots_.find(id);
  if (slot == slots_.end() || slot->second.tenant != tenant) return;
  slot->second.bytes = bytes;
  slot->second.revision = revision;
}

void TenantRegistry::Forget(absl::string_view id) {
  std::shared_ptr<Tenant> gone;
  {
    MutexLock lock(&mutex_);
    const auto found = slots_.find(id);
    if (found == slots_.end()) return;
    if (found->second.tenant == nullptr) {
      found->second.doomed = true;
      return;
    }
    gone = std::move(found->second.tenant);
    slots_.erase(found);
  }
  gone->watches().Close(NotFoundError(TenantName(id)));
}

void TenantRegistry::CloseWatches(absl::Status why) {
  {
    MutexLock lock(&mutex_);
    closed_ = why;
  }
  for (const std::shared_ptr<Tenant>& tenant : All()) tenant->watches().Close(why);
}

absl::Status TenantRegistry::Prune(const Retention& retention) {
  for (const std::shared_ptr<Tenant>& tenant : All()) {
    SEATWISE_RETURN_IF_ERROR(tenant->Prune(retention));
  }
  return absl::OkStatus();
}

std::vector<std::shared_ptr<Tenant>> TenantRegistry::All() const {
  MutexLock lock(&mutex_);
  std::vector<std::shared_ptr<Tenant>> tenants;
  for (const auto& [id, slot] : slots_) {
    if (slot.tenant != nullptr) tenants.push_back(slot.tenant);
  }
  return tenants;
}

RegistryCounts TenantRegistry::counts() const {
  MutexLock lock(&mutex_);
  return counts_;
}

absl::Status TenantRegistry::health() const {
  SEATWISE_RETURN_IF_ERROR(environment_.store.Health());
  for (const std::shared_ptr<Tenant>& tenant : All()) {
    SEATWISE_RETURN_IF_ERROR(tenant->health());
  }
  return absl::OkStatus();
}

}  // namespace seatwise
