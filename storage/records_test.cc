#include "storage/records.h"

#include <random>

#include "gtest/gtest.h"
#include "storage/fact_dice_for_test.h"
#include "storage/record_format.h"

namespace seatwise {
namespace {

TEST(RecordsTest, EveryFactComesBack) {
  const uint32_t seed = std::random_device()();
  SCOPED_TRACE(seed);
  FactDice random(seed);
  for (int i = 0; i < 20'000; ++i) {
    const Fact fact = random.AnyFact();
    const absl::StatusOr<Fact> decoded = DecodeFact(EncodeFact(fact));
    ASSERT_TRUE(decoded.ok()) << decoded.status();
    ASSERT_EQ(*decoded, fact) << KeyOf(fact);
    ASSERT_EQ(KeyOf(BareFact(KeyOf(fact))), KeyOf(fact));
  }
}

TEST(RecordsTest, AUserIsItsTwoRecords) {
  const User user{.id = UserId("ana"),
                  .user_principal_name = "ana@contoso.com",
                  .display_name = "Ana",
                  .usage_location = *Location::Parse("PT"),
                  .account_enabled = false,
                  .user_type = UserType::kGuest,
                  .created_at = Time{-5},
                  .proxy_addresses = {"SMTP:a", "smtp:b"},
                  .attributes = {{"dept", "x"}, {"team", ""}}};
  const storage::UserRecord record = ToUserRecord(user, 77);
  EXPECT_EQ(record.number(), 77u);
  EXPECT_EQ(*FromUserRecords(record, ToUserNameRecord(user)), user);
}

TEST(RecordsTest, WhatNoFactCanBeIsDataLoss) {
  const auto code = [](const storage::FactRecord& record) {
    return DecodeFact(EncodeMessage(record)).status().code();
  };
  storage::FactRecord record;
  EXPECT_EQ(code(record), absl::StatusCode::kDataLoss) << "of no kind";
  record.mutable_settings()->set_assignment_mode(2);
  EXPECT_EQ(code(record), absl::StatusCode::kDataLoss) << "an unknown mode";
  record.mutable_plan()->set_applies_to(2);
  EXPECT_EQ(code(record), absl::StatusCode::kDataLoss) << "for whom?";
  record.mutable_subscription()->set_status(5);
  EXPECT_EQ(code(record), absl::StatusCode::kDataLoss) << "an unknown status";
  record.mutable_prohibition()->set_location("usa");
  EXPECT_EQ(code(record), absl::StatusCode::kDataLoss) << "no location";
  record.mutable_user()->mutable_user()->set_usage_location("u");
  EXPECT_EQ(code(record), absl::StatusCode::kDataLoss) << "no location";
}

}  // namespace
}  // namespace seatwise
