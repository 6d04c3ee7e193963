#include "cli/seat_way_text.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include "cli/names.h"
#include "seatwise/v1/explanation.pb.h"

namespace seatwise::cli {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

v1::SeatWay Parse(const std::string& text) {
  v1::SeatWay way;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &way)) << text;
  return way;
}

struct WayCase {
  const char* way;
  const char* sentence;
  const char* command;
};

constexpr WayCase kWays[] = {
    {"kind: BUY_SEATS units: 5 seated: 5 waiting: 5 steps { kind: BUY_SEATS units: 5 change { put "
     "{ subscription { subscription_id: 's' units: 9 } } } }",
     "buy 5 seats of e5; all 5 get a seat", "seatwise subscription update s --units 9"},
    {"kind: RENEW_SUBSCRIPTION units: 1 seated: 1 waiting: 1 steps { kind: RENEW_SUBSCRIPTION "
     "change { put { subscription { subscription_id: 's' } } } }",
     "renew the subscription s (1 seat)", "seatwise subscription update s --status Enabled"},
    {"kind: TAKE_OVER_SUBSCRIPTION units: 3 seated: 3 waiting: 5 steps { kind: "
     "TAKE_OVER_SUBSCRIPTION change { put { subscription { subscription_id: 's' } } } }",
     "take over the subscription s (3 seats), which users bought for themselves; 3 of 5 get a seat",
     "seatwise subscription update s --self-service false"},
    {"kind: TAKE_FROM_BLOCKED holders: 3 giving_up: 1 giving_up_user_ids: 'ana' seated: 1 waiting: "
     "5 holders_looked_at: 5000 steps { kind: DROP_ASSIGNMENT change { delete { name: "
     "'tenants/t/users/ana/assignments/e5' } } }",
     "take e5 back from 1 of 3 blocked accounts among the last 5,000 holders: ana; 1 of 5 gets a "
     "seat",
     "seatwise unassign e5 --user ana"},
    {"kind: TAKE_FROM_GUESTS holders: 1 giving_up: 1 giving_up_user_ids: 'ana' seated: 1 waiting: "
     "2 losing: 1 losing_user_ids: 'ana' steps { kind: LEAVE_GROUP change { delete { name: "
     "'tenants/t/groups/all/members/user:ana' } } }",
     "take e5 back from 1 guest: ana; 1 of 2 gets a seat; TAKES more than that from ana",
     "seatwise member remove all --user ana"},
    {"kind: LOWER_PRIORITY seated: 2 waiting: 5 losing: 7 losing_user_ids: ['b', 'c'] steps { "
     "kind: LOWER_PRIORITY change { put { assignment { group_id: 'board' sku_id: 'e5' priority: -1 "
     "} } } }",
     "lower the priority of e5 of board to -1; 2 of 5 get a seat; TAKES from 7 others: b, c and 5 "
     "more",
     "seatwise assign e5 --group board --priority -1"},
};

TEST(SeatWayTextTest, EachWayHasItsWordsAndItsCommand) {
  for (const WayCase& test : kWays) {
    const v1::SeatWay way = Parse(test.way);
    EXPECT_EQ(SeatWaySentence(way, Names(), "e5"), test.sentence);
    EXPECT_THAT(SeatWayCommands(way, "seatwise", ""), ElementsAre(test.command));
  }
}

// A priority of 0 is said, as it was another.
TEST(SeatWayTextTest, APriorityOfZeroIsSet) {
  v1::SeatWay way = Parse(kWays[5].way);
  way.mutable_steps(0)->mutable_change()->mutable_put()->mutable_assignment()->set_priority(0);
  EXPECT_THAT(SeatWayCommands(way, "seatwise", ""),
              ElementsAre("seatwise assign e5 --group board --priority 0"));
}

TEST(SeatWayTextTest, WhatIsNotListedCannotBePasted) {
  v1::SeatWay way = Parse(kWays[4].way);
  way.set_more_steps(1);
  EXPECT_THAT(SeatWayCommands(way, "seatwise", ""), IsEmpty());
  // Nor can what a later server knows.
  way.clear_steps();
  way.set_kind(v1::SeatWay::KIND_UNSPECIFIED);
  EXPECT_THAT(SeatWaySentence(way, Names(), "e5"),
              testing::StartsWith("a change that this program does not know"));
}

}  // namespace
}  // namespace seatwise::cli
