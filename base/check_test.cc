#include "base/check.h"

#include "gtest/gtest.h"

namespace seatwise {
namespace {

TEST(CheckDeathTest, FailureNamesPlaceConditionAndMessage) {
  const int seats = 3;
  EXPECT_DEATH(SEATWISE_CHECK(seats == 4) << "seats " << seats,
               "check_test.cc:[0-9]+: check failed: seats == 4 seats 3");
}

TEST(CheckTest, MessageIsNotEvaluatedWhenTheConditionHolds) {
  int evaluated = 0;
  SEATWISE_CHECK(true) << ++evaluated;
  EXPECT_EQ(evaluated, 0);
}

}  // namespace
}  // namespace seatwise
