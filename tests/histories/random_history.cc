#include "tests/histories/random_history.h"

#include <set>
#include <utility>

#include "engine/model/fact_key.h"
#include "engine/model/memory_facts.h"
#include "tests/histories/change_maker.h"
#include "tests/worlds/random_tenant.h"

namespace seatwise::histories {
namespace {

// How many things one change set is about.
int DrawSize(worlds::Dice& dice, const HistoryWeights& weights) {
  if (dice.Chance(weights.bulk)) return dice.Between(10, 60);
  return dice.Chance(weights.single) ? 1 : dice.Between(2, 5);
}

// One change of each key: the first that is drawn.
ChangeSet DrawStep(ChangeMaker& maker, int size, const Facts& facts) {
  ChangeSet step;
  std::set<FactKey> keys;
  for (int i = 0; i < size; ++i) {
    for (Change& change : maker.Make(facts)) {
      if (keys.insert(KeyOf(change)).second) step.changes.push_back(std::move(change));
    }
  }
  return step;
}

}  // namespace

RandomHistory MakeHistory(uint64_t seed, const HistoryWeights& weights) {
  worlds::Dice dice(seed ^ 0x8157);
  ChangeMaker maker(dice, weights);
  RandomHistory made;
  made.history.start = worlds::RandomTenant(seed, weights.tenant);
  MemoryFacts facts(made.history.start);
  for (int i = 0; i < weights.steps; ++i) {
    const int size = DrawSize(dice, weights);
    Admitted step = Admit(DrawStep(maker, size, facts.ToFacts()), facts);
    maker.Remember(facts, step.given);
    facts.Apply(step.changes);
    made.changes += step.given.changes.size();
    made.refused += step.refused;
    made.history.steps.push_back(std::move(step.given));
  }
  return made;
}

RandomHistory MakeHistory(uint64_t seed) { return MakeHistory(seed, RandomHistoryWeights(seed)); }

}  // namespace seatwise::histories
