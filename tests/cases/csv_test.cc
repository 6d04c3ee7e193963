#include "tests/cases/csv.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace seatwise::cases {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(CsvTest, CellsByColumnNames) {
  EXPECT_THAT(ReadCsv("a,b\n1,2\n3,\n"),
              ElementsAre(Row{{"a", "1"}, {"b", "2"}}, Row{{"a", "3"}, {"b", ""}}));
}

TEST(CsvTest, QuotedCellsKeepWhatIsInThem) {
  EXPECT_THAT(ReadCsv("a,b\r\n\"x,\"\"y\"\"\",\"1\r\n2\"\r\n"),
              ElementsAre(Row{{"a", "x,\"y\""}, {"b", "1\r\n2"}}));
}

TEST(CsvTest, ByteOrderMarkAndMissingLastNewline) {
  EXPECT_THAT(ReadCsv("\xef\xbb\xbf\"a\"\n1"), ElementsAre(Row{{"a", "1"}}));
}

TEST(CsvTest, NoRows) {
  EXPECT_THAT(ReadCsv(""), IsEmpty());
  EXPECT_THAT(ReadCsv("a,b\n"), IsEmpty());
}

TEST(CsvDeathTest, RaggedRow) { EXPECT_DEATH(ReadCsv("a,b\n1\n"), "ragged"); }

}  // namespace
}  // namespace seatwise::cases
