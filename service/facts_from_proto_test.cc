#include "service/facts_from_proto.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"
#include "service/errors.h"

namespace seatwise {
namespace {

v1::Fact Read(const std::string& text) {
  v1::Fact fact;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &fact)) << text;
  return fact;
}

// "REASON field" of each violation, separated by "; ". All have the reason of the first.
std::string ErrorsOf(const std::string& text) {
  FieldErrors errors;
  FactOf(Read(text), {.tenant = "t", .path = "changes[3].put"}, errors);
  const absl::Status status = errors.ToStatus();
  if (status.ok()) return "";
  std::string found = ErrorInfoOf(status).reason();
  const google::rpc::BadRequest listed = BadRequestOf(status);
  for (const auto& violation : listed.field_violations()) {
    absl::StrAppend(&found, " ", violation.field());
  }
  return found;
}

struct BadCase {
  std::string message;
  std::string errors;  // Below changes[3].put.
};

TEST(FactsFromProtoTest, EachMistakeIsFoundAtItsField) {
  const BadCase cases[] = {
      {"", "FIELD_REQUIRED .fact"},
      {"tenant_settings { assignment_mode: 9 }", "OUT_OF_RANGE .tenant_settings.assignment_mode"},
      {"tenant_settings { default_usage_location: 'in' }",
       "MALFORMED .tenant_settings.default_usage_location"},
      {"service_plan {}", "FIELD_REQUIRED .service_plan.service_plan_id"},
      {"service_plan { service_plan_id: 'p' applies_to: 9 }",
       "OUT_OF_RANGE .service_plan.applies_to"},
      {"sku {}", "FIELD_REQUIRED .sku.sku_id"},
      {"sku { sku_id: 's' unlimited_overage: false }", "OUT_OF_RANGE .sku.unlimited_overage"},
      {"sku { sku_id: 's' overage_units: 9223372036854775807 }", "OUT_OF_RANGE .sku.overage_units"},
      {"plan_conflict { service_plan_id: 'a' }", "FIELD_REQUIRED .plan_conflict.conflicts_with_id"},
      {"plan_conflict { name: 'tenants/t/planConflicts/a;b' conflicts_with_id: 'c' }",
       "CONTRADICTION .plan_conflict.conflicts_with_id"},
      {"plan_requirement {}", "FIELD_REQUIRED .plan_requirement.service_plan_id"},
      {"plan_requirement { name: 'tenants/t/planRequirements/a;b' any_of_ids: 'c' }",
       "CONTRADICTION .plan_requirement.any_of_ids"},
      {"plan_prohibition { location: 'IN' }", "FIELD_REQUIRED .plan_prohibition.service_plan_id"},
      {"plan_prohibition { service_plan_id: 'p' location: 'India' }",
       "MALFORMED .plan_prohibition.location"},
      {"plan_prohibition { name: 'tenants/t/planProhibitions/p;IN' location: 'US' }",
       "CONTRADICTION .plan_prohibition.location"},
      {"subscription { subscription_id: 'x' }", "FIELD_REQUIRED .subscription.sku_id"},
      {"subscription { subscription_id: 'x' sku_id: 's' status: 77 }",
       "OUT_OF_RANGE .subscription.status"},
      {"subscription { subscription_id: 'x' sku_id: 's' renews_at { nanos: 1 } }",
       "OUT_OF_RANGE .subscription.renews_at"},
      {"user { name: 'users/u' }", "INVALID_RESOURCE_NAME .user.name .user.user_id"},
      {"user { name: 'tenants/other/users/u' user_id: 'u' }", "CONTRADICTION .user.name"},
      {"user { name: 'tenants/t/users/u' user_id: 'v' }", "CONTRADICTION .user.user_id"},
      {"user { name: 'tenants/t/groups/u' user_id: 'u' }", "INVALID_RESOURCE_NAME .user.name"},
      {"user { user_id: 'u' usage_location: 'I' user_type: 5 created_at { seconds: -62135596801 } "
       "}",
       "MALFORMED .user.usage_location .user.user_type .user.created_at"},
      {"group {}", "FIELD_REQUIRED .group.group_id"},
      {"member { group_id: 'g' }", "FIELD_REQUIRED .member.user_id"},
      {"member { user_id: 'u' added_at { nanos: 1500 } }",
       "FIELD_REQUIRED .member.group_id .member.added_at"},
      {"member { name: 'tenants/t/groups/g/members/group:u' user_id: 'u' }",
       "CONTRADICTION .member.user_id"},
      {"assignment { user_id: '' sku_id: 's' }", "FIELD_REQUIRED .assignment.user_id"},
      {"assignment { group_id: 'g' }", "FIELD_REQUIRED .assignment.sku_id"},
      {"assignment { name: 'tenants/t/users/u/assignments/s' group_id: 'u' sku_id: 's' }",
       "CONTRADICTION .assignment.group_id"},
      {"observed_license { user_id: 'u' }", "FIELD_REQUIRED .observed_license.sku_id"},
  };
  for (const BadCase& c : cases) {
    std::string expected = c.errors;
    for (size_t at = 0; (at = expected.find(" .", at)) != std::string::npos; at += 2) {
      expected.replace(at, 2, " changes[3].put.");
    }
    EXPECT_EQ(ErrorsOf(c.message), expected) << c.message;
  }
}

TEST(FactsFromProtoTest, DefaultsAreThoseOfTheFacts) {
  FieldErrors errors;
  const InputScope scope{.tenant = "t", .absent_time = Time{5}};
  EXPECT_EQ(FactOf(Read("tenant_settings {}"), scope, errors).fact, Fact(TenantSettings()));
  EXPECT_EQ(FactOf(Read("sku { sku_id: 's' }"), scope, errors).fact, Fact(Sku{.id = SkuId("s")}));
  const InputFact user = FactOf(Read("user { user_id: 'u' }"), scope, errors);
  EXPECT_EQ(user.fact, Fact(User{.id = UserId("u"), .created_at = Time{5}}));
  EXPECT_TRUE(user.time_left_out);
  EXPECT_TRUE(errors.empty());
}

TEST(FactsFromProtoTest, ATimeThatIsLeftOutStaysAsItIs) {
  FieldErrors errors;
  InputFact put = FactOf(Read("member { group_id: 'g' user_id: 'u' }"),
                         {.tenant = "t", .absent_time = Time{5}}, errors);
  KeepTime(Membership{GroupId("g"), UserId("u"), Time{3}}, put);
  EXPECT_EQ(std::get<Membership>(put.fact).added_at, Time{3});

  put = FactOf(Read("assignment { group_id: 'g' sku_id: 's' assigned_at { seconds: 9 } }"),
               {.tenant = "t", .absent_time = Time{5}}, errors);
  KeepTime(Assignment{.principal = GroupId("g"), .sku = SkuId("s"), .assigned_at = Time{3}}, put);
  EXPECT_EQ(std::get<Assignment>(put.fact).assigned_at, Time{9'000'000});
}

}  // namespace
}  // namespace seatwise
