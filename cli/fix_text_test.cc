#include "cli/fix_text.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "cli/names.h"
#include "seatwise/v1/explanation.pb.h"

namespace seatwise::cli {
namespace {

using testing::ElementsAre;

v1::Fix Parse(const std::string& text) {
  v1::Fix fix;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &fix)) << text;
  return fix;
}

struct StepCase {
  const char* step;
  const char* sentence;
  const char* command;
};

constexpr StepCase kSteps[] = {
    {"kind: SET_USAGE_LOCATION change { put { user { user_id: 'ana' usage_location: 'DE' } } }",
     "give ana a usage location, as in DE", "seatwise user update ana --location DE"},
    {"kind: DISABLE_PLANS plan_ids: 'mail' change { put { assignment { group_id: 'all' sku_id: "
     "'e3' disabled_plan_ids: ['docs', 'mail'] priority: 2 } } }",
     "leave mail out of e3 of all",
     "seatwise assign e3 --group all --disable docs --disable mail --priority 2"},
    {"kind: ENABLE_PLANS plan_ids: 'mail' change { put { assignment { user_id: 'ana' sku_id: 'e3' "
     "} } }",
     "enable mail in e3 assigned directly", "seatwise assign e3 --user ana"},
    {"kind: DROP_ASSIGNMENT change { delete { name: 'tenants/t/users/ana/assignments/e1' } }",
     "take back e1 assigned directly", "seatwise unassign e1 --user ana"},
    {"kind: ASSIGN change { put { assignment { user_id: 'ana' sku_id: 'e3' } } }",
     "assign e3 to ana", "seatwise assign e3 --user ana"},
    {"kind: BUY_SEATS units: 1 change { put { subscription { subscription_id: 'two words' sku_id: "
     "'e3' units: 9 } } }",
     "buy 1 seat of e3", "seatwise subscription update 'two words' --units 9"},
    {"kind: BUY_SEATS units: 2 change { put { subscription { subscription_id: 'more-seats' sku_id: "
     "'e3' units: 2 } } }",
     "buy 2 seats of e3", "seatwise subscription create more-seats --sku e3 --units 2"},
    {"kind: RENEW_SUBSCRIPTION change { put { subscription { subscription_id: 's' units: 3 } } "
     "}",
     "renew the subscription s (3 seats)", "seatwise subscription update s --status Enabled"},
    {"kind: DROP_ADDRESS change { put { user { user_id: 'ana' proxy_addresses: 'smtp:a@x' } } }",
     "take the address from ana", "seatwise user update ana --address smtp:a@x"},
    {"kind: LEAVE_GROUP change { delete { name: 'tenants/t/groups/all/members/user:ana' } }",
     "take ana out of all", "seatwise member remove all --user ana"},
};

TEST(FixTextTest, EachStepHasItsWordsAndItsCommand) {
  for (const StepCase& test : kSteps) {
    const v1::Fix fix = Parse(absl::StrCat("granted: true steps { ", test.step, " }"));
    EXPECT_EQ(FixSentence(fix, Names(), "ana"), test.sentence);
    EXPECT_THAT(FixCommands(fix, "seatwise", ""), ElementsAre(test.command));
  }
}

TEST(FixTextTest, FlagsAreRepeatedInEachCommand) {
  const v1::Fix fix = Parse(
      absl::StrCat("granted: true steps { ", kSteps[0].step, " } steps { ", kSteps[7].step, " }"));
  EXPECT_EQ(FixSentence(fix, Names(), "ana"),
            "give ana a usage location, as in DE and renew the subscription s (3 seats)");
  EXPECT_THAT(FixCommands(fix, "bin/seatwise", " --db data"),
              ElementsAre("bin/seatwise user update ana --location DE --db data",
                          "bin/seatwise subscription update s --status Enabled --db data"));
}

TEST(FixTextTest, WhatItTakesIsSaid) {
  const std::string step = absl::StrCat("steps { ", kSteps[3].step, " }");
  EXPECT_EQ(FixSentence(Parse(step + "granted: true effect { lost_sku_ids: 'e1' lost_plan_ids: "
                                     "['forms', 'mail'] others_gaining: 1 }"),
                        Names(), "ana"),
            "take back e1 assigned directly; e1 is lost; forms, mail go; 1 other gains too");
  EXPECT_EQ(FixSentence(Parse(step + "effect { others_losing: 7 losing_user_ids: ['b', 'c'] }"),
                        Names(), "ana"),
            "take back e1 assigned directly; the claim is gone then; TAKES from 7 others: b, c and "
            "5 more");
}

}  // namespace
}  // namespace seatwise::cli
