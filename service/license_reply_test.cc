#include "service/license_reply.h"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "engine/incremental/live_state.h"
#include "gtest/gtest.h"
#include "service/derived_to_proto.h"
#include "service/served_tenant_for_test.h"

namespace seatwise {
namespace {

constexpr char kTenant[] = R"(
tenant location=US
sku E3 plans=MAIL,DOCS seats=2
sku E5 plans=MAIL_PLUS,DOCS seats=9
conflict MAIL MAIL_PLUS
group staff -> E3 off=DOCS
group board -> E5
ana in staff @1
bob in staff @2
cy in staff @3
ana in board @4
bob -> E3 @9
user dot
)";

// "E3 ACTIVE DOCS MAIL".
std::string Text(const v1::EffectiveLicense& license) {
  return absl::StrCat(license.sku_id(), " ", v1::EffectiveLicense::State_Name(license.state()),
                      license.enabled_plan_ids_size() > 0 ? " " : "",
                      absl::StrJoin(license.enabled_plan_ids(), " "));
}

std::string Licenses(const ServedTenant& tenant, const std::string& user) {
  v1::GetEffectiveLicensesResponse reply;
  FillReply(*tenant.live, *tenant.live->FindUser(user), {}, reply);
  std::vector<std::string> texts;
  for (const auto& license : reply.licenses()) texts.push_back(Text(license));
  return absl::StrJoin(texts, ", ");
}

TEST(LicenseReplyTest, AReplySaysWhatAUserHas) {
  const ServedTenant tenant(kTenant);
  EXPECT_EQ(Licenses(tenant, "ana"), "E3 ACTIVE MAIL, E5 ERROR");
  EXPECT_EQ(Licenses(tenant, "bob"), "E3 ACTIVE DOCS MAIL");
  EXPECT_EQ(Licenses(tenant, "cy"), "E3 ERROR");
  EXPECT_EQ(Licenses(tenant, "dot"), "");
}

TEST(LicenseReplyTest, ClaimsAndEffectivePlansComeOnRequest) {
  const ServedTenant tenant(kTenant);
  v1::GetEffectiveLicensesRequest request;
  request.set_include_claims(true);
  request.set_include_effective_plans(true);
  v1::GetEffectiveLicensesResponse reply;
  FillReply(*tenant.live, *tenant.live->FindUser("bob"), request, reply);
  EXPECT_EQ(absl::StrJoin(reply.effective_plan_ids(), " "), "DOCS MAIL");
  ASSERT_EQ(reply.claims_size(), 2);
  EXPECT_EQ(reply.claims(0).source().user_id(), "bob");
  EXPECT_EQ(reply.claims(1).source().group_id(), "staff");
  EXPECT_TRUE(reply.claims(0).granted());

  reply.Clear();
  FillReply(*tenant.live, *tenant.live->FindUser("ana"), request, reply);
  ASSERT_EQ(reply.claims_size(), 2);
  EXPECT_EQ(reply.claims(0).source().group_id(), "board");
  EXPECT_EQ(reply.claims(0).sku_id(), "E5");
  EXPECT_FALSE(reply.claims(0).granted());
  ASSERT_EQ(reply.claims(0).codes_size(), 1);
  EXPECT_EQ(reply.claims(0).codes(0), v1::MUTUALLY_EXCLUSIVE_VIOLATION);
}

// The licenses of each user of a reply, with the table resolved.
std::vector<std::string> Resolved(const v1::BatchGetEffectiveLicensesResponse& reply) {
  std::vector<std::string> users;
  for (const v1::UserLicenses& user : reply.users()) {
    std::vector<std::string> texts;
    for (int index : user.license_indexes()) texts.push_back(Text(reply.licenses(index)));
    users.push_back(user.missing() ? "missing" : absl::StrJoin(texts, ", "));
  }
  return users;
}

TEST(LicenseReplyTest, ABatchSaysOnceWhatUsersHaveInCommon) {
  const ServedTenant tenant(
      "tenant location=US\nsku E3 plans=MAIL seats=9\ngroup staff -> E3\nana in staff\nbob in "
      "staff\nuser cy");
  v1::BatchGetEffectiveLicensesRequest request;
  for (const char* id : {"bob", "nobody", "ana", "cy", "bob"}) request.add_user_ids(id);
  v1::BatchGetEffectiveLicensesResponse reply;
  EXPECT_EQ(FillBatch(*tenant.live, request, 0, reply), 5u);
  EXPECT_EQ(reply.licenses_size(), 1);
  EXPECT_EQ(Resolved(reply), (std::vector<std::string>{"E3 ACTIVE MAIL", "missing",
                                                       "E3 ACTIVE MAIL", "", "E3 ACTIVE MAIL"}));
}

// A tenant in which each of 1,000 users has another set of about 95 plans with long ids.
std::string WideTenant() {
  std::vector<std::string> plans;
  for (int i = 0; i < 100; ++i)
    plans.push_back(absl::StrFormat("plan-with-a-long-id-of-40-bytes-%07d", i));
  std::string text = absl::StrCat(
      "tenant location=US\nsku WIDE seats=1000 plans=", absl::StrJoin(plans, ","), "\n");
  for (int user = 0; user < 1000; ++user) {
    std::vector<std::string> off;
    for (size_t bit = 0; bit < 10; ++bit) {
      if ((user >> bit & 1) != 0) off.push_back(plans[bit]);
    }
    absl::StrAppend(&text, "u", user, " -> WIDE",
                    off.empty() ? "" : " off=", absl::StrJoin(off, ","), "\n");
  }
  return text;
}

TEST(LicenseReplyTest, AReplyThatWouldBeTooLargeEndsEarlyAndGoesOn) {
  const ServedTenant tenant(WideTenant());
  v1::BatchGetEffectiveLicensesRequest request;
  for (int user = 0; user < 1000; ++user) request.add_user_ids(absl::StrCat("u", user));
  size_t next = 0;
  int pages = 0;
  std::vector<std::string> all;
  while (next < 1000) {
    v1::BatchGetEffectiveLicensesResponse reply;
    next = FillBatch(*tenant.live, request, next, reply);
    EXPECT_LE(reply.ByteSizeLong(), kMaxBatchReplyBytes + 8192);
    ++pages;
    for (std::string& user : Resolved(reply)) all.push_back(std::move(user));
  }
  EXPECT_EQ(pages, 2);
  ASSERT_EQ(all.size(), 1000u);
  for (int user = 0; user < 1000; ++user) {
    EXPECT_EQ(all[static_cast<size_t>(user)], Licenses(tenant, absl::StrCat("u", user)));
  }
}

}  // namespace
}  // namespace seatwise
