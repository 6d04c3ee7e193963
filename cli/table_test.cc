#include "cli/table.h"

#include <gtest/gtest.h>

namespace seatwise::cli {
namespace {

Table TwoRows() {
  Table table({{.title = "SKU", .may_shrink = true}, {.title = "held", .is_number = true}});
  table.AddRow({"ENTERPRISEPACK", "7"});
  table.AddRow({"EMS", "1,207"});
  return table;
}

TEST(TableTest, TextStandsLeftAndNumbersStandRight) {
  EXPECT_EQ(TwoRows().Render(Style()),
            "  SKU              held\n"
            "  ENTERPRISEPACK      7\n"
            "  EMS             1,207\n");
}

TEST(TableTest, ANarrowTerminalShrinksOnlyWhatMayShrink) {
  EXPECT_EQ(TwoRows().Render(Style(/*colour=*/false, 18)),
            "  SKU         held\n"
            "  ENTERPRI…      7\n"
            "  EMS        1,207\n");
}

TEST(TableTest, TooNarrowIsTooNarrow) {
  EXPECT_EQ(TwoRows().Render(Style(/*colour=*/false, 5)),
            "  SKU        held\n"
            "  ENTERPR…      7\n"
            "  EMS       1,207\n");
}

TEST(TableTest, WithoutRowsThereAreTitles) {
  EXPECT_EQ(Table({{.title = "a"}, {.title = "b"}}).Render(Style()), "  a  b\n");
}

TEST(TableTest, TitlesAreFaintInColour) {
  EXPECT_EQ(Table({{.title = "a"}}).Render(Style(/*colour=*/true, 80)), "\x1b[2m  a\x1b[0m\n");
}

}  // namespace
}  // namespace seatwise::cli
