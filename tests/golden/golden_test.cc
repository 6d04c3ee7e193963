// Every engine derives what the golden scenarios state.
#include <algorithm>
#include <string>
#include <tuple>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "engine/model/derived.h"
#include "engine/model/facts.h"
#include "gtest/gtest.h"
#include "tests/engines/engines.h"
#include "tests/golden/runner.h"
#include "tests/golden/scenario.h"
#include "tests/golden/scenario_files.h"
#include "tests/histories/follow.h"
#include "tests/histories/live_engine.h"

namespace seatwise::golden {
namespace {

template <typename Row>
void Reverse(std::vector<Row>& rows) {
  std::reverse(rows.begin(), rows.end());
}

// The same facts, the last row first.
Facts Reversed(Facts facts) {
  Reverse(facts.plans);
  Reverse(facts.skus);
  Reverse(facts.conflicts);
  Reverse(facts.requirements);
  Reverse(facts.prohibitions);
  Reverse(facts.subscriptions);
  Reverse(facts.users);
  Reverse(facts.groups);
  Reverse(facts.memberships);
  Reverse(facts.assignments);
  Reverse(facts.observed);
  return facts;
}

class GoldenTest : public testing::TestWithParam<std::tuple<Engine, std::string>> {
 protected:
  // Runs each scenario of the file with the engine's answer to `prepared` facts.
  void RunAll(Facts (*prepared)(Facts)) {
    const auto& [engine, file] = GetParam();
    const absl::StatusOr<std::vector<Scenario>> scenarios = ReadScenarioFile(file);
    ASSERT_TRUE(scenarios.ok()) << scenarios.status();
    const auto derive = [&derive = engine.derive, prepared](const Facts& facts) {
      return derive(prepared(facts));
    };
    for (const Scenario& scenario : *scenarios) {
      for (const std::string& failure : RunScenario(scenario, derive)) {
        ADD_FAILURE() << failure << "\n    in      " << scenario.title;
      }
    }
  }
};

TEST_P(GoldenTest, DerivesWhatIsStated) {
  RunAll([](Facts facts) { return facts; });
}

TEST_P(GoldenTest, DerivesTheSameFromRowsInReverse) { RunAll(Reversed); }

// The steps of a scenario are changes of one tenant.
TEST(GoldenStepsTest, AreFollowedOneByOne) {
  for (const std::string& file : ScenarioFiles()) {
    const absl::StatusOr<std::vector<Scenario>> scenarios = ReadScenarioFile(file);
    ASSERT_TRUE(scenarios.ok()) << scenarios.status();
    for (const Scenario& scenario : *scenarios) {
      const auto derive = histories::Following(histories::LiveEngine());
      for (const std::string& failure : RunScenario(scenario, derive)) {
        ADD_FAILURE() << failure << "\n    in      " << scenario.title;
      }
    }
  }
}

// `reference_k_checks`.
std::string NameOf(const testing::TestParamInfo<GoldenTest::ParamType>& info) {
  const auto& [engine, file] = info.param;
  const size_t start = file.rfind('/') + 1;
  return absl::StrCat(engine.name, "_", file.substr(start, file.rfind('.') - start));
}

INSTANTIATE_TEST_SUITE_P(Engines, GoldenTest,
                         testing::Combine(testing::ValuesIn(AllEngines()),
                                          testing::ValuesIn(ScenarioFiles())),
                         NameOf);

}  // namespace
}  // namespace seatwise::golden
