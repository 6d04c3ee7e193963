// Tenants at work over a store in memory, with a clock that tests set. Test only.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "base/check.h"
#include "base/clock.h"
#include "engine/incremental/live_state.h"
#include "engine/model/change.h"
#include "engine/model/derived.h"
#include "engine/model/facts.h"
#include "engine/model/location.h"
#include "engine/model/tiny_tenant.h"
#include "service/commit.h"
#include "service/held_store_for_test.h"
#include "service/log.h"
#include "service/metrics.h"
#include "service/tenant.h"
#include "service/tenant_environment.h"
#include "service/tenant_registry.h"
#include "storage/memory_store.h"
#include "storage/tenant_directory.h"

namespace seatwise {

class ClockForTest final : public Clock {
 public:
  Time Now() const override { return now; }
  Time now{1'000'000};
};

// What a server has, without gRPC. Members may be used directly.
struct RuntimeForTest {
  explicit RuntimeForTest(const RegistryOptions& options = {}) : RuntimeForTest(nullptr, options) {}
  // Over `on`, which outlives it, or a new store in memory.
  RuntimeForTest(Store* on, const RegistryOptions& options)
      : memory(on == nullptr ? NewMemoryStore() : nullptr),
        store(on == nullptr ? *memory : *on),
        log(
            LogLevel::kWarning, [this](absl::string_view line) { lines.emplace_back(line); },
            clock),
        directory(*TenantDirectory::Open(store)),
        registry(*directory, TenantEnvironment{store, clock, log, metrics}, options) {}

  std::shared_ptr<Tenant> NewTenant(absl::string_view id) {
    SEATWISE_CHECK(directory->Create(TenantId(id), clock.now).ok());
    return Get(id);
  }
  std::shared_ptr<Tenant> Get(absl::string_view id) {
    auto tenant = registry.Get(id);
    SEATWISE_CHECK(tenant.ok()) << tenant.status();
    return *std::move(tenant);
  }

  std::unique_ptr<Store> memory;
  HeldStore store;
  ClockForTest clock;
  std::vector<std::string> lines;
  Logger log;
  Metrics metrics;
  std::unique_ptr<TenantDirectory> directory;
  TenantRegistry registry;
};

// tiny::Tenant in a country, so that licenses are held.
inline Facts HoldingTenant() {
  Facts facts = tiny::Tenant();
  facts.settings.default_usage_location = *Location::Parse("US");
  return facts;
}

// Commits puts of these facts.
inline ChangeMaker Puts(std::vector<Fact> facts) {
  return [facts = std::move(facts)](const FactsSnapshot&) -> absl::StatusOr<ChangeSet> {
    ChangeSet set;
    for (const Fact& fact : facts) set.changes.push_back(Put{fact});
    return set;
  };
}
inline ChangeMaker Deletes(std::vector<FactKey> keys) {
  return [keys = std::move(keys)](const FactsSnapshot&) -> absl::StatusOr<ChangeSet> {
    ChangeSet set;
    for (const FactKey& key : keys) set.changes.push_back(Delete{key});
    return set;
  };
}

// All facts as puts, references first.
inline std::vector<Fact> AllOf(const Facts& facts) {
  std::vector<Fact> all = {facts.settings};
  const auto add = [&](const auto& rows) { all.insert(all.end(), rows.begin(), rows.end()); };
  add(facts.plans);
  add(facts.skus);
  add(facts.conflicts);
  add(facts.requirements);
  add(facts.prohibitions);
  add(facts.subscriptions);
  add(facts.users);
  add(facts.groups);
  add(facts.memberships);
  add(facts.assignments);
  add(facts.observed);
  return all;
}

}  // namespace seatwise
