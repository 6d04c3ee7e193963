#include "cli/impact_rows.h"

#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "engine/model/facts.h"

namespace seatwise::cli {
namespace {

v1::ImpactRows RowsOf(const std::string& text) {
  v1::ImpactRows rows;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &rows)) << text;
  return rows;
}

std::string Written(const v1::ImpactRows& rows) {
  Names names;
  names.Add(Sku{.id = SkuId("e3"), .part_number = "SPE_E3", .display_name = "", .plans = {}});
  std::string all;
  EXPECT_TRUE(WriteImpactRows(rows, names, [&](const std::string& text) {
    all += text;
    return true;
  }));
  return all;
}

TEST(ImpactRowsTest, ALicenseIsARowForEachUser) {
  EXPECT_EQ(Written(RowsOf(R"(
    licenses { sku_id: 'e3' after { state: ACTIVE enabled_plan_ids: ['docs', 'mail'] }
               user_ids: ['ana', 'b,b'] }
    licenses { sku_id: 'e3' before { state: ACTIVE enabled_plan_ids: ['docs', 'mail'] }
               after { state: ERROR } user_ids: 'cy' }
    licenses { sku_id: 'x' before { state: ACTIVE enabled_plan_ids: ['a', 'b'] }
               after { state: ACTIVE_WITH_ERROR enabled_plan_ids: ['b', 'c'] } user_ids: 'dee' }
    licenses { sku_id: 'x' after { state: ERROR } user_ids: '=eve' })")),
            "ana,LicenseGained,e3,SPE_E3,,,Active,docs;mail,\n"
            "\"b,b\",LicenseGained,e3,SPE_E3,,,Active,docs;mail,\n"
            "cy,LicenseLost,e3,SPE_E3,,Active,Error,,docs;mail\n"
            "dee,LicenseChanged,x,x,,Active,ActiveWithError,c,a\n"
            "'=eve,LicenseChanged,x,x,,,Error,,\n");
}

TEST(ImpactRowsTest, ViolationsAndDataAreRowsOfTheirOwn) {
  EXPECT_EQ(Written(RowsOf(R"(
    violations { user_id: 'ana' source { group_id: 'g' } sku_id: 'e3'
                 codes_after: [COUNT_VIOLATION, OTHER] }
    violations { user_id: 'bob' source { user_id: 'bob' } sku_id: 'e3'
                 codes_before: COUNT_VIOLATION }
    violations { user_id: 'cy' sku_id: 'e3' codes_before: COUNT_VIOLATION codes_after: OTHER }
    data_at_risk { user_id: 'ana' plan_ids: ['mail', 'docs'] })")),
            "ana,ViolationAppeared,e3,SPE_E3,g,,CountViolation;Other,,\n"
            "bob,ViolationCleared,e3,SPE_E3,,CountViolation,,,\n"
            "cy,ViolationChanged,e3,SPE_E3,,CountViolation,Other,,\n"
            "ana,DataAtRisk,,,,,,,mail;docs\n");
}

TEST(ImpactRowsTest, EveryRowHasTheColumnsOfTheHeader) {
  const auto commas = [](const std::string& line) {
    return std::count(line.begin(), line.end(), ',');
  };
  EXPECT_EQ(commas(ImpactRowsHeader()), 8);
  EXPECT_EQ(commas(Written(RowsOf("licenses { sku_id: 'x' user_ids: 'ana' }"))), 8);
  EXPECT_EQ(commas(Written(RowsOf("violations { user_id: 'ana' sku_id: 'x' }"))), 8);
  EXPECT_EQ(commas(Written(RowsOf("data_at_risk { user_id: 'ana' }"))), 8);
  EXPECT_EQ(Written(v1::ImpactRows()), "");
}

TEST(ImpactRowsTest, ManyRowsComeInPartsAndEndWhenNobodyTakesThem) {
  v1::ImpactRows rows;
  v1::ImpactRows::Run& run = *rows.add_licenses();
  run.set_sku_id("e3");
  for (int i = 0; i < 50'000; ++i) run.add_user_ids(absl::StrCat("user", i));
  int parts = 0;
  EXPECT_FALSE(WriteImpactRows(rows, Names(), [&](const std::string&) { return ++parts < 3; }));
  EXPECT_EQ(parts, 3);
}

}  // namespace
}  // namespace seatwise::cli
