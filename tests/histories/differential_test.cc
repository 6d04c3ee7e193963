// The engine that keeps tenants up to date derives after every step of random histories what is
// derived anew, and its deltas add up.
//
// SEATWISE_HISTORIES is the number of histories of small tenants (default 1,500, about 70 changes
// each), SEATWISE_HISTORY_SEED the first seed (default 0); give them with --test_env. A failure
// prints the seed and the smallest history.
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <optional>
#include <string>

#include "absl/strings/numbers.h"
#include "base/sanitizers.h"
#include "engine/incremental/prepare_options.h"
#include "engine/reference/reference.h"
#include "gtest/gtest.h"
#include "tests/engines/engines.h"
#include "tests/histories/engine_under_test.h"
#include "tests/histories/history.h"
#include "tests/histories/history_judge.h"
#include "tests/histories/history_weights.h"
#include "tests/histories/live_engine.h"
#include "tests/histories/random_history.h"

namespace seatwise::histories {
namespace {

uint64_t FromEnv(const char* name, uint64_t otherwise) {
  const char* text = std::getenv(name);
  uint64_t number = 0;
  return text != nullptr && absl::SimpleAtoi(text, &number) ? number : otherwise;
}

constexpr uint64_t kHistories = kSanitized ? 200 : 1'500;
constexpr uint64_t kMediumHistories = kSanitized ? 2 : 4;

constexpr int kParts = 10;  // Tests, so that they can be spread over shards.

// Most parts never fall back on the batch engine; one always does, one sometimes. One uses threads.
LiveOptions OptionsOf(int part, LiveTotals& totals) {
  LiveOptions options{.totals = &totals};
  if (part == 0) options.limits = {.share = 0, .at_least = 0};
  if (part == 1)
    options = {.threads = 2, .limits = {.share = 0.3, .at_least = 2}, .totals = &totals};
  if (part == 2) options = {.threads = 2, .limits = {.many = 1}, .totals = &totals};
  return options;
}

// Fails with the whole story if the engine gets something wrong.
void ExpectNoFault(const HistoryJudge& judge, const IncrementalEngine& engine,
                   const History& history, const HistoryWeights& weights) {
  const std::optional<HistoryJudge::Fault> fault = judge.Find(engine, history);
  if (!fault.has_value()) return;
  // At once: making it small may take minutes.
  std::cerr << "seed " << judge.seed << ", " << weights << ", step " << fault->step << ": "
            << fault->text << std::endl;
  FAIL() << "seed " << judge.seed << ", " << weights << "\n" << judge.Explain(engine, history);
}

class DifferentialTest : public testing::TestWithParam<int> {};

TEST_P(DifferentialTest, EveryStepIsWhatItsFactsSay) {
  const uint64_t first = FromEnv("SEATWISE_HISTORY_SEED", 0);
  const uint64_t end = first + FromEnv("SEATWISE_HISTORIES", kHistories);
  LiveTotals totals;
  const IncrementalEngine engine = LiveEngine(OptionsOf(GetParam(), totals));
  size_t changes = 0;
  for (uint64_t seed = first + GetParam(); seed < end; seed += kParts) {
    const HistoryWeights weights = RandomHistoryWeights(seed);
    const RandomHistory made = MakeHistory(seed, weights);
    changes += made.changes;
    ExpectNoFault({.derive = DeriveReference, .seed = seed}, engine, made.history, weights);
    if (HasFailure()) return;
  }
  std::cout << "from seed " << first << ": " << changes << " changes, " << totals.prepared
            << " steps, " << totals.queue_repairs << " repairs, at most " << totals.longest_chain
            << ", " << totals.fell_back << " in batch\n";
}

INSTANTIATE_TEST_SUITE_P(Histories, DifferentialTest, testing::Range(0, kParts));

DeriveFacts DeriveInBatch() {
  for (const Engine& engine : AllEngines()) {
    if (engine.name == "batch_1_thread") return engine.derive;
  }
  return nullptr;
}

// Some hundred users, so that queues of seats are long; the batch engine says what is right.
TEST(MediumTenantsTest, EveryStepIsWhatItsFactsSay) {
  const uint64_t first = FromEnv("SEATWISE_HISTORY_SEED", 0);
  const uint64_t end = first + FromEnv("SEATWISE_MEDIUM_HISTORIES", kMediumHistories);
  LiveTotals totals;
  const IncrementalEngine engines[] = {
      LiveEngine({.totals = &totals}),
      LiveEngine({.threads = 2, .limits = {.many = 20}, .totals = &totals})};
  for (uint64_t seed = first; seed < end && !HasFailure(); ++seed) {
    const HistoryWeights weights = MediumHistoryWeights(seed);
    ExpectNoFault({.derive = DeriveInBatch(), .seed = seed, .detours = 5}, engines[seed % 2],
                  MakeHistory(seed, weights).history, weights);
  }
  std::cout << totals.prepared << " steps, " << totals.queue_repairs << " repairs, at most "
            << totals.longest_chain << ", " << totals.fell_back << " in batch\n";
}

}  // namespace
}  // namespace seatwise::histories
