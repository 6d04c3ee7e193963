// Engines that keep tenants up to date derive after every step of random histories what is derived
// anew, and their deltas add up.
//
// SEATWISE_HISTORIES is the number of histories, SEATWISE_HISTORY_SEED the first seed (default 0);
// give them with --test_env. A failure prints the seed and the smallest history.
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <optional>
#include <vector>

#include "absl/strings/numbers.h"
#include "engine/reference/reference.h"
#include "gtest/gtest.h"
#include "tests/histories/batch_again.h"
#include "tests/histories/engine_under_test.h"
#include "tests/histories/history.h"
#include "tests/histories/history_judge.h"
#include "tests/histories/history_weights.h"
#include "tests/histories/random_history.h"

namespace seatwise::histories {
namespace {

uint64_t FromEnv(const char* name, uint64_t otherwise) {
  const char* text = std::getenv(name);
  uint64_t number = 0;
  return text != nullptr && absl::SimpleAtoi(text, &number) ? number : otherwise;
}

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr uint64_t kHistories = 200;  // Each takes ten times as long.
#else
constexpr uint64_t kHistories = 2'000;
#endif

constexpr int kParts = 10;  // Tests, so that they can be spread over shards.

IncrementalEngine EngineUnderTest() { return BatchAgain(); }

class DifferentialTest : public testing::TestWithParam<int> {};

TEST_P(DifferentialTest, EveryStepIsWhatItsFactsSay) {
  const uint64_t first = FromEnv("SEATWISE_HISTORY_SEED", 0);
  const uint64_t end = first + FromEnv("SEATWISE_HISTORIES", kHistories);
  const IncrementalEngine engine = EngineUnderTest();
  size_t changes = 0;
  for (uint64_t seed = first + GetParam(); seed < end; seed += kParts) {
    const RandomHistory made = MakeHistory(seed);
    changes += made.changes;
    const HistoryJudge judge{.derive = DeriveReference, .seed = seed};
    if (!judge.Find(engine, made.history).has_value()) continue;
    FAIL() << "seed " << seed << ", " << RandomHistoryWeights(seed) << "\n"
           << judge.Explain(engine, made.history);
  }
  RecordProperty("changes", static_cast<int>(changes));
  std::cout << "changes: " << changes << "\n";
}

INSTANTIATE_TEST_SUITE_P(Histories, DifferentialTest, testing::Range(0, kParts));

}  // namespace
}  // namespace seatwise::histories
