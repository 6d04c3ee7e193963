#include "service/derived_to_proto.h"

#include <string>

#include "google/protobuf/text_format.h"
#include "google/protobuf/util/message_differencer.h"
#include "gtest/gtest.h"

namespace seatwise {
namespace {

// Whether `message` is what `text` says, field by field.
template <typename Message>
void ExpectIs(const Message& message, const std::string& text) {
  Message expected;
  ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &expected)) << text;
  EXPECT_TRUE(google::protobuf::util::MessageDifferencer::Equals(message, expected))
      << message.ShortDebugString();
}

TEST(DerivedToProtoTest, LicensesHaveStateAndPlans) {
  ExpectIs(
      ToProto(License{
          UserId("u"), SkuId("s"), LicenseState::kActiveWithError, {PlanId("b"), PlanId("a")}}),
      "sku_id: 's' state: ACTIVE_WITH_ERROR enabled_plan_ids: ['a', 'b']");
  ExpectIs(ToProto(LicenseValue{LicenseState::kDisabled, PlanIdSet{PlanId("a")}}),
           "state: DISABLED enabled_plan_ids: 'a'");
  EXPECT_EQ(ToProto(LicenseState::kActive), v1::EffectiveLicense::ACTIVE);
  EXPECT_EQ(ToProto(LicenseState::kError), v1::EffectiveLicense::ERROR);
}

TEST(DerivedToProtoTest, SeatsHaveWhatFollowsFromThem) {
  ExpectIs(ToProto(SeatUsage{SkuId("s"), 5, 2, 7, 6, 3}),
           "sku_id: 's' usable: 5 parked: 2 capacity: 7 consumed: 6 waiting: 3 overrun: 4");
  ExpectIs(ToProto(SeatUsage{SkuId("s"), 5, 0, kUnlimited, 1, 0}),
           "sku_id: 's' usable: 5 unlimited_capacity: true consumed: 1 available: 4");
  ExpectIs(ToProto(SeatUsage{SkuId("s"), 0, 2, 2, 1, 0}),
           "sku_id: 's' parked: 2 capacity: 2 consumed: 1 off: true overrun: 1");
}

TEST(DerivedToProtoTest, EachViolationHasItsCodeAndDetails) {
  const struct {
    Violation violation;
    v1::ViolationCode code;
    std::string text;
  } cases[] = {
      {UsageLocationMissing(), v1::USAGE_LOCATION_MISSING, "usage_location_missing {}"},
      {ProhibitedInUsageLocation{{PlanId("p")}, *Location::Parse("IN")},
       v1::PROHIBITED_IN_USAGE_LOCATION_VIOLATION,
       "prohibited_in_usage_location { plan_ids: 'p' location: 'IN' }"},
      {Uniqueness{{PlanId("p")}, {{"smtp:a", UserId("o")}}}, v1::UNIQUENESS_VIOLATION,
       "uniqueness { plan_ids: 'p' clashes { address: 'smtp:a' owner_user_id: 'o' } }"},
      {MutuallyExclusive{{{PlanId("p"), PlanId("q"), {{SkuId("s"), GroupId("g")}}}}},
       v1::MUTUALLY_EXCLUSIVE_VIOLATION,
       "mutually_exclusive { exclusions { plan_id: 'p' other_plan_id: 'q' sources { sku_id: 's' "
       "source { group_id: 'g' } } } }"},
      {Dependency{{{PlanId("p"), {PlanId("a"), PlanId("b")}}}}, v1::DEPENDENCY_VIOLATION,
       "dependency { unmet { plan_id: 'p' any_of_ids: ['a', 'b'] } }"},
      {Count{3}, v1::COUNT_VIOLATION, "count { place: 3 }"},
      {Other{{{SkuId("s"), {ViolationCode::kCount}}}}, v1::OTHER,
       "other { failed { sku_id: 's' codes: COUNT_VIOLATION } }"},
  };
  for (const auto& c : cases) {
    ExpectIs(ToProto(c.violation), c.text);
    EXPECT_EQ(ToProto(CodeOf(c.violation)), c.code);
  }
}

TEST(DerivedToProtoTest, ItemsSayWhereTheyComeFromAndWhatIsWrong) {
  ExpectIs(ToProto(ClaimItem{UserId("u"), UserId("u"), SkuId("s"), true, {}}),
           "source { user_id: 'u' } sku_id: 's' granted: true");
  ExpectIs(ToProto(ClaimItem{UserId("u"), GroupId("g"), SkuId("s"), false, {Count{1}}}),
           "source { group_id: 'g' } sku_id: 's' codes: COUNT_VIOLATION violations { count { "
           "place: 1 } }");
  v1::ClaimItem item;
  AddCodes(0b1000001, item);
  ExpectIs(item, "codes: [USAGE_LOCATION_MISSING, OTHER]");
}

}  // namespace
}  // namespace seatwise
