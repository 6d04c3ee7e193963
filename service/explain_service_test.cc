// ExplainService as callers see it: over gRPC, on a store in memory.
#include <string>
#include <vector>

#include "engine/model/change.h"
#include "engine/model/facts.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "seatwise/v1/explain_service.pb.h"
#include "service/api_for_test.h"
#include "service/errors.h"
#include "tests/worlds/parse_tenant.h"

namespace seatwise {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Bob and cy wait for the one seat of E3; bob is in staff by sales.
constexpr char kTenant[] = R"(
tenant location=US nested
sku E3 plans=MAIL,DOCS seats=1
group staff -> E3
group sales in staff @0
ana in staff @1
bob in sales @2
cy in staff @3
)";

class ExplainServiceTest : public ::testing::Test {
 protected:
  ExplainServiceTest() : tenant_(api_.runtime.NewTenant("t")) {
    Commit(Puts(AllOf(worlds::ParseTenant(kTenant))), "import");
  }

  void Commit(const ChangeMaker& make, const std::string& actor) {
    api_.runtime.clock.now.micros += 1'000'000;
    const auto done = tenant_->Commit(make, {.actor = actor, .method = "Test"});
    SEATWISE_CHECK(done.ok() && done->errors.empty());
  }

  v1::ExplainLicenseResponse Explain(const std::string& user, int64_t revision = 0) {
    v1::ExplainLicenseRequest request;
    request.set_name("tenants/t/users/" + user);
    request.set_include_fixes(true);
    request.set_revision(revision);
    v1::ExplainLicenseResponse reply;
    const grpc::Status status = api_.Call("ExplainService/ExplainLicense", request, reply);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return reply;
  }

  std::string ReasonOf(const v1::ExplainLicenseRequest& request) {
    v1::ExplainLicenseResponse reply;
    return InfoOf(api_.Call("ExplainService/ExplainLicense", request, reply)).reason();
  }

  v1::ListLicenseHistoryResponse History(const std::string& user, int page_size = 0,
                                         const std::string& token = "") {
    v1::ListLicenseHistoryRequest request;
    request.set_parent("tenants/t/users/" + user);
    request.set_page_size(page_size);
    request.set_page_token(token);
    v1::ListLicenseHistoryResponse reply;
    const grpc::Status status = api_.Call("ExplainService/ListLicenseHistory", request, reply);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return reply;
  }

  ApiForTest api_;
  std::shared_ptr<Tenant> tenant_;
};

TEST_F(ExplainServiceTest, AUserIsExplainedWithNamesAndAFix) {
  const v1::ExplainLicenseResponse reply = Explain("cy");
  EXPECT_EQ(reply.revision(), 1);
  EXPECT_EQ(reply.user().user().user_id(), "cy");
  EXPECT_EQ(reply.user().effective_location(), "US");
  ASSERT_EQ(reply.licenses_size(), 1);
  const v1::LicenseExplanation& e3 = reply.licenses(0);
  EXPECT_EQ(e3.license().state(), v1::EffectiveLicense::ERROR);
  EXPECT_THAT(e3.sku_plan_ids(), ElementsAre("DOCS", "MAIL"));
  EXPECT_EQ(e3.seats().waiting(), 2);
  const v1::SourceExplanation& staff = e3.sources(0);
  EXPECT_THAT(staff.path_group_ids(), ElementsAre("staff"));
  EXPECT_THAT(staff.plan_ids(), ElementsAre("DOCS", "MAIL"));
  EXPECT_THAT(staff.disabled_plan_ids(), IsEmpty());
  EXPECT_EQ(staff.queue().place(), 2);
  EXPECT_EQ(staff.queue().waiting(), 2);
  EXPECT_THAT(staff.queue().ahead_user_ids(), ElementsAre("bob"));
  ASSERT_GE(staff.fixes_size(), 1);
  const v1::Fix& fix = staff.fixes(0);
  EXPECT_TRUE(fix.granted());
  EXPECT_EQ(fix.steps(0).kind(), v1::Fix::Step::BUY_SEATS);
  EXPECT_EQ(fix.steps(0).units(), 2);
  EXPECT_EQ(fix.steps(0).change().put().subscription().units(), 3);
  EXPECT_EQ(fix.effect().others_gaining(), 1);
  EXPECT_EQ(reply.names().skus(0).id(), "E3");
  EXPECT_EQ(reply.names().service_plans_size(), 2);
  EXPECT_EQ(reply.names().groups(0).id(), "staff");
  EXPECT_EQ(reply.names().users_size(), 2);
}

TEST_F(ExplainServiceTest, ViolationsAreListedByCauseWithAFix) {
  Commit(Puts({PlanProhibition{PlanId("MAIL"), *Location::Parse("IN")},
               User{.id = UserId("di"), .usage_location = *Location::Parse("IN")},
               Membership{GroupId("sales"), UserId("di"), Time{9}}}),
         "ops");
  v1::ListViolationCausesRequest request;
  request.set_parent("tenants/t");
  request.set_include_fixes(true);
  request.set_page_size(1);
  v1::ListViolationCausesResponse first;
  ASSERT_TRUE(api_.Call("ExplainService/ListViolationCauses", request, first).ok());
  ASSERT_EQ(first.causes_size(), 1);
  EXPECT_EQ(first.causes(0).code(), v1::PROHIBITED_IN_USAGE_LOCATION_VIOLATION);
  EXPECT_EQ(first.causes(0).group_id(), "staff");
  EXPECT_EQ(first.causes(0).users(), 1);
  request.set_page_token(first.next_page_token());
  v1::ListViolationCausesResponse second;
  ASSERT_TRUE(api_.Call("ExplainService/ListViolationCauses", request, second).ok());
  const v1::ViolationCause& seats = second.causes(0);
  EXPECT_EQ(seats.code(), v1::COUNT_VIOLATION);
  EXPECT_EQ(seats.users(), 2);
  EXPECT_THAT(seats.sample_user_ids(), ElementsAre("bob", "cy"));
  // Seats for all.
  EXPECT_EQ(seats.fix().steps(0).units(), 2);
  EXPECT_EQ(seats.fix_clears_users(), 2);
  EXPECT_EQ(second.seats(0).waiting(), 2);
  EXPECT_EQ(second.names().users_size(), 2);
  EXPECT_EQ(second.next_page_token(), "");
}

// Ana, who holds the seat, is blocked; and one more seat is suspended.
TEST_F(ExplainServiceTest, AllWaysOutOfAShortageAreTold) {
  Commit(Puts({User{.id = UserId("ana"), .account_enabled = false},
               Subscription{.id = SubscriptionId("late"),
                            .sku = SkuId("E3"),
                            .units = 1,
                            .status = SubscriptionStatus::kSuspended}}),
         "ops");
  v1::ListViolationCausesRequest request;
  request.set_parent("tenants/t");
  request.set_include_fixes(true);
  v1::ListViolationCausesResponse causes;
  ASSERT_TRUE(api_.Call("ExplainService/ListViolationCauses", request, causes).ok());
  ASSERT_EQ(causes.causes_size(), 1);
  const v1::ViolationCause& seats = causes.causes(0);
  EXPECT_EQ(seats.fix().steps(0).kind(), v1::Fix::Step::BUY_SEATS);
  ASSERT_EQ(seats.seat_ways_size(), 2);
  const v1::SeatWay& renewal = seats.seat_ways(0);
  EXPECT_EQ(renewal.kind(), v1::SeatWay::RENEW_SUBSCRIPTION);
  EXPECT_EQ(renewal.steps(0).change().put().subscription().subscription_id(), "late");
  EXPECT_EQ(renewal.units(), 1);
  EXPECT_EQ(renewal.seated(), 1);
  EXPECT_EQ(renewal.waiting(), 2);
  const v1::SeatWay& blocked = seats.seat_ways(1);
  EXPECT_EQ(blocked.kind(), v1::SeatWay::TAKE_FROM_BLOCKED);
  EXPECT_EQ(blocked.holders(), 1);
  EXPECT_EQ(blocked.holders_looked_at(), 0);
  EXPECT_THAT(blocked.giving_up_user_ids(), ElementsAre("ana"));
  EXPECT_EQ(blocked.losing(), 0);
  // The first who waits gets a seat by either, the second by neither.
  const v1::SourceExplanation first = Explain("bob").licenses(0).sources(0);
  EXPECT_EQ(first.fixes(0).steps(0).kind(), v1::Fix::Step::BUY_SEATS);
  ASSERT_EQ(first.seat_ways_size(), 2);
  EXPECT_EQ(first.seat_ways(0).kind(), v1::SeatWay::RENEW_SUBSCRIPTION);
  EXPECT_EQ(first.seat_ways(1).kind(), v1::SeatWay::TAKE_FROM_BLOCKED);
  EXPECT_EQ(Explain("cy").licenses(0).sources(0).seat_ways_size(), 0);
}

TEST_F(ExplainServiceTest, TheWayByInnerGroupsIsTold) {
  EXPECT_THAT(Explain("bob").licenses(0).sources(0).path_group_ids(),
              ElementsAre("staff", "sales"));
}

TEST_F(ExplainServiceTest, APastRevisionIsExplainedAsItWas) {
  Commit(Deletes({UserId("ana")}), "ops");
  Commit(Puts({Subscription{.id = SubscriptionId("more"), .sku = SkuId("E3"), .units = 5}}), "ops");
  EXPECT_EQ(Explain("cy").licenses(0).license().state(), v1::EffectiveLicense::ACTIVE);
  const v1::ExplainLicenseResponse second = Explain("cy", 2);
  EXPECT_EQ(second.revision(), 2);
  EXPECT_EQ(second.commit_time().seconds() + 1, Explain("cy").commit_time().seconds());
  EXPECT_EQ(second.licenses(0).sources(0).queue().place(), 1);
  EXPECT_THAT(second.licenses(0).sources(0).queue().ahead_user_ids(), IsEmpty());
  const v1::ExplainLicenseResponse first = Explain("cy", 1);
  EXPECT_EQ(first.licenses(0).sources(0).queue().place(), 2);
  EXPECT_EQ(first.licenses(0).sources(0).fixes(0).steps(0).units(), 2);
  // Who is gone was there.
  EXPECT_EQ(Explain("ana", 1).licenses(0).license().state(), v1::EffectiveLicense::ACTIVE);
}

TEST_F(ExplainServiceTest, WhatIsWrongIsSaid) {
  v1::ExplainLicenseRequest request;
  request.set_name("tenants/t/users/nobody");
  EXPECT_EQ(ReasonOf(request), "NOT_FOUND");
  request.set_name("tenants/t/users/ana");
  request.set_sku_id("E9");
  EXPECT_EQ(ReasonOf(request), "NOT_FOUND");
  request.set_sku_id("E3");
  request.set_revision(9);
  EXPECT_EQ(ReasonOf(request), "REVISION_NOT_REACHED");
  request.set_revision(1);
  request.set_min_revision(1);
  EXPECT_EQ(ReasonOf(request), "CONTRADICTION");
  request.clear_min_revision();
  Commit(Deletes({UserId("bob")}), "ops");
  ASSERT_TRUE(tenant_->Prune({.oldest_time = kMinTime, .most_revisions = 0}).ok());
  Commit(Deletes({UserId("cy")}), "ops");  // What is published goes on from there.
  EXPECT_EQ(ReasonOf(request), "REVISION_PRUNED");
}

TEST_F(ExplainServiceTest, HistoryTellsWhoChangedWhat) {
  Commit(
      Puts({Assignment{
          .principal = GroupId("staff"), .sku = SkuId("E3"), .disabled_plans = {PlanId("DOCS")}}}),
      "eve");
  Commit(Puts({User{.id = UserId("di")}}), "ops");
  Commit(Deletes({UserId("ana")}), "ops");
  Commit(Puts({Assignment{.principal = GroupId("staff"), .sku = SkuId("E3")}}), "eve");

  const v1::ListLicenseHistoryResponse history = History("bob");
  ASSERT_EQ(history.entries_size(), 3);
  EXPECT_EQ(history.entries(0).revision(), 1);
  EXPECT_EQ(history.entries(0).actor(), "import");
  EXPECT_FALSE(history.entries(0).changes(0).has_before());
  // A seat that became free: bob is not in what caused it.
  const v1::LicenseHistoryEntry& served = history.entries(1);
  EXPECT_EQ(served.revision(), 4);
  EXPECT_EQ(served.changes(0).after().state(), v1::EffectiveLicense::ACTIVE);
  EXPECT_THAT(served.causes(), IsEmpty());
  EXPECT_EQ(served.other_facts(), 2);
  const v1::LicenseHistoryEntry& widened = history.entries(2);
  EXPECT_EQ(widened.revision(), 5);
  EXPECT_EQ(widened.actor(), "eve");
  EXPECT_THAT(widened.changes(0).after().enabled_plan_ids(), ElementsAre("DOCS", "MAIL"));
  ASSERT_EQ(widened.causes_size(), 1);
  EXPECT_EQ(widened.causes(0).name(), "tenants/t/groups/staff/assignments/E3");
  EXPECT_THAT(widened.causes(0).before().assignment().disabled_plan_ids(), ElementsAre("DOCS"));
  EXPECT_THAT(widened.causes(0).after().assignment().disabled_plan_ids(), IsEmpty());
  EXPECT_TRUE(widened.causes(0).has_after());
}

TEST_F(ExplainServiceTest, WhatAFactBecameIsToldAlsoIfItChangedAgain) {
  for (const int priority : {3, 4}) {
    Commit(Puts({Assignment{.principal = UserId("cy"), .sku = SkuId("E3"), .priority = priority}}),
           "ops");
  }
  const v1::ListLicenseHistoryResponse history = History("cy");
  ASSERT_EQ(history.entries_size(), 2);
  EXPECT_EQ(history.entries(1).causes(0).kind(), v1::LicenseHistoryEntry::FactChange::CREATED);
  EXPECT_EQ(history.entries(1).causes(0).after().assignment().priority(), 3);
}

TEST_F(ExplainServiceTest, HistoryComesInPagesFromTheNewestOn) {
  for (int i = 0; i < 5; ++i) {
    Commit(i % 2 == 0 ? Deletes({MembershipKey{GroupId("staff"), UserId("ana")}})
                      : Puts({Membership{GroupId("staff"), UserId("ana"), Time{1}}}),
           "ops");
  }
  std::vector<int64_t> revisions;
  std::string token;
  do {
    const v1::ListLicenseHistoryResponse page = History("ana", 2, token);
    EXPECT_LE(page.entries_size(), 2);
    for (int i = page.entries_size(); i-- > 0;) revisions.push_back(page.entries(i).revision());
    token = page.next_page_token();
  } while (!token.empty());
  EXPECT_THAT(revisions, ElementsAre(6, 5, 4, 3, 2, 1));
}

// More revisions than one pass over the journal looks at.
TEST_F(ExplainServiceTest, HistoryFindsWhatIsLongAgo) {
  Commit(Puts({Assignment{.principal = UserId("cy"), .sku = SkuId("E3"), .priority = 3}}), "ops");
  for (int i = 0; i < 5'000; ++i) {
    Commit(Puts({Group{GroupId("staff"), absl::StrCat("Staff ", i), ""}}), "ops");
  }
  Commit(Puts({Assignment{.principal = UserId("cy"), .sku = SkuId("E3"), .priority = 4}}), "ops");
  const v1::ListLicenseHistoryResponse history = History("cy");
  ASSERT_EQ(history.entries_size(), 2);
  EXPECT_EQ(history.entries(0).revision(), 1);
  EXPECT_EQ(history.entries(1).revision(), 2);
  EXPECT_EQ(history.entries(1).causes(0).after().assignment().priority(), 3);
  EXPECT_EQ(history.next_page_token(), "");
  const v1::ListLicenseHistoryResponse newest = History("cy", 1);
  ASSERT_EQ(newest.entries_size(), 1);
  EXPECT_EQ(newest.entries(0).revision(), 2);
  EXPECT_EQ(History("cy", 1, newest.next_page_token()).entries(0).revision(), 1);
}

}  // namespace
}  // namespace seatwise
