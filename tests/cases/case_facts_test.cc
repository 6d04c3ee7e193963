#include "tests/cases/case_facts.h"

#include "gtest/gtest.h"

namespace seatwise::cases {
namespace {

TEST(CaseFactsTest, JsonValuesOfAFlatObject) {
  constexpr char kJson[] = "{\n  \"nested_groups\": true,\n  \"location\": \"US\",\"days\":7}";
  EXPECT_EQ(JsonValue(kJson, "nested_groups"), "true");
  EXPECT_EQ(JsonValue(kJson, "location"), "US");
  EXPECT_EQ(JsonValue(kJson, "days"), "7");
  EXPECT_EQ(JsonValue(kJson, "absent"), "");
  EXPECT_EQ(JsonValue("{\"a\": \"\"}", "a"), "");
}

TEST(CaseFactsTest, AFolderWithoutFilesIsAnEmptyTenant) {
  EXPECT_EQ(ReadCaseFacts("no/such/folder"), Facts{});
}

}  // namespace
}  // namespace seatwise::cases
