#include "interchange/csv_text.h"

#include <gtest/gtest.h>

namespace seatwise {
namespace {

std::string Row(std::initializer_list<absl::string_view> cells) {
  std::string text;
  AppendRow(cells, text);
  return text;
}

TEST(CsvTextTest, QuotesOnlyWhereItMust) {
  EXPECT_EQ(Row({"a", "", " b ", "c;d"}), "a,, b ,c;d\n");
  EXPECT_EQ(Row({"a,b"}), "\"a,b\"\n");
  EXPECT_EQ(Row({"say \"hi\"", "x"}), "\"say \"\"hi\"\"\",x\n");
  EXPECT_EQ(Row({"\"", "\n", "\r", "\r\n"}), "\"\"\"\",\"\n\",\"\r\",\"\r\n\"\n");
}

TEST(CsvTextTest, PlansAreSortedByBytes) {
  EXPECT_EQ(JoinPlans({}), "");
  EXPECT_EQ(JoinPlans({PlanId("b"), PlanId("B"), PlanId("a")}), "B;a;b");
}

}  // namespace
}  // namespace seatwise
