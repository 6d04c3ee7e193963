#include "service/license_wire.h"

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "engine/incremental/live_state.h"
#include "engine/model/change.h"
#include "engine/model/facts.h"
#include "engine/model/validate.h"
#include "gtest/gtest.h"
#include "seatwise/v1/license_service.pb.h"
#include "service/license_reply.h"
#include "service/served_tenant_for_test.h"
#include "tests/worlds/parse_tenant.h"

namespace seatwise {
namespace {

// Every state, a user with nothing, and a SKU whose licenses take more than 127 bytes.
std::string TenantText() {
  std::vector<std::string> many;
  for (int plan = 100; plan < 180; ++plan) many.push_back(absl::StrCat("PLAN-", plan));
  return absl::StrCat(R"(
tenant location=US
sku E3 plans=MAIL,DOCS seats=2
sku E5 plans=MAIL_PLUS,DOCS seats=9
sku OFF plans=KIOSK suspended=9
sku WIDE seats=9 plans=)",
                      absl::StrJoin(many, ","), R"(
conflict MAIL MAIL_PLUS
group staff -> E3 off=DOCS
group board -> E5
group rest -> OFF
ana in staff @1
bob in staff @2
cy in staff @3
ana in board @4
bob in rest
bob -> E3 @9
dan -> WIDE off=PLAN-133,PLAN-171
user eve
)");
}

// What protobuf itself makes of a message.
std::string LicensesByProtobuf(const LiveState& live, uint32_t user) {
  v1::GetEffectiveLicensesResponse reply;
  FillReply(live, user, {}, reply);
  return reply.SerializeAsString();
}

TEST(LicenseWireTest, TheBytesAreThoseOfProtobuf) {
  const ServedTenant tenant(TenantText());
  for (const User& user : tenant.facts.ToFacts().users) {
    const uint32_t number = *tenant.live->FindUser(user.id.value());
    std::string bytes;
    AppendLicenses(*tenant.live, number, bytes);
    EXPECT_EQ(bytes, LicensesByProtobuf(*tenant.live, number)) << user.id.value();
    EXPECT_EQ(bytes.empty(), user.id.value() == "eve");
  }
}

TEST(LicenseWireTest, RowsAreThoseOfProtobuf) {
  const ServedTenant tenant(TenantText());
  const std::string x(200, 'x'), y(300, 'y'), z(70000, 'z');
  const RowUser named[] = {{"ana", "ana@contoso.example", "Ana"},
                           {"ana", "", "Ana"},
                           {"ana", "ana@contoso.example", ""},
                           {"ana", "", ""},
                           {x, y, z}};
  for (const RowUser& who : named) {
    for (const char* id : {"ana", "bob", "dan", "eve"}) {
      std::string bytes;
      v1::ListEffectiveLicensesResponse list;
      const auto add = [&](const LiveLicense* license) {
        AppendLicenseRow(*tenant.live, who, license, bytes);
        v1::EffectiveLicenseRow& row = *list.add_rows();
        row.set_user_id(std::string(who.id));
        row.set_user_principal_name(std::string(who.user_principal_name));
        row.set_display_name(std::string(who.display_name));
        if (license != nullptr) {
          FillLicense(tenant.live->catalog(), *license, *row.mutable_license());
        }
      };
      add(nullptr);
      tenant.live->ForEachLicense(*tenant.live->FindUser(id),
                                  [&](const LiveLicense& license) { add(&license); });
      EXPECT_EQ(bytes, list.SerializeAsString()) << id;
    }
  }
}

// The state after the catalog of `text` was put in place of the present one.
std::shared_ptr<const LiveState> WithCatalogOf(ServedTenant& tenant, const std::string& text) {
  const Facts facts = worlds::ParseTenant(text);
  ChangeSet set;
  for (const ServicePlan& plan : facts.plans) set.changes.push_back(Put{plan});
  for (const Sku& sku : facts.skus) set.changes.push_back(Put{sku});
  const ValidationResult result = Validate(set, tenant.facts).value();
  return Prepare(tenant.live, result.changes.value(), tenant.executor).state;
}

TEST(LicenseWireTest, PlansAscendThoughTheirNumbersDoNot) {
  ServedTenant tenant("tenant location=US\nsku S plans=MAIL,DOCS seats=9\nana -> S");
  const auto live = WithCatalogOf(tenant, "sku S plans=MAIL,DOCS,AUDIO,ZOO seats=9");
  std::string bytes;
  AppendLicenses(*live, *live->FindUser("ana"), bytes);
  v1::GetEffectiveLicensesResponse reply;
  ASSERT_TRUE(reply.ParseFromString(bytes));
  EXPECT_EQ(absl::StrJoin(reply.licenses(0).enabled_plan_ids(), " "), "AUDIO DOCS MAIL ZOO");
}

}  // namespace
}  // namespace seatwise
