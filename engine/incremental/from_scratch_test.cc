#include "engine/incremental/from_scratch.h"

#include <string>

#include "base/thread_pool.h"
#include "engine/incremental/load_live_facts.h"
#include "engine/incremental/prepare_options.h"
#include "engine/incremental/user_answers.h"
#include "gtest/gtest.h"
#include "tests/histories/load_facts.h"
#include "tests/histories/numbers.h"
#include "tests/worlds/random_tenant.h"
#include "tests/worlds/weights.h"

namespace seatwise {
namespace {

std::vector<QueuePlace> PlacesOf(const PersistentTree<QueuePlace>& tree) {
  std::vector<QueuePlace> places;
  tree.ForEach([&](const QueuePlace& place) { places.push_back(place); });
  return places;
}

// Where two versions of the same facts differ; "" if nowhere.
std::string FindDifference(const LiveParts& a, const LiveParts& b) {
  for (uint32_t user = 0; user < a.answers.size(); ++user) {
    const Outcome* x = a.answers.OutcomeOf(user);
    const Outcome* y = b.answers.OutcomeOf(user);
    if ((x == nullptr) != (y == nullptr)) return "an outcome is missing";
    if (x != nullptr && (x->granted != y->granted || x->items != y->items)) return "an outcome";
  }
  for (SkuNo sku = 0; sku < a.seats.size(); ++sku) {
    if (!b.seats[sku]) {
      if (a.seats[sku]->demand != 0) return "a queue is missing";
      continue;
    }
    const SeatQueue &x = *a.seats[sku], &y = *b.seats[sku];
    if (x.demand != y.demand || x.consumed != y.consumed) return "a count";
    if (PlacesOf(x.waiting) != PlacesOf(y.waiting)) return "who waits";
    if (!x.tracked || !y.tracked) continue;  // The demand may be just below the seats.
    if (PlacesOf(x.takes) != PlacesOf(y.takes)) return "who takes";
  }
  for (uint32_t group = 0; group < a.groups.size(); ++group) {
    if (a.groups[group] != b.groups[group]) return "a group";
  }
  return "";
}

TEST(FromScratchTest, BatchSaysWhatAnsweringForEverybodySays) {
  ThreadPool pool(3);
  int tracked = 0;
  for (uint64_t seed = 0; seed < 1500; ++seed) {
    worlds::Weights weights = worlds::RandomWeights(seed);
    if (seed % 5 == 0) weights.users = 40;
    const Facts facts = worlds::RandomTenant(seed, weights);
    const LoadedFacts loaded = histories::LoadFacts(facts, histories::AnyNumbers(facts, seed));
    const LiveParts batch =
        FromScratch(LoadLiveFacts(loaded), loaded.columns, loaded.user_number, pool);
    LiveParts single;
    single.facts = LoadLiveFacts(loaded);
    single.traits = std::make_shared<TraitTable>(single.facts.catalog());
    const PrepareLimits limits{.many = seed % 2 == 0 ? size_t{1} : size_t{1000}};
    UserAnswers answers(single, single.facts, limits, pool);
    ASSERT_TRUE(answers.Answer(loaded.user_number));
    ASSERT_TRUE(answers.Finish().has_value());
    ASSERT_EQ(FindDifference(batch, single), "") << "seed " << seed;
    for (SkuNo sku = 0; sku < batch.seats.size(); ++sku) tracked += batch.seats[sku]->tracked;
  }
  EXPECT_GT(tracked, 500);
}

}  // namespace
}  // namespace seatwise
