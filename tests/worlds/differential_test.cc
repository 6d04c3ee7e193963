// On random tenants, every engine derives what the reference does, and the reference breaks no
// invariant and is not misled by what does not matter.
//
// SEATWISE_DIFF_TENANTS is the number of tenants (default 20,000), SEATWISE_DIFF_SEED the first
// seed (default 0); give them with --test_env. A failure prints the seed and the smallest tenant.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "absl/strings/numbers.h"
#include "gtest/gtest.h"
#include "tests/engines/engines.h"
#include "tests/worlds/judge.h"
#include "tests/worlds/random_tenant.h"
#include "tests/worlds/weights.h"

namespace seatwise::worlds {
namespace {

uint64_t FromEnv(const char* name, uint64_t otherwise) {
  const char* text = std::getenv(name);
  uint64_t number = 0;
  return text != nullptr && absl::SimpleAtoi(text, &number) ? number : otherwise;
}

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr uint64_t kTenants = 2'000;  // Each takes ten times as long.
#else
constexpr uint64_t kTenants = 20'000;
#endif

constexpr int kParts = 10;  // Tests, so that they can be spread over shards.

class DifferentialTest : public testing::TestWithParam<int> {};

TEST_P(DifferentialTest, EnginesAgree) {
  const uint64_t first = FromEnv("SEATWISE_DIFF_SEED", 0);
  const uint64_t end = first + FromEnv("SEATWISE_DIFF_TENANTS", kTenants);
  const std::vector<Engine> engines = AllEngines();
  for (uint64_t seed = first + GetParam(); seed < end; seed += kParts) {
    const Facts facts = RandomTenant(seed);
    const auto find = [&](const Facts& f) { return FindFaultInDisguise(engines, f, seed); };
    if (find(facts).empty()) continue;
    FAIL() << "seed " << seed << ", " << RandomWeights(seed) << "\n" << Explain(facts, find);
  }
}

INSTANTIATE_TEST_SUITE_P(Tenants, DifferentialTest, testing::Range(0, kParts));

}  // namespace
}  // namespace seatwise::worlds
