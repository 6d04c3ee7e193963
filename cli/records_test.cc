#include "cli/records.h"

#include <gtest/gtest.h>

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

}  // namespace
}  // namespace seatwise::cli
