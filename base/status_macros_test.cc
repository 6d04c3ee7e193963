#include "base/status_macros.h"

#include <memory>

#include "gtest/gtest.h"

namespace seatwise {
namespace {

absl::StatusOr<std::unique_ptr<int>> Half(int n) {
  if (n % 2 != 0) return absl::InvalidArgumentError("odd");
  return std::make_unique<int>(n / 2);
}

absl::Status Quarter(int n, int& quarter) {
  SEATWISE_ASSIGN_OR_RETURN(std::unique_ptr<int> half, Half(n));
  SEATWISE_ASSIGN_OR_RETURN(const std::unique_ptr<int> result, Half(*half));
  SEATWISE_RETURN_IF_ERROR(absl::OkStatus());
  quarter = *result;
  return absl::OkStatus();
}

TEST(StatusMacrosTest, ValuesPassThroughAndTheFirstErrorReturns) {
  int quarter = 0;
  EXPECT_TRUE(Quarter(12, quarter).ok());
  EXPECT_EQ(quarter, 3);
  EXPECT_EQ(Quarter(6, quarter).message(), "odd");
}

}  // namespace
}  // namespace seatwise
