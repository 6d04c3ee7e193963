#include "tests/histories/history_text.h"

#include <cstdint>
#include <string>

#include "engine/model/memory_facts.h"
#include "gtest/gtest.h"
#include "tests/histories/history.h"
#include "tests/histories/random_history.h"

namespace seatwise::histories {
namespace {

TEST(HistoryTextTest, IsWrittenAsItIsRead) {
  constexpr char kText[] = R"(tenant atomic location=US
plan DOCS
plan MAIL
sku E3 overage=2 plans=DOCS,MAIL
subscription s1 of E3 seats=1
user ana
group staff
group staff -> E3 off=DOCS
step
put ana in staff @3
put subscription s1 of E3 self-service=2
put tenant
step
step
put user ana location=DE address="smtp:a@x"
put group board
put group inner in staff
put plan MAIL company
delete ana in staff
delete subscription s1
cascade sku E3
delete require MAIL DOCS
delete ana -> E3
delete tenant
)";
  EXPECT_EQ(DescribeHistory(ParseHistory(kText)), kText);
  EXPECT_EQ(ParseHistory(kText).steps.size(), 3u);
}

// The facts at the end, but for what no answer depends on.
std::string DescribeEnd(const History& history) {
  return DescribeHistory({FactsAfter(history, history.steps.size()), {}});
}

TEST(HistoryTextTest, RandomHistoriesAreReadBack) {
  for (uint64_t seed = 0; seed < 30; ++seed) {
    SCOPED_TRACE(seed);
    const History history = MakeHistory(seed).history;
    const History read = ParseHistory(DescribeHistory(history));
    ASSERT_EQ(DescribeEnd(read), DescribeEnd(history));
  }
}

TEST(AdmitTest, OnlyWhatTheDoorLetsThroughHappens) {
  const History history = ParseHistory(R"(
    sku E3 plans=MAIL
    ana in staff
    step
    put ana -> E3
    delete bob in staff
    put bob -> E4)");
  const Admitted admitted = Admit(history.steps[0], MemoryFacts(history.start));
  EXPECT_EQ(admitted.refused, 2u);
  EXPECT_EQ(DescribeChanges(admitted.given), "put ana -> E3\n");
  EXPECT_EQ(FactsAfter(history, 1).assignments.size(), 1u);
}

}  // namespace
}  // namespace seatwise::histories
