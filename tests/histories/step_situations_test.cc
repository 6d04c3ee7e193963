// Random histories bring about every kind of change, and every turn that seats can take, often.
#include "tests/histories/step_situations.h"

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "absl/strings/string_view.h"
#include "engine/model/change.h"
#include "engine/model/derived.h"
#include "engine/model/facts.h"
#include "engine/model/memory_facts.h"
#include "engine/reference/reference.h"
#include "gtest/gtest.h"
#include "tests/histories/history.h"
#include "tests/histories/history_text.h"
#include "tests/histories/random_history.h"
#include "tests/worlds/situations.h"

namespace seatwise::histories {
namespace {

Scene SceneOf(const Facts& facts) {
  const Derived derived = DeriveReference(facts);
  return {facts, derived, worlds::FindSituations(facts, derived)};
}

std::set<std::string> OfTheFirstStep(absl::string_view text) {
  const History history = ParseHistory(text);
  return FindStepSituations(SceneOf(history.start), SceneOf(FactsAfter(history, 1)));
}

TEST(StepSituationsTest, ASeatMovesToWhoComesWithMorePriority) {
  const std::set<std::string> seen = OfTheFirstStep(R"(
    tenant location=US
    sku E3 plans=MAIL
    subscription s of E3 seats=1
    ana -> E3
    user bob
    step
    put bob -> E3 priority=5)");
  EXPECT_EQ(seen,
            (std::set<std::string>{"assignment of a user in", "a seat moved", "a first user waits",
                                   "somebody unnamed lost a seat", "O8 places of others change"}));
}

TEST(StepSituationsTest, AMoveIsSeen) {
  const std::set<std::string> seen = OfTheFirstStep(R"(
    ana in staff
    group board
    step
    delete ana in staff
    put ana in board)");
  EXPECT_EQ(seen, (std::set<std::string>{"member in", "member out", "moved between groups",
                                         "licenses are as they were"}));
}

TEST(CoverageTest, EverySituationOccursInRandomHistories) {
  constexpr uint64_t kHistories = 250;
  constexpr int kAtLeast = 5;
  std::map<std::string, int> steps;
  for (uint64_t seed = 0; seed < kHistories; ++seed) {
    const History history = MakeHistory(seed).history;
    MemoryFacts facts(history.start);
    Scene before = SceneOf(facts.ToFacts());
    for (const ChangeSet& step : history.steps) {
      facts.Apply(Admit(step, facts).changes);
      Scene after = SceneOf(facts.ToFacts());
      for (const std::string& name : FindStepSituations(before, after)) ++steps[name];
      before = std::move(after);
    }
  }
  for (const std::string& name : AllStepSituations()) {
    EXPECT_GE(steps[name], kAtLeast) << "steps with: " << name;
    steps.erase(name);
  }
  for (const auto& [name, count] : steps) ADD_FAILURE() << "not in AllStepSituations: " << name;
}

}  // namespace
}  // namespace seatwise::histories
