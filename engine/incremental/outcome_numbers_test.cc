#include "engine/incremental/outcome_numbers.h"

#include <map>
#include <random>
#include <vector>

#include "gtest/gtest.h"

namespace seatwise {
namespace {

TEST(OutcomeNumbersTest, NumbersFollowTheFirstAppearanceWhileItGrows) {
  const std::vector<Outcome> outcomes(3'000);
  OutcomeNumbers numbers;
  std::map<const Outcome*, uint32_t> want;
  std::mt19937 random(2);
  for (int i = 0; i < 20'000; ++i) {
    const size_t drawn = random() % (outcomes.size() + 1);
    const Outcome* outcome = drawn < outcomes.size() ? &outcomes[drawn] : nullptr;
    const auto [it, is_new] = want.try_emplace(outcome, want.size());
    numbers.Fetch(outcome);
    ASSERT_EQ(numbers.NumberOf(outcome), it->second);
    ASSERT_EQ(numbers.size(), want.size());
  }
}

}  // namespace
}  // namespace seatwise
