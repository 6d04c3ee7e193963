// The facts that scenarios speak of could be stored.
#include "engine/model/facts.h"

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/model/change.h"
#include "engine/model/memory_facts.h"
#include "engine/model/validate.h"
#include "engine/model/validation_error.h"
#include "gtest/gtest.h"
#include "tests/golden/scenario.h"
#include "tests/golden/scenario_files.h"

namespace seatwise::golden {
namespace {

template <typename Row>
void PutAll(const std::vector<Row>& rows, ChangeSet& all) {
  for (const Row& row : rows) all.changes.push_back(Put{row});
}

ChangeSet PutsOf(const Facts& facts) {
  ChangeSet all;
  all.changes.push_back(Put{facts.settings});
  PutAll(facts.plans, all);
  PutAll(facts.skus, all);
  PutAll(facts.conflicts, all);
  PutAll(facts.requirements, all);
  PutAll(facts.prohibitions, all);
  PutAll(facts.subscriptions, all);
  PutAll(facts.users, all);
  PutAll(facts.groups, all);
  PutAll(facts.memberships, all);
  PutAll(facts.assignments, all);
  PutAll(facts.observed, all);
  return all;
}

class FactsTest : public testing::TestWithParam<std::string> {};

TEST_P(FactsTest, OfEachStepPassTheDoor) {
  const absl::StatusOr<std::vector<Scenario>> scenarios = ReadScenarioFile(GetParam());
  ASSERT_TRUE(scenarios.ok()) << scenarios.status();
  for (const Scenario& scenario : *scenarios) {
    for (const Step& step : scenario.steps) {
      const absl::StatusOr<ValidationResult> result = Validate(PutsOf(step.facts), MemoryFacts());
      ASSERT_TRUE(result.ok()) << result.status();
      for (const ValidationError& error : result->errors) {
        ADD_FAILURE() << scenario.file << ":" << step.line << ": " << error.message;
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Scenarios, FactsTest, testing::ValuesIn(ScenarioFiles()),
                         [](const auto& info) {
                           const size_t start = info.param.rfind('/') + 1;
                           return info.param.substr(start, info.param.rfind('.') - start);
                         });

}  // namespace
}  // namespace seatwise::golden
