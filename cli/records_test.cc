#include "cli/records.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

#include "cli/spreadsheet_cell.h"
#include "cli/style.h"
#include "cli/time_text.h"

namespace seatwise::cli {
namespace {

const std::vector<RecordColumn>& Columns() {
  static const auto* const kColumns =
      new std::vector<RecordColumn>{{.key = "id"},
                                    {.key = "seats", .is_number = true},
                                    {.key = "off"},
                                    {.key = "plans"},
                                    {.key = "renews_at"}};
  return *kColumns;
}

TEST(RecordsTest, JsonKeepsTypesAndOrder) {
  EXPECT_EQ(RecordJson(Columns(), {std::string("e3"), int64_t{1234}, false,
                                   std::vector<std::string>{"mail", "docs"}, std::monostate()}),
            "{\"id\":\"e3\",\"seats\":1234,\"off\":false,\"plans\":[\"mail\",\"docs\"],"
            "\"renews_at\":null}");
}

TEST(RecordsTest, RecordsWithinARecordAreObjectsInJsonAndNamesElsewhere) {
  const std::vector<RecordColumn> columns = {{.key = "id"}, {.key = "units", .is_number = true}};
  const NestedRecords nested = {{RecordJson(columns, {std::string("a"), int64_t{1}}),
                                 RecordJson(columns, {std::string("b"), std::monostate()})},
                                {"a", "b"}};
  EXPECT_EQ(RecordJson({{.key = "list"}}, {nested}),
            "{\"list\":[{\"id\":\"a\",\"units\":1},{\"id\":\"b\",\"units\":null}]}");
  EXPECT_EQ(RecordJson({{.key = "list"}}, {NestedRecords()}), "{\"list\":[]}");
  EXPECT_EQ(RecordCsv({std::string("x"), nested}), "x,a;b\n");
}

TEST(RecordsTest, JsonIsAlwaysUtf8) {
  EXPECT_EQ(RecordJson({{.key = "id"}}, {std::string("a\xff\"\n\x1b")}),
            "{\"id\":\"a\xEF\xBF\xBD\\\"\\n\\u001b\"}");
}

TEST(RecordsTest, CsvQuotesWhereItMust) {
  EXPECT_EQ(CsvHeader(Columns()), "id,seats,off,plans,renews_at\n");
  EXPECT_EQ(RecordCsv({std::string("a,\"b\"\n"), int64_t{1234}, true,
                       std::vector<std::string>{"x", "y"}, std::monostate()}),
            "\"a,\"\"b\"\"\n\",1234,true,x;y,\n");
}

TEST(RecordsTest, NoCellOfCsvPassesForAFormula) {
  const std::pair<const char*, const char*> kTable[] = {
      {"=1+1", "'=1+1"},
      {"@SUM(A1)", "'@SUM(A1)"},
      {"+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"},
      {"-1+1", "'-1+1"},
      {"\tx", "'\tx"},
      {"\xEF\xBC\x9D"
       "1",
       "'\xEF\xBC\x9D"
       "1"},
      {"a;=b;c", "a;'=b;c"},
      // What is none.
      {"-12", "-12"},
      {"-12.50", "-12.50"},
      {"+3", "+3"},
      {"-", "'-"},
      {"a=b", "a=b"},
      {"x-1", "x-1"},
      {"", ""},
  };
  for (const auto& [text, cell] : kTable) EXPECT_EQ(SpreadsheetCell(text), cell);
  EXPECT_EQ(RecordCsv({std::string("=a,b"), int64_t{-5}, std::vector<std::string>{"x", "=y"}}),
            "\"'=a,b\",-5,x;'=y\n");
}

TEST(RecordsTest, TimesAreTheReadersOnATerminalAndUtcElsewhere) {
  setenv("TZ", "EST+5", /*overwrite=*/1);
  const Style terminal(/*colour=*/false, /*columns=*/80);
  EXPECT_EQ(TimeForReader("2026-11-26T03:00:00.5Z", terminal), "2026-11-25 22:00:00 -0500");
  EXPECT_EQ(TimeForReader("1969-12-31T23:59:59.5Z", terminal), "1969-12-31 18:59:59 -0500");
  EXPECT_EQ(TimeForReader("2026-11-26T03:00:00Z", Style()), "2026-11-26T03:00:00Z");
  EXPECT_EQ(TimeForReader("", terminal), "");
  EXPECT_EQ(TimeForReader("unlimited", terminal), "unlimited");
}

}  // namespace
}  // namespace seatwise::cli
