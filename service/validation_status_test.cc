#include "service/validation_status.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/model/memory_facts.h"
#include "engine/model/validate.h"
#include "gtest/gtest.h"
#include "service/errors.h"

namespace seatwise {
namespace {

std::string Place(size_t change) { return absl::StrCat("changes[", change, "]"); }

TEST(ValidationStatusTest, EveryReasonOfTheDoorIsOneOnTheWire) {
  for (int i = 0; i < kErrorReasons; ++i) {
    const v1::ErrorReason reason = ToReason(static_cast<ErrorReason>(i));
    EXPECT_EQ(v1::ErrorReason_Name(reason), ErrorName(static_cast<ErrorReason>(i)));
  }
}

TEST(ValidationStatusTest, EveryErrorStandsAtItsFieldInTheRequest) {
  const Membership membership{GroupId("g"), GroupId("inner"), Time()};
  const Assignment assignment{.principal = UserId("u"), .sku = SkuId("s")};
  const auto result = Validate({{Put{membership}, Put{assignment}}}, MemoryFacts(Facts()));
  ASSERT_TRUE(result.ok());
  const absl::Status status = ValidationStatus("t", result->errors, 3, Place);
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(ReasonOf(status), v1::MISSING_REFERENCE);
  EXPECT_EQ(ErrorInfoOf(status).metadata().at("name"), "tenants/t/groups/g/members/group:inner");
  std::vector<std::string> fields;
  const google::rpc::BadRequest listed = BadRequestOf(status);
  for (const auto& violation : listed.field_violations()) {
    fields.push_back(violation.field());
  }
  EXPECT_EQ(fields, (std::vector<std::string>{"changes[0].group_id", "changes[0].member_group_id",
                                              "changes[1].user_id", "changes[1].sku_id"}));
  EXPECT_NE(status.message().find("(and 6 more)"), std::string::npos) << status;
}

TEST(ValidationStatusTest, ColumnsHaveTheNamesOfTheirFields) {
  EXPECT_EQ(MessageField(SkuId("s"), "part_number"), "sku_part_number");
  EXPECT_EQ(MessageField(SkuId("s"), "plan_id"), "service_plan_ids");
  EXPECT_EQ(MessageField(SkuId("s"), "overage_units"), "overage_units");
  EXPECT_EQ(MessageField(UserId("u"), "proxy_addresses"), "proxy_addresses");
  EXPECT_EQ(MessageField(AssignmentKey{GroupId("g"), SkuId("s")}, "principal_id"), "group_id");
  EXPECT_EQ(MessageField(UserId("u"), ""), "");
}

TEST(ValidationStatusTest, WarningsBeyondTwentyAreCounted) {
  std::vector<Warning> warnings(25, GroupWithoutMembers(GroupId("g")));
  warnings[0].change = 7;
  v1::WriteResult result;
  FillWarnings("t", warnings, 10, result);
  EXPECT_EQ(result.warnings_size(), 20);
  EXPECT_EQ(result.more_warnings(), 15);
  EXPECT_EQ(result.warnings(0).reason(), v1::Warning::GROUP_WITHOUT_MEMBERS);
  EXPECT_EQ(result.warnings(0).name(), "tenants/t/groups/g");
  EXPECT_EQ(result.warnings(0).change(), 7);
  EXPECT_FALSE(result.warnings(1).has_change());
}

}  // namespace
}  // namespace seatwise
