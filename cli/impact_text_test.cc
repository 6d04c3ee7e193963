#include "cli/impact_text.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "engine/model/facts.h"

namespace seatwise::cli {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string TextOf(const std::string& text) {
  v1::Impact impact;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &impact)) << text;
  Names names;
  names.Add(Sku{.id = SkuId("e3"), .part_number = "SPE_E3", .display_name = "", .plans = {}});
  names.Add(Group{.id = GroupId("g"), .display_name = "Sales", .membership_rule = ""});
  return ImpactText(impact, names, 30, Style());
}

TEST(ImpactTextTest, WhereNothingDiffersThatIsSaid) {
  EXPECT_EQ(TextOf(""), "  Nothing that users have would be different.\n");
}

TEST(ImpactTextTest, SumsSeatsAndWhoGainsAreSections) {
  EXPECT_EQ(TextOf(R"(
    licenses_gained: 1200 licenses_changed: 1 users_affected: 1201 users_gaining: 1200
    removal_guard { held: 5000 limit_percent: 10 }
    skus { sku_id: 'e3' gained: 1200 changed: 1
           seats_before { usable: 10 consumed: 5 } seats_after { usable: 10 consumed: 1205 waiting: 3 } }
    license_groups { sku_id: 'e3' after { state: ACTIVE enabled_plan_ids: ['a', 'b'] } users: 1200
                     sample_user_ids: ['ana', 'bob'] })"),
            "  Licenses    1,200 gained, 0 lost, 1 changed\n"
            "  Users       1,201 affected, 1,200 with a new SKU, 0 with a SKU less\n"
            "  Violations  none is new, none is cleared\n"
            "  Guard       none of the 5,000 licenses held would go; the limit is 10 %\n"
            "\nSEATS\n"
            "  SKU     gained  lost  changed  seats       held  waiting\n"
            "  SPE_E3   1,200     0        1     10  5 → 1,205    0 → 3\n"
            "\nLICENSES\n"
            "  1,200 users SPE_E3 gained, 2 plans\n"
            "              ana, bob and 1,198 more\n");
}

TEST(ImpactTextTest, ALicenseThatDiffersIsSaidInAFewWords) {
  const std::pair<const char*, const char*> kTable[] = {
      {"after { state: ERROR }", "SPE_E3 asked for in vain\n"},
      {"before { state: ERROR }", "SPE_E3 no longer asked for in vain\n"},
      {"after { state: ACTIVE_WITH_ERROR enabled_plan_ids: 'a' }",
       "SPE_E3 gained, 1 plan, ActiveWithError\n"},
      {"before { state: ACTIVE enabled_plan_ids: 'a' } after { state: ERROR }",
       "SPE_E3 lost, 1 plan, though still asked for\n"},
      {"before { state: ACTIVE enabled_plan_ids: 'a' } "
       "after { state: ACTIVE_WITH_ERROR enabled_plan_ids: 'b' }",
       "SPE_E3 Active → ActiveWithError, gains b, loses a\n"},
  };
  for (const auto& [values, words] : kTable) {
    EXPECT_THAT(TextOf(absl::StrCat("users_affected: 1 license_groups { sku_id: 'e3' users: 1 ",
                                    "sample_user_ids: 'ana' ", values, " }")),
                HasSubstr(words));
  }
}

TEST(ImpactTextTest, ViolationsSayWhereAndHowTheyDiffer) {
  const std::string text = TextOf(R"(
    users_affected: 4
    violations { code: COUNT_VIOLATION appeared: 4 cleared: 1 }
    violation_groups { group_id: 'g' sku_id: 'e3' codes_after: COUNT_VIOLATION users: 3 }
    violation_groups { sku_id: 'e3' codes_before: [COUNT_VIOLATION, OTHER] users: 1 }
    violation_groups { sku_id: 'e3' codes_before: COUNT_VIOLATION codes_after: OTHER users: 1 })");
  EXPECT_THAT(text, HasSubstr("SPE_E3 (Sales) appears: CountViolation\n"));
  EXPECT_THAT(text, HasSubstr("SPE_E3 (directly) clears: CountViolation and Other\n"));
  EXPECT_THAT(text, HasSubstr("SPE_E3 (directly) was CountViolation, is Other\n"));
}

TEST(ImpactTextTest, DataAtRiskAndARefusalStandOut) {
  const std::string text = TextOf(R"(
    users_affected: 9 users_with_data_at_risk: 7 data_at_risk: 8
    plans { plan_id: 'mail' lost: 7 data_at_risk: true } plans { plan_id: 'docs' lost: 9 }
    removal_guard { removed: 9 held: 10000 limit_percent: 0 blocked: true })");
  EXPECT_THAT(text, HasSubstr("plans with data go for 7 users (8 in all)"));
  EXPECT_THAT(text, HasSubstr("the data is kept for 30\n              days\n"));
  EXPECT_THAT(text, HasSubstr("less than 0.1 % of the 10,000 licenses held would go"));
  EXPECT_THAT(text, HasSubstr("refused unless"));
  EXPECT_THAT(text, HasSubstr("\nDATA AT RISK\n  7 users     mail\n"));
  EXPECT_THAT(text, Not(HasSubstr("docs")));
}

TEST(ImpactTextTest, LongListsAreCut) {
  std::string impact = "users_affected: 40 more_license_groups: 5";
  for (int i = 0; i < 20; ++i) {
    absl::StrAppend(&impact, " license_groups { sku_id: 's", i,
                    "' users: 1 after { state: ACTIVE } }");
  }
  const std::string text = TextOf(impact);
  EXPECT_THAT(text, HasSubstr("s14 gained"));
  EXPECT_THAT(text, Not(HasSubstr("s15 gained")));
  EXPECT_THAT(text, HasSubstr("  and 10 more\n"));
}

}  // namespace
}  // namespace seatwise::cli
