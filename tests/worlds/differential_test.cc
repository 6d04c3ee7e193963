// On random tenants, every engine derives what the reference does, and the reference breaks no
// invariant and is not misled by what does not matter.
//
// SEATWISE_DIFF_TENANTS is the number of tenants (default 20,000), SEATWISE_DIFF_SEED the first
// seed (default 0), SEATWISE_EVERY_ENGINE=1 lets all engines judge all tenants; give them with
// --test_env. A failure prints the seed and the smallest tenant.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/types/span.h"
#include "base/sanitizers.h"
#include "engine/model/derived.h"
#include "engine/model/facts.h"
#include "engine/model/ids.h"
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

constexpr uint64_t kTenants = kSanitized ? 2'000 : 20'000;

// The last engine takes steps on its way, and costs as much as all others together.
uint64_t LastEngineEvery() { return FromEnv("SEATWISE_EVERY_ENGINE", 0) != 0 ? 1 : 8; }

constexpr int kParts = 10;  // Tests, so that they can be spread over shards.

class DifferentialTest : public testing::TestWithParam<int> {};

TEST_P(DifferentialTest, EnginesAgree) {
  const uint64_t first = FromEnv("SEATWISE_DIFF_SEED", 0);
  const uint64_t end = first + FromEnv("SEATWISE_DIFF_TENANTS", kTenants);
  const uint64_t last_engine_every = LastEngineEvery();
  const std::vector<Engine> all = AllEngines();
  for (uint64_t seed = first + GetParam(); seed < end; seed += kParts) {
    const Facts facts = RandomTenant(seed);
    const bool with_last = seed / kParts % last_engine_every == 0;
    const auto engines = absl::MakeConstSpan(all).first(all.size() - (with_last ? 0 : 1));
    const auto find = [&](const Facts& f) { return FindFaultInDisguise(engines, f, seed); };
    if (find(facts).empty()) continue;
    FAIL() << "seed " << seed << ", " << RandomWeights(seed) << "\n" << Explain(facts, find);
  }
}

INSTANTIATE_TEST_SUITE_P(Tenants, DifferentialTest, testing::Range(0, kParts));

// Says at once what is wrong, and then the smallest tenant in which it is: that takes minutes.
testing::AssertionResult Agree(const std::vector<Engine>& engines, const Facts& facts) {
  const auto find = [&](const Facts& f) { return FindFault(engines, f); };
  const std::string fault = find(facts);
  if (fault.empty()) return testing::AssertionSuccess();
  std::cerr << fault;
  return testing::AssertionFailure() << Explain(facts, find);
}

// Any flavour, with so many users that fast engines split, sort and queue in earnest.
Weights LargeWeights(uint64_t seed) {
  Weights weights = RandomWeights(seed);
  weights.small = 0;
  weights.users = 1500;
  weights.user_sku = std::min(weights.user_sku, 10);
  weights.units *= 100;
  weights.times = 300;
  weights.addresses = 400;
  return weights;
}

TEST(LargeTenantsTest, EnginesAgree) {
  const std::vector<Engine> engines = AllEngines();
  size_t items = 0;
  for (uint64_t seed = 0; seed < 20; ++seed) {
    const Facts facts = RandomTenant(seed, LargeWeights(seed));
    items += engines.front().derive(facts).items.size();
    ASSERT_TRUE(Agree(engines, facts)) << "seed " << seed << ", large, " << LargeWeights(seed);
  }
  EXPECT_GT(items, 20 * 2000u);
}

// Users with many claims, most of which wait for a plan that another one brings (G2, K5): fast
// engines remember what those lack instead of asking again.
Weights ChainWeights() {
  return {.flavour = "chains of many claims",
          .small = 0,
          .users = 6,
          .groups = 80,
          .skus = 48,
          .plans = 48,
          .plan_in_sku = 3,
          .ladder = 95,
          .conflicts = 6,
          .requirements = 60,
          .chain = 85,
          .units = 8,
          .groups_of_user = 100,
          .group_sku = 4,
          .times = 40};
}

// How many users have at least so many items.
size_t UsersWithMany(const Derived& derived, size_t least) {
  std::map<UserId, size_t> items;
  for (const ClaimItem& item : derived.items) ++items[item.user];
  return static_cast<size_t>(std::count_if(
      items.begin(), items.end(), [&](const auto& entry) { return entry.second >= least; }));
}

TEST(LongChainsTest, EnginesAgree) {
  constexpr uint64_t kChains = kSanitized ? 40 : 400;
  const uint64_t first = FromEnv("SEATWISE_DIFF_SEED", 0);
  const std::vector<Engine> engines = AllEngines();
  size_t many = 0;
  for (uint64_t seed = first; seed < first + kChains; ++seed) {
    const Facts facts = RandomTenant(seed, ChainWeights());
    many += UsersWithMany(engines.front().derive(facts), 64);
    ASSERT_TRUE(Agree(engines, facts)) << "seed " << seed << ", " << ChainWeights();
  }
  EXPECT_GT(many, kChains);
}

}  // namespace
}  // namespace seatwise::worlds
