#include "tests/histories/follow.h"

#include <memory>
#include <utility>
#include <vector>

#include "base/check.h"
#include "engine/model/change.h"
#include "engine/model/memory_facts.h"
#include "tests/histories/facts_difference.h"
#include "tests/histories/numbers.h"
#include "tests/worlds/dangling.h"
#include "tests/worlds/dice.h"
#include "tests/worlds/random_tenant.h"
#include "tests/worlds/weights.h"

namespace seatwise::histories {
namespace {

// The tenant without some of its facts, any of them.
Facts PartOf(Facts facts, worlds::Dice& dice) {
  const int lost = dice.Between(5, 30);
  const auto lose = [&](auto& rows) {
    std::erase_if(rows, [&](const auto&) { return dice.Chance(lost); });
  };
  lose(facts.plans);
  lose(facts.skus);
  lose(facts.conflicts);
  lose(facts.requirements);
  lose(facts.prohibitions);
  lose(facts.subscriptions);
  lose(facts.users);
  lose(facts.groups);
  lose(facts.memberships);
  lose(facts.assignments);
  worlds::RemoveDangling(facts);
  if (dice.Chance(20)) facts.settings = {};
  return facts;
}

Facts SomeStart(const Facts& facts, worlds::Dice& dice) {
  const int way = dice.Below(3);
  if (way == 0) return {};
  if (way == 1) return worlds::RandomTenant(dice.Next(), worlds::Weights{});
  return PartOf(facts, dice);
}

}  // namespace

History HistoryTo(const Facts& facts, uint64_t seed) {
  worlds::Dice dice(seed);
  History history{SomeStart(facts, dice), {}};
  const Facts halfway = PartOf(facts, dice);
  history.steps.push_back(ChangesBetween(history.start, halfway));
  history.steps.push_back(ChangesBetween(halfway, facts));
  for (ChangeSet& step : history.steps) dice.Shuffle(step.changes);
  return history;
}

Derived DeriveOnTheWay(const IncrementalEngine& engine, const Facts& facts) {
  const uint64_t seed = facts.users.size() * 31 + facts.memberships.size() * 7 +
                        facts.assignments.size() * 5 + facts.subscriptions.size();
  const History history = HistoryTo(facts, seed);
  MemoryFacts now(history.start);
  auto version = engine.start(history.start, AnyNumbers(history.start, seed));
  for (const ChangeSet& step : history.steps) {
    const Admitted admitted = Admit(step, now);
    SEATWISE_CHECK(admitted.refused == 0);
    now.Apply(admitted.changes);
    version = version->Prepare(admitted.changes).version;
  }
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
