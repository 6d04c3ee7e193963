#include "tests/golden/coverage.h"

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/cases/files.h"
#include "tests/golden/scenario_files.h"

namespace seatwise::golden {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// Sections 8 and 9 are not computed by the engines.
const std::vector<LaterRule>& Later() {
  static const auto* later = new std::vector<LaterRule>{
      {"L1", "comes with the ledgers"},     {"L2", "comes with the ledgers"},
      {"L3", "comes with the ledgers"},     {"R1", "comes with the action plan"},
      {"R2", "comes with the action plan"}, {"R3", "comes with the action plan"},
      {"R4", "comes with the action plan"},
  };
  return *later;
}

constexpr char kSemantics[] =
    "## 6. Checks\n"
    "- **Ids** are opaque\n"
    "- **K1** USAGE_LOCATION_MISSING\n"
    "  of **K9** and 3. this is said elsewhere\n"
    "- **L1** Revision\n"
    "1. not an example\n"
    "## 11. Worked examples\n"
    "1. Alice\n"
    "   has 2. things\n"
    "12. Bob\n"
    "## 12. What follows\n"
    "2. not an example either\n";

Scenario Citing(std::vector<std::string> cites) {
  return {.file = "k.txt", .line = 7, .cites = std::move(cites), .title = "", .steps = {}};
}

TEST(CoverageTest, RulesAndWorkedExamplesAreFoundInTheText) {
  EXPECT_THAT(CitableIn(kSemantics), ElementsAre("K1", "L1", "example 1", "example 12"));
}

TEST(CoverageTest, WhatEachHasAScenarioOrComesLaterIsFine) {
  EXPECT_THAT(CoverageErrors(kSemantics, {Citing({"K1", "example 1"}), Citing({"example 12"})},
                             {{"L1", "comes with the ledgers"}}),
              IsEmpty());
}

TEST(CoverageTest, ARuleWithoutAScenarioIsAnError) {
  EXPECT_THAT(CoverageErrors(kSemantics, {Citing({"example 1"})}, {}),
              ElementsAre("K1 has no golden scenario", "L1 has no golden scenario",
                          "example 12 has no golden scenario"));
}

TEST(CoverageTest, ACitationOfNoRuleIsAnError) {
  EXPECT_THAT(CoverageErrors("- **K1** x", {Citing({"K1", "K10", "example 9"})}, {}),
              ElementsAre("k.txt:7: K10 is not in docs/semantics.md",
                          "k.txt:7: example 9 is not in docs/semantics.md"));
}

TEST(CoverageTest, ALaterRuleThatHasAScenarioLeavesTheList) {
  EXPECT_THAT(CoverageErrors("- **L1** x", {Citing({"L1"})}, {{"L1", "comes with the ledgers"}}),
              ElementsAre("k.txt:7: L1 has a scenario now; it was to come later "
                          "(comes with the ledgers): take it off that list"));
}

TEST(CoverageTest, ALaterRuleThatIsNoneIsAnError) {
  EXPECT_THAT(CoverageErrors("", {}, {{"L9", "comes never"}}),
              ElementsAre("L9 is listed for later but is no rule"));
}

TEST(CoverageTest, EveryRuleOfTheSemanticsHasAGoldenScenario) {
  std::vector<Scenario> scenarios;
  for (const std::string& file : ScenarioFiles()) {
    const absl::StatusOr<std::vector<Scenario>> of_file = ReadScenarioFile(file);
    ASSERT_TRUE(of_file.ok()) << of_file.status();
    scenarios.insert(scenarios.end(), of_file->begin(), of_file->end());
  }
  const std::string semantics = cases::ReadWholeFile("docs/semantics.md");
  ASSERT_GE(CitableIn(semantics).size(), 4 + 2 + 5 + 3 + 7 + 8 + 3 + 4 + 8) << "is the text there?";
  EXPECT_THAT(CoverageErrors(semantics, scenarios, Later()), IsEmpty());
}

}  // namespace
}  // namespace seatwise::golden
