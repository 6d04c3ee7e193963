// That what is stated wrongly is found, and how that reads.
#include "tests/golden/runner.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "engine/model/derived.h"
#include "engine/model/facts.h"
#include "engine/reference/reference.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/golden/scenario.h"

namespace seatwise::golden {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// ana holds E3 and has no seat of E5 left, bob waits for E3 and his E5 conflicts with OLD.
constexpr char kWorld[] =
    "scenario K1 x\n"
    "tenant location=US  sku E1 plans=OLD seats=9  sku E3 plans=MAIL,DOCS seats=1\n"
    "sku E5 plans=NEW seats=0  conflict OLD NEW  group staff -> E3  group crew -> E5\n"
    "group idle\n"
    "ana in staff @1  bob in staff @2  ana in crew @3  bob in crew @3  bob -> E1 @1\n";

// What is true of it; each statement is one line.
const std::vector<std::string>& Truth() {
  static const auto* truth = new std::vector<std::string>{
      "ana: E3 Active [DOCS,MAIL], E5 Error Count(place 1) by crew",
      "bob: E1 Active, E3 Error Count by staff, E5 Error MutuallyExclusive(NEW against OLD of E1 "
      "by "
      "direct)",
      "E1 1/9 available 8",
      "E3 1/1 waiting 1 overrun 1 usable 1 parked 0 available 0",
      "E5 0/0 waiting 1 overrun 1",
  };
  return *truth;
}

std::vector<std::string> FailuresOf(absl::string_view text) {
  const absl::StatusOr<std::vector<Scenario>> scenarios = ParseScenarios("x.txt", text);
  EXPECT_TRUE(scenarios.ok()) << scenarios.status();
  return scenarios.ok() ? RunScenario(scenarios->front(), DeriveReference)
                        : std::vector<std::string>();
}

std::string World(const std::vector<std::string>& stated) {
  return absl::StrCat(kWorld, absl::StrJoin(stated, "\n"), "\n");
}

TEST(RunnerTest, TheTruthHolds) { EXPECT_THAT(FailuresOf(World(Truth())), IsEmpty()); }

TEST(RunnerTest, AFailureShowsWhatIsStatedAndWhatIsDerived) {
  std::vector<std::string> stated = Truth();
  stated[0] = "ana: E3 Active, E5 Active";
  EXPECT_THAT(
      FailuresOf(World(stated)),
      ElementsAre("x.txt:6: stated  ana: E3 Active, E5 Active\n"
                  "    derived ana: E3 Active [DOCS,MAIL], E5 Error Count(place 1) by crew"));
}

// A statement of the truth with one thing wrong.
struct Mistake {
  size_t place = 0;  // In Truth(); one past its end: stated in addition.
  std::string stated;
};

TEST(RunnerTest, EachKindOfMistakeIsFound) {
  const std::vector<Mistake> mistakes = {
      {0, "ana: E3 ActiveWithError, E5 Error Count"},                // state
      {0, "ana: E3 Active [DOCS], E5 Error Count"},                  // enabled plans
      {0, "ana: E3 Active"},                                         // a SKU not stated
      {0, "ana: nothing"},                                           // nor any
      {0, "ana: E1 Active, E3 Active, E5 Error Count"},              // a SKU too much
      {0, "ana: E3 Active, E5 Error Count(place 2)"},                // place
      {0, "ana: E3 Active, E5 Error Count by staff"},                // source
      {0, "ana: E3 Active, E5 Error Dependency"},                    // violation
      {0, "ana: E3 Active, E5 Error Dependency Count"},              // one too much
      {0, "ana: E3 Active, E5 Error Count by crew and Count by x"},  // a rejected claim too much
      {0, "ana: E3 Active Count by x, E5 Error Count"},              // and of what is held
      {1,
       "bob: E1 Active, E3 Error Count, E5 Error MutuallyExclusive(NEW against OLD of E1 by crew)"},
      {1,
       "bob: E1 Active, E3 Error Count, E5 Error MutuallyExclusive(NEW against OLD of E3 by "
       "direct)"},
      {1,
       "bob: E1 Active, E3 Error Count, E5 Error MutuallyExclusive(OLD against NEW of E1 by "
       "direct)"},
      {2, "E1 2/9"},  // consumed
      {2, "E1 1/8"},  // capacity
      {2, "E1 1/unlimited"},
      {2, "E1 1/9 off"},
      {2, "E1 1/9 available 9"},
      {3, "E3 1/1 waiting 1"},  // overrun
      {3, "E3 1/1 overrun 1"},  // waiting
      {3, "E3 1/1 waiting 1 overrun 1 usable 2"},
      {3, "E3 1/1 waiting 1 overrun 1 parked 1"},
      {5, "E9 0/0"},  // no such SKU
      {5, "ana uses MAIL"},
      {5, "ana uses nothing"},
      {5, "zed: E3 Active"},  // no such user
      {5, "group staff: 3 members, 1 licensed, 1 with errors"},
      {5, "group staff: 2 members, 2 licensed, 1 with errors"},
      {5, "group staff: 2 members, 1 licensed, 0 with errors"},
      {5, "group staff: not licensed"},
      {5, "group idle: 0 members, 0 licensed, 0 with errors"},
      {5, "nothing changes"},
  };
  for (const Mistake& mistake : mistakes) {
    std::vector<std::string> stated = Truth();
    stated.resize(std::max(stated.size(), mistake.place + 1));
    stated[mistake.place] = mistake.stated;
    EXPECT_THAT(FailuresOf(World(stated)),
                ElementsAre(testing::HasSubstr(absl::StrCat("stated  ", mistake.stated, "\n"))));
  }
}

TEST(RunnerTest, WhatIsNotStatedNeedNotBe) {
  std::vector<std::string> stated = Truth();
  stated[0] = "ana: E5 Error Count, E3 Active";  // in any order
  stated[2] = "E1 1/9";
  stated.push_back("ana uses MAIL,DOCS");
  stated.push_back("zed: nothing");
  stated.push_back("group staff: 2 members, 1 licensed, 1 with errors");
  stated.push_back("group idle: not licensed");
  EXPECT_THAT(FailuresOf(World(stated)), IsEmpty());
}

TEST(RunnerTest, AUserOrSkuThatChangesIsStated) {
  for (size_t silent = 0; silent < Truth().size(); ++silent) {
    std::vector<std::string> stated = Truth();
    stated.erase(stated.begin() + static_cast<std::ptrdiff_t>(silent));
    EXPECT_THAT(FailuresOf(World(stated)),
                ElementsAre(testing::StartsWith(absl::StrCat("x.txt:1: changed and not stated: ",
                                                             Truth()[silent].substr(0, 3)))));
  }
}

TEST(RunnerTest, EachStepIsHeldAgainstTheOneBefore) {
  EXPECT_THAT(
      FailuresOf(World(Truth()) + "+ user zed\n"
                                  "  nothing changes\n"
                                  "~ ana in crew @1\n"  // She waits no less.
                                  "  nothing changes\n"
                                  "~ bob in staff @0\n"
                                  "  E3 1/1 waiting 1 overrun 1\n"),
      ElementsAre("x.txt:15: changed and not stated: ana: E3 Error Count(place 1) by staff, "
                  "E5 Error Count(place 1) by crew",
                  "x.txt:15: changed and not stated: bob: E1 Active [OLD], E3 Active "
                  "[DOCS,MAIL], E5 Error MutuallyExclusive(NEW against OLD of E1 by direct) "
                  "by crew"));
}

TEST(RunnerTest, ADetailThatChangesIsAChange) {
  EXPECT_THAT(
      FailuresOf("scenario K1 x\ntenant location=US  sku E3  ana -> E3 @2\n"
                 "  ana: E3 Error Count(place 1)  E3 0/0 waiting 1 overrun 1\n"
                 "+ bob -> E3 @1\n"
                 "  bob: E3 Error Count(place 1)  E3 0/0 waiting 2 overrun 2\n"),
      ElementsAre("x.txt:4: changed and not stated: ana: E3 Error Count(place 2) by direct"));
}

// Says of whoever is without a license that a plan is enabled all the same.
TEST(RunnerTest, AnErrorWithEnabledPlansIsNoError) {
  const auto derive = [](const Facts& facts) {
    Derived derived = DeriveReference(facts);
    for (License& license : derived.licenses) license.enabled_plans.insert(PlanId("MAIL"));
    return derived;
  };
  const absl::StatusOr<std::vector<Scenario>> scenarios =
      ParseScenarios("x.txt",
                     "scenario K1 x\nsku E3  ana -> E3\n"
                     "  ana: E3 Error UsageLocationMissing\n");
  ASSERT_TRUE(scenarios.ok());
  EXPECT_THAT(RunScenario(scenarios->front(), derive),
              ElementsAre("x.txt:3: stated  ana: E3 Error UsageLocationMissing\n"
                          "    derived ana: E3 Error [MAIL] UsageLocationMissing by direct"));
}

}  // namespace
}  // namespace seatwise::golden
