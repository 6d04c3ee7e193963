#include "cli/cause_text.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <string>

#include "seatwise/v1/explain_service.pb.h"

namespace seatwise::cli {
namespace {

std::string TextOf(const std::string& text) {
  v1::ListViolationCausesResponse causes;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &causes)) << text;
  return CausesText(causes, Style());
}

TEST(CauseTextTest, EqualTroubleIsOneParagraph) {
  EXPECT_EQ(TextOf(R"(
    causes {
      code: MUTUALLY_EXCLUSIVE_VIOLATION group_id: 'office' sku_id: 'e3' users: 40000
      sample_user_ids: ['ana', 'bob'] fallen_sku_ids: 'ems' fix_searched: true
      details { mutually_exclusive { exclusions {
        plan_id: 'mail3' other_plan_id: 'mail1' sources { sku_id: 'e1' source { user_id: '' } } } } }
      fix {
        granted: true
        steps { kind: DROP_ASSIGNMENT change { delete { name: 'tenants/t/users/ana/assignments/e1' } } }
      }
      fix_clears_users: 1
    }
    causes {
      code: COUNT_VIOLATION sku_id: 'e5' users: 2 sample_user_ids: ['ana', 'bob']
      details { count {} } fix_searched: true fix_clears_users: 2
      fix {
        granted: true
        steps { kind: BUY_SEATS units: 2
                change { put { subscription { subscription_id: 's' sku_id: 'e5' units: 9 } } } }
      }
      seat_ways {
        kind: TAKE_OVER_SUBSCRIPTION units: 1 seated: 1 waiting: 2
        steps { change { put { subscription { subscription_id: 'own' sku_id: 'e5' } } } }
      }
    }
    causes {
      code: COUNT_VIOLATION sku_id: 'e7' users: 1 sample_user_ids: 'cy' details { count {} }
      fix_searched: true
    }
    names { groups { id: 'office' display_name: 'Office staff' } })"),
            "  MutuallyExclusiveViolation\n"
            "  40,000 users  e3 (Office staff) against e1 (directly); ems of the same group\n"
            "                falls with it (Other)\n"
            "                  mail3 excludes mail1\n"
            "                ana, bob and 39,998 more\n"
            "                Fix: take back e1 assigned directly; likewise for each\n"
            "\n"
            "  CountViolation\n"
            "  2 users   waiting for a seat of e5, in this order\n"
            "            ana and bob\n"
            "            Fix: buy 2 seats of e5; heals all 2\n"
            "            Or: take over the subscription own (1 seat), which users bought for\n"
            "            themselves; 1 of 2 gets a seat\n"
            "  1 user    waiting for a seat of e7\n"
            "            cy\n"
            "            Fix: none found within 3 changes\n");
}

TEST(CauseTextTest, WhomAFixLeavesWithTheCauseIsCounted) {
  EXPECT_THAT(TextOf(R"(
    causes {
      code: DEPENDENCY_VIOLATION sku_id: 'e3' direct: true users: 1000 sample_user_ids: 'ana'
      details { dependency { unmet { plan_id: 'audio' any_of_ids: 'teams' } } }
      fix_searched: true fix_clears_users: 440
      fix {
        granted: true
        steps { kind: DROP_ASSIGNMENT change { delete { name: 'tenants/t/groups/g/assignments/e1' } } }
      }
    })"),
              testing::EndsWith("take back e1 of g; heals 440 of 1,000: ask again once it is\n"
                                "               done, for the others need another\n"));
}

TEST(CauseTextTest, WhereNoFixWasLookedForNoneIsSpokenOf) {
  EXPECT_EQ(TextOf(R"(
    causes {
      code: USAGE_LOCATION_MISSING users: 1 sample_user_ids: 'ana'
      details { usage_location_missing {} }
    })"),
            "  UsageLocationMissing\n"
            "  1 user    no usage location, and the tenant has no default\n"
            "            ana\n");
}

}  // namespace
}  // namespace seatwise::cli
