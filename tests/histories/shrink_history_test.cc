#include "tests/histories/shrink_history.h"

#include <cstdint>

#include "engine/model/facts.h"
#include "gtest/gtest.h"
#include "tests/histories/history.h"
#include "tests/histories/history_text.h"
#include "tests/histories/random_history.h"

namespace seatwise::histories {
namespace {

TEST(ShrinkHistoryTest, KeepsWhatIsNeededToFail) {
  const History history = ParseHistory(R"(
    sku E3 plans=MAIL
    ana in staff @1
    ana -> E3
    step
    put bob in staff
    put user bob
    step
    put user cid location=DE
    put cid in staff @7
    step
    delete ana in staff
    put bob -> E3
    step
    put user dan)");
  // A user who joins while another step comes later.
  const auto fails = [](const History& h) {
    for (size_t i = 0; i + 1 < h.steps.size(); ++i) {
      if (FactsAfter(h, i + 1).memberships.size() > FactsAfter(h, i).memberships.size()) {
        return true;
      }
    }
    return false;
  };
  const History small = ShrinkHistory(history, fails);
  EXPECT_TRUE(fails(small));
  EXPECT_EQ(small.steps.size(), 2u);
  EXPECT_TRUE(small.steps[1].changes.empty()) << DescribeHistory(small);
  EXPECT_EQ(small.start.skus.size() + small.start.assignments.size(), 0u) << DescribeHistory(small);
}

TEST(ShrinkHistoryTest, EndsEvenIfEverythingFails) {
  const History history = MakeHistory(3).history;
  const History small = ShrinkHistory(history, [](const History&) { return true; });
  EXPECT_TRUE(small.steps.empty());
  EXPECT_TRUE(small.start.users.empty());
}

}  // namespace
}  // namespace seatwise::histories
