#include "tests/histories/follow.h"

#include <cstddef>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "base/check.h"
#include "engine/model/change.h"
#include "engine/model/memory_facts.h"
#include "engine/model/validated_change_set.h"
#include "tests/histories/facts_difference.h"
#include "tests/histories/numbers.h"
#include "tests/worlds/dice.h"
#include "tests/worlds/random_tenant.h"
#include "tests/worlds/weights.h"

namespace seatwise::histories {
namespace {

constexpr int kSteps = 3;

// So many of the changes, any of them.
ChangeSet SomeOf(ChangeSet changes, size_t count, worlds::Dice& dice) {
  dice.Shuffle(changes.changes);
  changes.changes.resize(count);
  return changes;
}

Facts SomeStart(const Facts& facts, worlds::Dice& dice) {
  const int way = dice.Below(3);
  if (way == 0) return {};
  if (way == 1) return worlds::RandomTenant(dice.Next(), worlds::Weights{});
  MemoryFacts part;
  const ChangeSet all = ChangesBetween({}, facts);
  part.Apply(Admit(SomeOf(all, all.changes.size() * 3 / 4, dice), part).changes);
  return part.ToFacts();
}

}  // namespace

History HistoryTo(const Facts& facts, uint64_t seed) {
  worlds::Dice dice(seed);
  History history{SomeStart(facts, dice), {}};
  MemoryFacts now(history.start);
  for (int left = kSteps; left > 0; --left) {
    const ChangeSet rest = ChangesBetween(now.ToFacts(), facts);
    const size_t count = rest.changes.size() / static_cast<size_t>(left);
    // Some are refused as long as others are missing; the last step has all.
    Admitted step = Admit(SomeOf(rest, count, dice), now);
    now.Apply(step.changes);
    history.steps.push_back(std::move(step.given));
  }
  return history;
}

Derived DeriveOnTheWay(const IncrementalEngine& engine, const Facts& facts) {
  const uint64_t seed = facts.users.size() * 31 + facts.memberships.size() * 7 +
                        facts.assignments.size() * 5 + facts.subscriptions.size();
  const History history = HistoryTo(facts, seed);
  MemoryFacts now(history.start);
  auto version = engine.start(history.start, AnyNumbers(history.start, seed));
  for (const ChangeSet& step : history.steps) {
    const ValidatedChangeSet changes = Admit(step, now).changes;
    now.Apply(changes);
    version = version->Prepare(changes).version;
  }
  SEATWISE_CHECK(ChangesBetween(now.ToFacts(), facts).changes.empty());
  return version->State();
}

DeriveFacts Following(IncrementalEngine engine) {
  struct Tenant {
    IncrementalEngine engine;
    MemoryFacts facts;
    std::shared_ptr<const TenantVersion> version;
  };
  auto tenant = std::make_shared<Tenant>();
  tenant->engine = std::move(engine);
  return [tenant](const Facts& facts) {
    if (tenant->version == nullptr) {
      tenant->facts = MemoryFacts(facts);
      tenant->version = tenant->engine.start(facts, AnyNumbers(facts, 0));
      return tenant->version->State();
    }
    Admitted step = Admit(ChangesBetween(tenant->facts.ToFacts(), facts), tenant->facts);
    SEATWISE_CHECK(step.refused == 0);
    tenant->facts.Apply(step.changes);
    tenant->version = tenant->version->Prepare(step.changes).version;
    return tenant->version->State();
  };
}

}  // namespace seatwise::histories
