#include "cli/summary_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"

namespace seatwise::cli {
namespace {

using testing::HasSubstr;
using testing::Not;

// `count` SKUs, each short by one more than the one before.
Summary ShortOf(int count) {
  Summary summary;
  for (int i = 1; i <= count; ++i) {
    const SkuId sku(absl::StrCat("sku-", i));
    summary.seats.push_back({.usage = {.sku = sku, .usable = 0, .waiting = i},
                             .part_number = "",
                             .display_name = absl::StrCat("Name ", i)});
  }
  return summary;
}

TEST(SummaryTextTest, TablesEndAfterFifteenRows) {
  EXPECT_THAT(SummaryText(ShortOf(15), Style()), Not(HasSubstr("more")));
  const std::string text = SummaryText(ShortOf(18), Style());
  EXPECT_THAT(text, HasSubstr("Name 4 "));
  EXPECT_THAT(text, Not(HasSubstr("Name 3 ")));
  EXPECT_THAT(text, HasSubstr("  and 3 more\n"));
}

TEST(SummaryTextTest, NothingWrongSaysSo) {
  const std::string text = SummaryText(Summary(), Style());
  EXPECT_THAT(text, HasSubstr("No violations\n"));
  EXPECT_THAT(text, HasSubstr("No SKU is short of seats\n"));
  EXPECT_THAT(text, HasSubstr("No seat is unused\n"));
}

TEST(SummaryTextTest, NamesAndIdsArePrintable) {
  Summary summary = ShortOf(1);
  summary.seats[0].part_number = "E\x1b[31m3";
  summary.seats[0].usage.sku = SkuId("s\tku");
  EXPECT_THAT(SummaryText(summary, Style()), HasSubstr("  E\xEF\xBF\xBD[31m3  s ku"));
}

TEST(SummaryTextTest, NumbersAreGrouped) {
  Summary summary;
  summary.users = 1'234'567;
  EXPECT_THAT(SummaryText(summary, Style()), HasSubstr("  1,234,567  users\n"));
}

}  // namespace
}  // namespace seatwise::cli
