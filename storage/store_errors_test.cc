#include "storage/store_errors.h"

#include <string>

#include "gtest/gtest.h"

namespace seatwise {
namespace {

TEST(StoreErrorsTest, SayWhatIsWrongAndWhatToDo) {
  Batch batch;
  batch.Put("k", "four");
  const struct {
    absl::Status status;
    absl::StatusCode code;
    std::string message;
  } cases[] = {
      {TenantNumberError({0xFFFFFFFF}), absl::StatusCode::kInvalidArgument,
       "tenant number 4294967295 is reserved; the largest is 4294967294"},
      {BatchTooLargeError(batch), absl::StatusCode::kInvalidArgument,
       "the batch holds 5 bytes; the most is 10000000: write it in parts"},
      {StaleOwnerError({{7}, 3}, 4), absl::StatusCode::kFailedPrecondition,
       "tenant number 7 was opened again, with epoch 4; writes with epoch 3 are refused: open it "
       "again"},
      {StaleOwnerError({{7}, 3}, 0), absl::StatusCode::kFailedPrecondition,
       "tenant number 7 is not open: open it to write"},
      {PreconditionError({7}, MustBeAbsent("\x01k")), absl::StatusCode::kAborted,
       "tenant number 7: key '\\x01k' is expected to be absent; read again and retry"},
      {PreconditionError({7}, MustBe("k", "v")), absl::StatusCode::kAborted,
       "tenant number 7: key 'k' does not have the value expected; read again and retry"},
  };
  for (const auto& [status, code, message] : cases) {
    EXPECT_EQ(status.code(), code);
    EXPECT_EQ(std::string(status.message()), message);
  }
}

}  // namespace
}  // namespace seatwise
