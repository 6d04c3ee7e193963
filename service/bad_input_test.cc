// Bad input at every unary rpc of the API: each call below works; each is then made wrong in every
// way that its fields allow, and must be refused with a reason, storing nothing.
#include <memory>
#include <string>
#include <vector>

#include "absl/container/btree_set.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"
#include "seatwise/v1/errors.pb.h"
#include "service/api_for_test.h"
#include "service/export_facts.h"
#include "service/grpc_status.h"

namespace seatwise {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

struct GoodCall {
  const char* method;  // Without "Service", in "User/GetUser".
  const char* request;
};

// Of the tenant that Contoso() makes. What writes only validates, so that the order does not
// matter.
constexpr GoodCall kGoodCalls[] = {
    {"Tenant/GetTenant", "name: 'tenants/contoso'"},
    {"Tenant/GetTenantStatus", "name: 'tenants/contoso'"},
    {"Tenant/ListTenants", ""},
    {"Tenant/CreateTenant", "tenant { tenant_id: 'new' } validate_only: true"},
    {"Tenant/UpdateTenant",
     "tenant { name: 'tenants/contoso' display_name: 'C' } "
     "validate_only: true"},
    {"Tenant/DeleteTenant", "name: 'tenants/contoso' cascade: true validate_only: true"},
    {"ServicePlan/GetServicePlan", "name: 'tenants/contoso/servicePlans/mail'"},
    {"ServicePlan/ListServicePlans", "parent: 'tenants/contoso'"},
    {"ServicePlan/CreateServicePlan",
     "parent: 'tenants/contoso' "
     "service_plan { service_plan_id: 'n' } validate_only: true"},
    {"ServicePlan/UpdateServicePlan",
     "service_plan { name: 'tenants/contoso/servicePlans/mail' display_name: 'Mail' } "
     "validate_only: true"},
    {"ServicePlan/DeleteServicePlan",
     "name: 'tenants/contoso/servicePlans/mail' cascade: true validate_only: true"},
    {"PlanConflict/GetPlanConflict", "name: 'tenants/contoso/planConflicts/kiosk;mail'"},
    {"PlanConflict/ListPlanConflicts", "parent: 'tenants/contoso'"},
    {"PlanConflict/CreatePlanConflict",
     "parent: 'tenants/contoso' plan_conflict { service_plan_id: 'docs' "
     "conflicts_with_id: 'kiosk' } validate_only: true"},
    {"PlanConflict/DeletePlanConflict",
     "name: 'tenants/contoso/planConflicts/kiosk;mail' validate_only: true"},
    {"PlanRequirement/GetPlanRequirement",
     "name: 'tenants/contoso/planRequirements/mail;docs;fabric'"},
    {"PlanRequirement/ListPlanRequirements", "parent: 'tenants/contoso'"},
    {"PlanRequirement/CreatePlanRequirement",
     "parent: 'tenants/contoso' plan_requirement { service_plan_id: 'docs' any_of_ids: 'mail' } "
     "validate_only: true"},
    {"PlanRequirement/DeletePlanRequirement",
     "name: 'tenants/contoso/planRequirements/mail;docs;fabric' validate_only: true"},
    {"PlanProhibition/GetPlanProhibition", "name: 'tenants/contoso/planProhibitions/mail;KP'"},
    {"PlanProhibition/ListPlanProhibitions", "parent: 'tenants/contoso'"},
    {"PlanProhibition/CreatePlanProhibition",
     "parent: 'tenants/contoso' plan_prohibition { service_plan_id: 'docs' location: 'KP' } "
     "validate_only: true"},
    {"PlanProhibition/DeletePlanProhibition",
     "name: 'tenants/contoso/planProhibitions/mail;KP' validate_only: true"},
    {"Sku/GetSku", "name: 'tenants/contoso/skus/e3'"},
    {"Sku/ListSkus", "parent: 'tenants/contoso'"},
    {"Sku/CreateSku",
     "parent: 'tenants/contoso' sku { sku_id: 'n' service_plan_ids: 'mail' } "
     "validate_only: true"},
    {"Sku/UpdateSku",
     "sku { name: 'tenants/contoso/skus/e3' overage_units: 3 } "
     "validate_only: true"},
    {"Sku/DeleteSku", "name: 'tenants/contoso/skus/e3' cascade: true validate_only: true"},
    {"Subscription/GetSubscription", "name: 'tenants/contoso/subscriptions/s3'"},
    {"Subscription/ListSubscriptions", "parent: 'tenants/contoso'"},
    {"Subscription/CreateSubscription",
     "parent: 'tenants/contoso' subscription { subscription_id: 'n' sku_id: 'e3' units: 4 } "
     "validate_only: true"},
    {"Subscription/UpdateSubscription",
     "subscription { name: 'tenants/contoso/subscriptions/s3' units: 4 } validate_only: true"},
    {"Subscription/DeleteSubscription",
     "name: 'tenants/contoso/subscriptions/s3' validate_only: true"},
    {"User/GetUser", "name: 'tenants/contoso/users/ana'"},
    {"User/ListUsers", "parent: 'tenants/contoso'"},
    {"User/CreateUser",
     "parent: 'tenants/contoso' user { user_id: 'n' usage_location: 'DE' } "
     "validate_only: true"},
    {"User/UpdateUser",
     "user { name: 'tenants/contoso/users/ana' usage_location: 'DE' } "
     "validate_only: true"},
    {"User/DeleteUser", "name: 'tenants/contoso/users/ana' validate_only: true"},
    {"User/BatchGetUsers", "parent: 'tenants/contoso' user_ids: 'ana'"},
    {"User/ListUserGroups", "parent: 'tenants/contoso/users/ana'"},
    {"Group/GetGroup", "name: 'tenants/contoso/groups/staff'"},
    {"Group/ListGroups", "parent: 'tenants/contoso'"},
    {"Group/CreateGroup", "parent: 'tenants/contoso' group { group_id: 'n' } validate_only: true"},
    {"Group/UpdateGroup",
     "group { name: 'tenants/contoso/groups/staff' display_name: 'S' } "
     "validate_only: true"},
    {"Group/DeleteGroup", "name: 'tenants/contoso/groups/staff' cascade: true validate_only: true"},
    {"Member/GetMember", "name: 'tenants/contoso/groups/staff/members/user:ana'"},
    {"Member/ListMembers", "parent: 'tenants/contoso/groups/staff'"},
    {"Member/CreateMember",
     "parent: 'tenants/contoso/groups/staff' member { user_id: 'bob' } "
     "validate_only: true"},
    {"Member/UpdateMember",
     "member { name: 'tenants/contoso/groups/staff/members/user:ana' added_at { seconds: 9 } } "
     "validate_only: true"},
    {"Member/DeleteMember",
     "name: 'tenants/contoso/groups/staff/members/user:ana' validate_only: true"},
    {"Assignment/GetAssignment", "name: 'tenants/contoso/groups/staff/assignments/e3'"},
    {"Assignment/ListAssignments", "parent: 'tenants/contoso/groups/staff'"},
    {"Assignment/CreateAssignment",
     "parent: 'tenants/contoso/users/ana' "
     "assignment { sku_id: 'e1' } validate_only: true"},
    {"Assignment/UpdateAssignment",
     "assignment { name: 'tenants/contoso/groups/staff/assignments/e3' priority: 7 } "
     "validate_only: true"},
    {"Assignment/DeleteAssignment",
     "name: 'tenants/contoso/groups/staff/assignments/e3' validate_only: true"},
    {"UserLicensing/AddUserLicenses",
     "parent: 'tenants/contoso' user_ids: 'ana' "
     "licenses { sku_id: 'e1' } validate_only: true"},
    {"UserLicensing/ReplaceUserLicenses",
     "parent: 'tenants/contoso' user_ids: 'ana' "
     "licenses { sku_id: 'e1' } validate_only: true"},
    {"UserLicensing/RemoveAllUserLicenses",
     "parent: 'tenants/contoso' user_ids: 'bob' validate_only: true"},
    {"Change/ApplyChanges",
     "parent: 'tenants/contoso' changes { put { user { user_id: 'n' } } } "
     "validate_only: true"},
    {"License/GetEffectiveLicenses", "name: 'tenants/contoso/users/ana'"},
    {"License/BatchGetEffectiveLicenses", "parent: 'tenants/contoso' user_ids: 'ana'"},
    {"License/ListEffectiveLicenses", "parent: 'tenants/contoso'"},
    {"Explain/ExplainLicense", "name: 'tenants/contoso/users/ana' include_fixes: true"},
    {"Explain/ListLicenseHistory", "parent: 'tenants/contoso/users/ana'"},
    {"Explain/ListViolationCauses", "parent: 'tenants/contoso' include_fixes: true"},
    {"Report/ListViolations", "parent: 'tenants/contoso'"},
    {"Report/ListSeatUsage", "parent: 'tenants/contoso'"},
    {"Report/GetGroupStatus", "name: 'tenants/contoso/groups/staff'"},
    {"Report/ListDoubleAssignments", "parent: 'tenants/contoso'"},
    {"Report/ListRedundantAssignments", "parent: 'tenants/contoso'"},
    {"Report/ListOverlappingSkus", "parent: 'tenants/contoso'"},
    {"Report/ListBlockedAndGuestLicenses", "parent: 'tenants/contoso'"},
    {"Report/ListCosts", "parent: 'tenants/contoso' by: COST_BY_SKU"},
    {"Report/ListRenewals", "parent: 'tenants/contoso'"},
    {"Report/ListSeatForecasts", "parent: 'tenants/contoso'"},
    {"Report/ListLicenseChanges", "parent: 'tenants/contoso'"},
    {"Reconciliation/ListReconciliations", "parent: 'tenants/contoso'"},
    {"Transfer/ListImports", "parent: 'tenants/contoso'"},
};
// Calls that cannot be made to work without an effect, or whose answer comes as a stream.
constexpr const char* kOtherCalls[] = {
    "Change/PlanChanges",
    "Reconciliation/RunReconciliation",
    "Reconciliation/GetReconciliation",
    "Transfer/DeleteImport",
    "Transfer/Import",
    "Transfer/Export",
    "Watch/WatchLicenses",
};

// One way to make a field wrong, wherever it is.
struct Fault {
  const char* field;
  const char* value;  // As text of the field; "" clears it.
};
constexpr Fault kFaults[] = {
    {"name", ""},
    {"name", "'users/ana'"},
    {"name", "'tenants/%zz'"},
    {"name", "'tenants/a/b/c/d/e/f'"},
    {"parent", ""},
    {"parent", "'tenants/'"},
    {"parent", "'tenants/nobody'"},
    {"parent", "'tenants/contoso/users/%'"},
    {"request_id", "'not a uuid'"},
    {"page_size", "-1"},
    {"page_token", "'made up'"},
    {"min_revision", "-1"},
    {"min_revision", "1000000"},
    {"revision", "-1"},
    {"revision", "1000000"},
    {"expected_revision", "-1"},
    {"expected_revision", "1000000"},
    {"plan_token", "'made up'"},
    {"sample_size", "-1"},
    {"sample_size", "1001"},
    {"by", ""},
    {"by", "COST_BY_ATTRIBUTE"},
    {"attribute", "'department'"},
    {"weeks", "-1"},
    {"weeks", "521"},
    {"within_days", "-1"},
    {"from_revision", "-1"},
    {"from_revision", "1000000"},
    {"to_revision", "-1"},
    {"to_revision", "1000000"},
    {"etag", "'of another day'"},
    {"update_mask", "{ paths: 'no_such_field' }"},
    {"update_mask", "{ paths: 'name' }"},
    {"user_ids", ""},
    {"licenses", "{ sku_id: '' }"},
    {"licenses", "{ sku_id: 'no such SKU' }"},
    {"changes", ""},
    {"changes", "{ }"},
    {"changes", "{ put { user { user_id: 'a;b' } } }"},
    {"changes", "{ put { member { group_id: 'no' user_id: 'no' } } }"},
    {"changes", "{ delete { name: 'tenants/contoso/users/nobody' } }"},
    {"changes", "{ delete { name: 'tenants/other/users/ana' } }"},
    {"tenant", "{ }"},
    {"tenant", "{ tenant_id: 'a;b' }"},
    {"tenant", "{ name: 'tenants/contoso' settings { default_usage_location: 'usa' } }"},
    {"tenant", "{ tenant_id: 'x' name: 'tenants/x' settings { retention_days: -1 } }"},
    {"service_plan", "{ }"},
    {"service_plan", "{ service_plan_id: 'a;b' }"},
    {"plan_conflict", "{ service_plan_id: 'mail' conflicts_with_id: 'mail' }"},
    {"plan_conflict", "{ service_plan_id: 'mail' conflicts_with_id: 'no' }"},
    {"plan_requirement", "{ service_plan_id: 'mail' }"},
    {"plan_prohibition", "{ service_plan_id: 'mail' location: 'Korea' }"},
    {"sku", "{ sku_id: 'n' service_plan_ids: 'no' }"},
    {"sku", "{ name: 'tenants/contoso/skus/e3' overage_units: -1 }"},
    {"subscription", "{ name: 'tenants/contoso/subscriptions/s3' units: -1 }"},
    {"subscription", "{ name: 'tenants/contoso/subscriptions/s3' currency: 'euro' }"},
    {"user", "{ name: 'tenants/contoso/users/ana' usage_location: 'usa' }"},
    {"user", "{ name: 'tenants/contoso/users/ana' proxy_addresses: 'a;b' }"},
    {"user", "{ name: 'tenants/contoso/users/ana' created_at { nanos: 1 } }"},
    {"user", "{ name: 'tenants/other/users/ana' }"},
    {"group", "{ name: 'tenants/contoso/groups/staff' display_name: '\\000' }"},
    {"member", "{ user_id: 'nobody' }"},
    {"member", "{ name: 'tenants/contoso/groups/board/members/user:nobody' }"},
    {"assignment", "{ sku_id: 'no' }"},
    {"assignment", "{ name: 'tenants/contoso/users/ana/assignments/e3' disabled_plan_ids: 'no' }"},
};

// Two users, groups and SKUs, and one of each relation.
void Contoso(ApiForTest& api) {
  const auto tenant = api.runtime.NewTenant("contoso");
  const auto made =
      tenant->Commit(Puts(AllOf(HoldingTenant())), {.actor = "test", .method = "Test"});
  ASSERT_TRUE(made.ok() && made->errors.empty());
}

// All that is stored of all tenants.
std::string Stored(ApiForTest& api) {
  std::string all;
  const auto entries = api.runtime.directory->List(TenantId(), 100);
  for (const TenantEntry& entry : *entries) {
    const auto state = api.runtime.Get(entry.id.value())->Published();
    absl::StrAppend(&all, entry.id.value(), " at ", state->revision, "\n");
    EXPECT_TRUE(ExportFacts(*state->facts, [&](const v1::ExportResponse& message) {
                  absl::StrAppend(&all, message.ShortDebugString());
                  return true;
                }).ok());
  }
  return all;
}

const google::protobuf::MethodDescriptor& MethodOf(absl::string_view method) {
  const std::pair<std::string, std::string> names = absl::StrSplit(method, '/');
  const auto* service = google::protobuf::DescriptorPool::generated_pool()->FindServiceByName(
      absl::StrCat("seatwise.v1.", names.first, "Service"));
  SEATWISE_CHECK(service != nullptr) << method;
  const auto* found = service->FindMethodByName(names.second);
  SEATWISE_CHECK(found != nullptr) << method;
  return *found;
}

std::unique_ptr<Message> New(const google::protobuf::Descriptor& type) {
  return std::unique_ptr<Message>(
      google::protobuf::MessageFactory::generated_factory()->GetPrototype(&type)->New());
}

class BadInputTest : public ::testing::Test {
 protected:
  void SetUp() override { Contoso(api_); }

  grpc::Status Call(absl::string_view method, const Message& request) {
    const auto response = New(*MethodOf(method).output_type());
    const std::pair<std::string, std::string> names = absl::StrSplit(method, '/');
    return api_.Call(absl::StrCat(names.first, "Service/", names.second), request, *response);
  }

  static std::unique_ptr<Message> Request(const GoodCall& call) {
    std::unique_ptr<Message> request = New(*MethodOf(call.method).input_type());
    SEATWISE_CHECK(google::protobuf::TextFormat::ParseFromString(call.request, request.get()))
        << call.request;
    return request;
  }

  static void ExpectRefused(const grpc::Status& status, absl::string_view what) {
    ASSERT_FALSE(status.ok()) << what << " was taken";
    const google::rpc::ErrorInfo info = InfoOf(status);
    v1::ErrorReason reason = v1::ERROR_REASON_UNSPECIFIED;
    EXPECT_TRUE(v1::ErrorReason_Parse(info.reason(), &reason) && info.domain() == "seatwise")
        << what << ": " << status.error_message() << " " << info.ShortDebugString();
    EXPECT_NE(status.error_code(), grpc::StatusCode::INTERNAL) << what;
    EXPECT_NE(status.error_code(), grpc::StatusCode::UNKNOWN) << what;
    EXPECT_FALSE(status.error_message().empty()) << what;
    EXPECT_LE(status.error_details().size(), kMaxStatusBytes) << what;
  }

  ApiForTest api_;
};

TEST_F(BadInputTest, EveryCallOfTheApiIsHere) {
  absl::btree_set<std::string> known;
  for (const GoodCall& call : kGoodCalls) known.insert(call.method);
  for (const char* method : kOtherCalls) known.insert(method);
  for (const OwnedService& service : api_.services()) {
    const auto* type =
        google::protobuf::DescriptorPool::generated_pool()->FindServiceByName(service.name);
    ASSERT_NE(type, nullptr) << service.name;
    if (type->file()->package() != "seatwise.v1") continue;
    const std::string name = type->name().substr(0, type->name().size() - strlen("Service"));
    for (int i = 0; i < type->method_count(); ++i) {
      EXPECT_TRUE(known.contains(absl::StrCat(name, "/", type->method(i)->name())))
          << type->method(i)->full_name() << " is not in kGoodCalls";
    }
  }
}

TEST_F(BadInputTest, GoodCallsWork) {
  const std::string before = Stored(api_);
  for (const GoodCall& call : kGoodCalls) {
    const grpc::Status status = Call(call.method, *Request(call));
    EXPECT_TRUE(status.ok()) << call.method << ": " << status.error_message();
  }
  EXPECT_EQ(Stored(api_), before);
}

TEST_F(BadInputTest, EachFaultIsRefusedWithAReasonAndStoresNothing) {
  const std::string before = Stored(api_);
  int refused = 0;
  for (const GoodCall& call : kGoodCalls) {
    for (const Fault& fault : kFaults) {
      const auto request = Request(call);
      const FieldDescriptor* field = request->GetDescriptor()->FindFieldByName(fault.field);
      if (field == nullptr) continue;
      request->GetReflection()->ClearField(request.get(), field);
      const std::string text =
          *fault.value == '\0' ? "" : absl::StrCat(fault.field, ": ", fault.value);
      SEATWISE_CHECK(google::protobuf::TextFormat::MergeFromString(text, request.get())) << text;
      // Whatever it says, it must not be carried out.
      const auto* validate = request->GetDescriptor()->FindFieldByName("validate_only");
      if (validate != nullptr) request->GetReflection()->SetBool(request.get(), validate, false);
      ExpectRefused(Call(call.method, *request),
                    absl::StrCat(call.method, " { ", request->ShortDebugString(), " }"));
      ++refused;
    }
  }
  EXPECT_GT(refused, 300);
  EXPECT_EQ(Stored(api_), before);
}

TEST_F(BadInputTest, AnEmptyRequestIsRefusedByAllButLists) {
  const std::string before = Stored(api_);
  for (const GoodCall& call : kGoodCalls) {
    if (absl::string_view(call.method) == "Tenant/ListTenants") continue;
    ExpectRefused(Call(call.method, *New(*MethodOf(call.method).input_type())), call.method);
  }
  for (const char* method : {"Reconciliation/RunReconciliation", "Reconciliation/GetReconciliation",
                             "Transfer/DeleteImport"}) {
    ExpectRefused(Call(method, *New(*MethodOf(method).input_type())), method);
  }
  EXPECT_EQ(Stored(api_), before);
}

}  // namespace
}  // namespace seatwise
