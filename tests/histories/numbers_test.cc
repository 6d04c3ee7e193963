#include "tests/histories/numbers.h"

#include <cstdint>
#include <set>

#include "engine/model/ids.h"
#include "engine/model/memory_facts.h"
#include "engine/model/numbers.h"
#include "gtest/gtest.h"
#include "tests/histories/history.h"
#include "tests/histories/history_text.h"

namespace seatwise::histories {
namespace {

TEST(NumbersTest, AreGivenOutOnce) {
  const History history = ParseHistory(R"(
    user ana
    group staff
    step
    put user zoe
    put user bob
    put user ana location=DE
    put group board
    step
    delete user bob
    step
    put user bob)");
  Numbers numbers{{{UserId("ana"), 4}}, {{GroupId("staff"), 0}}, {7, 1}};
  MemoryFacts facts(history.start);
  for (const ChangeSet& step : history.steps) {
    const ValidatedChangeSet changes = Admit(step, facts).changes;
    facts.Apply(changes);
    numbers.Apply(changes);
  }
  EXPECT_EQ(numbers.users, (std::map<UserId, uint32_t>{
                               {UserId("ana"), 4}, {UserId("zoe"), 7}, {UserId("bob"), 9}}));
  EXPECT_EQ(numbers.groups,
            (std::map<GroupId, uint32_t>{{GroupId("staff"), 0}, {GroupId("board"), 1}}));
  EXPECT_EQ(numbers.next, (NextNumbers{10, 2}));
}

TEST(NumbersTest, OfATenantAreDifferentAndBelowTheNext) {
  const Facts facts = ParseHistory("ana in staff\nbob in staff\ncid in staff").start;
  bool gaps = false;
  bool out_of_order = false;
  for (uint64_t seed = 0; seed < 20; ++seed) {
    const Numbers numbers = AnyNumbers(facts, seed);
    std::set<uint32_t> given;
    for (const auto& [id, number] : numbers.users) given.insert(number);
    EXPECT_EQ(given.size(), 3u);
    EXPECT_LT(*given.rbegin(), numbers.next.user);
    gaps |= numbers.next.user > 3;
    out_of_order |= numbers.users.at(UserId("ana")) > numbers.users.at(UserId("cid"));
  }
  EXPECT_TRUE(gaps);
  EXPECT_TRUE(out_of_order);
}

}  // namespace
}  // namespace seatwise::histories
