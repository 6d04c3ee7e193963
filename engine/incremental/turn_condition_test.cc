#include "engine/incremental/turn_condition.h"

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "base/executor.h"
#include "base/thread_pool.h"
#include "base/time.h"
#include "engine/incremental/live_facts.h"
#include "gtest/gtest.h"
#include "tests/histories/live_facts.h"

namespace seatwise {
namespace {

using histories::LiveFactsOf;

// ana is in three licensed groups, and bob too, but came to d by two ways. c is not licensed.
LiveFacts Joined() {
  return LiveFactsOf(
      "tenant nested\nsku S plans=A\n"
      "group a -> S\ngroup b -> S\ngroup d -> S\n"
      "ana in a @3\nana in b @5\nana in d @9\n"
      "bob in a @3\nbob in b @5\nbob in c @4\nbob in d @9\ngroup c in d @2\n");
}

// A claim of the group.
struct Turn {
  const char* group = nullptr;
  uint32_t position = 0;
  int32_t priority = 0;
  int64_t assigned_at = 0;
  bool behind_at_ties = false;

  GroupTurn In(const LiveFacts& facts) const {
    return {facts.FindGroup(group).value(), position, priority, Time{assigned_at}, behind_at_ties};
  }
};

bool Holds(const LiveFacts& facts, const std::vector<GroupTurn>& swapped, const char* user,
           const std::vector<TurnCondition>& conditions) {
  bool holds = true;
  InlineExecutor executor;
  TurnReader(facts, CarriersOf(facts, executor), swapped)
      .ForEachUnmet(
          {facts.FindUser(user).value()}, [&](size_t) { return absl::MakeConstSpan(conditions); },
          [&](size_t) { holds = false; });
  return holds;
}

struct Row {
  const char* why;
  Turn claim;
  std::vector<Turn> firm;
  std::vector<Turn> swapped;
  bool ana = false;
  bool bob = false;
};

TEST(TurnConditionTest, AFirmClaimStandsBeforeTheClaimOrBehindNoneThatComesOrGoes) {
  const LiveFacts facts = Joined();
  const Row table[] = {
      {"before the claim", {"b"}, {{"a"}}, {{"a", 0, 1}}, true, true},
      {"behind it", {"a"}, {{"b"}}, {{"a", 0, 1}}, false, false},
      {"by priority", {"a"}, {{"b", 0, 1}}, {{"a", 0, 2}}, true, true},
      {"of later assignments", {"b"}, {{"a", 0, 0, 7}}, {{"a", 0, 1}}, false, false},
      {"one of several", {"a"}, {{"d"}, {"b", 0, 1}}, {{"a", 0, 2}}, true, true},
      {"by the earliest way into the group", {"b"}, {{"d"}}, {{"a", 0, 1}}, false, true},
      {"equal times, in front", {"a", 2}, {{"a", 1}}, {{"a", 0, 1}}, true, true},
      {"equal times, behind", {"a", 1}, {{"a", 2}}, {{"a", 0, 1}}, false, false},
      {"behind no other", {"a"}, {{"b"}}, {{"d"}}, true, false},
      {"at the place of the other", {"a"}, {{"b", 3}}, {{"b", 0}}, true, true},
      {"there, and behind it in the list", {"a"}, {{"b", 3, 0, 0, true}}, {{"b", 0}}, false, false},
      {"behind no other, ties or not", {"a"}, {{"b", 3, 0, 0, true}}, {{"d"}}, true, false},
      {"behind one of two", {"a"}, {{"b"}}, {{"b"}, {"a"}}, false, false},
      {"a group that is not licensed any more", {"a"}, {{"b"}}, {{"c"}}, false, false},
  };
  for (const Row& row : table) {
    SCOPED_TRACE(row.why);
    std::vector<GroupTurn> swapped;
    for (const Turn& turn : row.swapped) swapped.push_back(turn.In(facts));
    TurnCondition condition{.claim = row.claim.In(facts), .firm = {}};
    for (const Turn& turn : row.firm) condition.firm.push_back(turn.In(facts));
    EXPECT_EQ(Holds(facts, swapped, "ana", {condition}), row.ana);
    EXPECT_EQ(Holds(facts, swapped, "bob", {condition}), row.bob);
  }
}

TEST(TurnConditionTest, AllConditionsHaveToHold) {
  const LiveFacts facts = Joined();
  const std::vector<GroupTurn> swapped = {Turn{"a", 0, 1}.In(facts)};
  const TurnCondition good{.claim = Turn{"b"}.In(facts), .firm = {Turn{"a"}.In(facts)}};
  const TurnCondition bad{.claim = Turn{"a"}.In(facts), .firm = {Turn{"b"}.In(facts)}};
  EXPECT_TRUE(Holds(facts, swapped, "ana", {}));
  EXPECT_TRUE(Holds(facts, swapped, "ana", {good, good}));
  EXPECT_FALSE(Holds(facts, swapped, "ana", {good, bad}));
}

// What is fetched ahead changes nothing, however long the list is.
TEST(TurnConditionTest, EachUserHasItsOwnConditions) {
  const LiveFacts facts = Joined();
  const std::vector<GroupTurn> swapped = {Turn{"a", 0, 1}.In(facts)};
  const TurnCondition good{.claim = Turn{"b"}.In(facts), .firm = {Turn{"a"}.In(facts)}};
  const TurnCondition bad{.claim = Turn{"a"}.In(facts), .firm = {Turn{"b"}.In(facts)}};
  ThreadPool pool(2);
  const std::vector<const CarrierList*> carriers = CarriersOf(facts, pool);
  for (size_t size = 0; size < 70; ++size) {
    std::vector<uint32_t> users;
    std::vector<size_t> unmet, expected;
    for (size_t i = 0; i < size; ++i) {
      users.push_back(facts.FindUser(i % 2 == 0 ? "ana" : "bob").value());
      if (i % 3 == 0) expected.push_back(i);
    }
    TurnReader(facts, carriers, swapped)
        .ForEachUnmet(
            users, [&](size_t i) { return absl::MakeConstSpan(i % 3 == 0 ? &bad : &good, 1); },
            [&](size_t i) { unmet.push_back(i); });
    EXPECT_EQ(unmet, expected);
  }
}

}  // namespace
}  // namespace seatwise
