#include "interchange/row_error.h"

#include <gtest/gtest.h>

#include "engine/model/limits.h"

namespace seatwise {
namespace {

TEST(RowErrorTest, NamesFileLineColumnAndReason) {
  const RowError error = {.file = "users.csv", .line = 12, .column = 3, .reason = "is odd"};
  EXPECT_EQ(error.ToString(), "users.csv:12:3: is odd");
}

TEST(RowErrorTest, OfAWholeFileNamesNoLine) {
  const RowError error = {.file = "users.csv", .reason = "is a directory"};
  EXPECT_EQ(error.ToString(), "users.csv: is a directory");
}

TEST(ErrorListTest, KeepsTheFirstByPlaceInWhateverOrderTheyCome) {
  ErrorList list;
  constexpr int64_t kLines = 1'000;
  for (int64_t i = 0; i < kLines; ++i) {
    const int64_t line = 1 + i * 7 % kLines;  // 7 and 1,000 have no common factor.
    list.Add({.file = "f", .line = line, .column = 2});
    list.Add({.file = "f", .line = line, .column = 1});
  }
  EXPECT_EQ(list.count(), 2 * kLines);
  const std::vector<RowError> errors = std::move(list).Take();
  ASSERT_EQ(errors.size(), kMaxReportedErrors);
  for (size_t i = 0; i < errors.size(); ++i) {
    EXPECT_EQ(errors[i].line, static_cast<int64_t>(1 + i / 2));
    EXPECT_EQ(errors[i].column, static_cast<int>(1 + i % 2));
  }
}

TEST(ErrorListTest, AppendedLinesCountFromTheirBase) {
  ErrorList part;
  part.Add({.file = "f", .line = 4, .column = 1, .reason = "second"});
  ErrorList list;
  list.Add({.file = "f", .line = 50, .column = 1, .reason = "first"});
  list.Append(std::move(part), 100);
  EXPECT_EQ(list.count(), 2);
  const std::vector<RowError> errors = std::move(list).Take();
  ASSERT_EQ(errors.size(), 2u);
  EXPECT_EQ(errors[0].ToString(), "f:50:1: first");
  EXPECT_EQ(errors[1].ToString(), "f:104:1: second");
}

}  // namespace
}  // namespace seatwise
