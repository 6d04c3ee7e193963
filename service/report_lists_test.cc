// The reports of ReportService as callers see them: over gRPC, on a store in memory.
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "base/time.h"
#include "engine/model/fact_key.h"
#include "engine/model/facts.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "seatwise/v1/report.pb.h"
#include "service/api_for_test.h"
#include "service/timestamps.h"
#include "tests/worlds/parse_tenant.h"

namespace seatwise {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr int64_t kDay = int64_t{24} * 3600 * 1'000'000;

// The group gives ana and bob MAIL of E3, which both have directly as well; ana also has DOCS, and
// F1, of which E3 has all.
constexpr char kTenant[] = R"(
tenant location=US
sku E3 plans=MAIL,DOCS seats=4
sku F1 plans=MAIL seats=9
group staff -> E3 off=DOCS
group nobody -> F1
ana in staff @1
bob in staff @2
user cy blocked
user dot guest
ana -> E3
ana -> F1
bob -> E3 off=DOCS
cy -> F1
dot -> F1
)";

std::string Joined(const google::protobuf::RepeatedPtrField<std::string>& ids) {
  return absl::StrJoin(ids, ",");
}

std::string Text(const google::protobuf::RepeatedPtrField<v1::Money>& costs) {
  std::string text;
  for (const v1::Money& money : costs) {
    absl::StrAppend(&text, " ", money.ten_thousandths() / 10'000.0, money.currency());
  }
  return text;
}

class ReportListsTest : public ::testing::Test {
 protected:
  ReportListsTest() : tenant_(api_.runtime.NewTenant("t")) {
    Facts facts = worlds::ParseTenant(kTenant);
    for (User& user : facts.users) {
      if (user.id < UserId("c")) user.attributes["dept"] = "sales";
    }
    for (Subscription& each : facts.subscriptions) {
      if (each.sku != SkuId("E3")) continue;
      each.unit_price = UnitPrice{100'000};
      each.currency = "EUR";
      each.renews_at = Time{api_.runtime.clock.now.micros + 30 * kDay};
    }
    Commit(Puts(AllOf(facts)));
  }

  void Commit(const ChangeMaker& make) {
    const auto done = tenant_->Commit(make, {.actor = "ops", .method = "Test"});
    SEATWISE_CHECK(done.ok() && done->errors.empty());
  }
  // Eve joins the group, a week after the tenant was filled.
  void EveJoins() {
    api_.runtime.clock.now.micros += 7 * kDay;
    Commit(Puts({User{.id = UserId("eve")},
                 Membership{GroupId("staff"), UserId("eve"), api_.runtime.clock.now}}));
  }

  // All pages, whatever their size.
  template <typename Response, typename Request>
  Response List(const std::string& method, Request request, int page_size = 100) {
    request.set_parent("tenants/t");
    request.set_page_size(page_size);
    Response all;
    do {
      Response page;
      const grpc::Status status = api_.Call("ReportService/" + method, request, page);
      EXPECT_TRUE(status.ok()) << status.error_message();
      EXPECT_LE(page.rows_size(), page_size);
      EXPECT_GT(page.revision(), 0);
      request.set_page_token(page.next_page_token());
      all.MergeFrom(page);
    } while (!request.page_token().empty());
    if (page_size > 1) {
      // Pages of one row have the same rows.
      const Response single = List<Response>(method, request, 1);
      EXPECT_EQ(single.rows_size(), all.rows_size());
      for (int i = 0; i < std::min(single.rows_size(), all.rows_size()); ++i) {
        EXPECT_EQ(single.rows(i).SerializeAsString(), all.rows(i).SerializeAsString());
      }
    }
    return all;
  }

  // "OUT_OF_RANGE", the reason that the call fails for.
  template <typename Response, typename Request>
  std::string ReasonOf(const std::string& method, Request request) {
    if (request.parent().empty()) request.set_parent("tenants/t");
    Response reply;
    return InfoOf(api_.Call("ReportService/" + method, request, reply)).reason();
  }

  std::vector<std::string> Costs(v1::CostKey by, const std::string& attribute = "") {
    v1::ListCostsRequest request;
    request.set_by(by);
    request.set_attribute(attribute);
    std::vector<std::string> lines;
    const auto reply = List<v1::ListCostsResponse>("ListCosts", request);
    for (const v1::CostRow& row : reply.rows()) {
      std::string skus;
      for (const auto& sku : row.skus()) {
        absl::StrAppend(&skus, "; ", sku.sku_id(), " ", sku.seats(), Text(sku.costs()));
      }
      lines.push_back(absl::StrCat(row.sku_id(), row.group_id(), row.attribute_value(), ": ",
                                   row.seats(), Text(row.costs()), ", ", row.part_seats(),
                                   Text(row.part_costs()), skus));
    }
    return lines;
  }

  ApiForTest api_;
  std::shared_ptr<Tenant> tenant_;
};

TEST_F(ReportListsTest, DoubleAssignmentsSayWhatTheDirectOneAdds) {
  const auto reply = List<v1::ListDoubleAssignmentsResponse>("ListDoubleAssignments",
                                                             v1::ListDoubleAssignmentsRequest());
  std::vector<std::string> lines;
  for (const v1::DoubleAssignment& row : reply.rows()) {
    lines.push_back(absl::StrCat(row.user_id(), " ", row.sku_id(), " ", Joined(row.group_ids()),
                                 " adds ", Joined(row.added_plan_ids())));
    EXPECT_EQ(row.state(), v1::EffectiveLicense::ACTIVE);
    EXPECT_TRUE(row.direct_granted());
  }
  EXPECT_THAT(lines, ElementsAre("ana E3 staff adds DOCS", "bob E3 staff adds "));
  EXPECT_EQ(reply.names().users(0).id(), "ana");
  v1::ListDoubleAssignmentsRequest of_f1;
  of_f1.set_sku_id("F1");
  EXPECT_EQ(List<v1::ListDoubleAssignmentsResponse>("ListDoubleAssignments", of_f1).rows_size(), 0);
}

TEST_F(ReportListsTest, RedundantAssignmentsAreThoseOfGroupsThenOfUsers) {
  v1::ListRedundantAssignmentsRequest request;
  std::vector<std::string> lines;
  const auto list = [&] {
    lines.clear();
    const auto reply =
        List<v1::ListRedundantAssignmentsResponse>("ListRedundantAssignments", request);
    for (const v1::RedundantAssignment& row : reply.rows()) {
      lines.push_back(absl::StrCat(row.principal().group_id(), row.principal().user_id(), " ",
                                   row.sku_id(), " ", row.users()));
    }
  };
  list();
  EXPECT_THAT(lines, ElementsAre("nobody F1 0", "staff E3 2", "bob E3 1"));
  request.set_sku_id("F1");
  list();
  EXPECT_THAT(lines, ElementsAre("nobody F1 0"));
}

TEST_F(ReportListsTest, OverlapsNameUsers) {
  v1::ListOverlappingSkusRequest request;
  const auto reply = List<v1::ListOverlappingSkusResponse>("ListOverlappingSkus", request);
  ASSERT_EQ(reply.rows_size(), 1);
  EXPECT_EQ(reply.rows(0).sku_id(), "F1");
  EXPECT_EQ(reply.rows(0).within_sku_id(), "E3");
  EXPECT_EQ(reply.rows(0).users(), 1);
  EXPECT_THAT(reply.rows(0).sample_user_ids(), ElementsAre("ana"));
}

TEST_F(ReportListsTest, BlockedAccountsAndGuestsAreToldApart) {
  v1::ListBlockedAndGuestLicensesRequest request;
  std::vector<std::string> lines;
  const auto list = [&] {
    lines.clear();
    const auto reply =
        List<v1::ListBlockedAndGuestLicensesResponse>("ListBlockedAndGuestLicenses", request);
    for (const v1::BlockedOrGuestLicense& row : reply.rows()) {
      lines.push_back(absl::StrCat(row.user_id(), " ", row.kind() == v1::BLOCKED ? "blocked " : "",
                                   row.guest() ? "guest " : "", row.sku_id(),
                                   row.direct() ? " directly" : ""));
    }
  };
  list();
  EXPECT_THAT(lines, ElementsAre("cy blocked F1 directly", "dot guest F1 directly"));
  request.set_kind(v1::GUEST);
  list();
  EXPECT_THAT(lines, ElementsAre("dot guest F1 directly"));
  request.set_sku_id("E3");
  list();
  EXPECT_THAT(lines, IsEmpty());
}

TEST_F(ReportListsTest, CostsAddUp) {
  EXPECT_THAT(Costs(v1::COST_BY_SKU), ElementsAre("E3: 4 40EUR, 2 20EUR", "F1: 9, 6"));
  EXPECT_THAT(Costs(v1::COST_BY_GROUP),
              ElementsAre("staff: 2 20EUR, 0; E3 2 20EUR", ": 5 20EUR, 3; E3 2 20EUR; F1 3"));
  EXPECT_THAT(Costs(v1::COST_BY_ATTRIBUTE, "dept"),
              ElementsAre("sales: 3 20EUR, 0; E3 2 20EUR; F1 1", ": 2, 0; F1 2"));
}

TEST_F(ReportListsTest, RenewalsAreThoseThatAreDue) {
  v1::ListRenewalsRequest request;
  const auto reply = List<v1::ListRenewalsResponse>("ListRenewals", request);
  ASSERT_EQ(reply.rows_size(), 1);
  EXPECT_EQ(reply.rows(0).subscription().sku_id(), "E3");
  EXPECT_EQ(reply.rows(0).cost().ten_thousandths(), 400'000);
  EXPECT_EQ(reply.rows(0).consumed(), 2);
  EXPECT_EQ(reply.rows(0).losing_users(), 2);
  request.set_within_days(29);
  EXPECT_EQ(List<v1::ListRenewalsResponse>("ListRenewals", request).rows_size(), 0);
  request.set_within_days(31);
  EXPECT_EQ(List<v1::ListRenewalsResponse>("ListRenewals", request).rows_size(), 1);
}

// One came in the week since the tenant was filled, and one seat is left.
TEST_F(ReportListsTest, ForecastsGoOnAsTheJournalTells) {
  EveJoins();
  const auto reply =
      List<v1::ListSeatForecastsResponse>("ListSeatForecasts", v1::ListSeatForecastsRequest());
  ASSERT_EQ(reply.rows_size(), 2);
  const v1::SeatForecast& e3 = reply.rows(0);
  EXPECT_EQ(e3.seats().consumed(), 3);
  EXPECT_EQ(e3.joined(), 1);
  EXPECT_EQ(e3.left(), 0);
  EXPECT_EQ(e3.net_per_week(), 1);
  EXPECT_EQ(reply.now().seconds() - reply.since().seconds(), 7 * kDay / 1'000'000);
  EXPECT_EQ(e3.runs_out_at().seconds() - reply.now().seconds(), 7 * kDay / 1'000'000);
  EXPECT_FALSE(reply.rows(1).has_runs_out_at());
  // Three weeks later, of the last two weeks: nobody came.
  api_.runtime.clock.now.micros += 21 * kDay;
  v1::ListSeatForecastsRequest two_weeks;
  two_weeks.set_weeks(2);
  EXPECT_EQ(List<v1::ListSeatForecastsResponse>("ListSeatForecasts", two_weeks).rows(0).joined(),
            0);
}

TEST_F(ReportListsTest, ChangesAreTheNetOfRevisions) {
  const auto filled = static_cast<int64_t>(tenant_->Published()->revision);
  EveJoins();
  Commit(Puts({Membership{GroupId("staff"), UserId("cy"), Time{5}}}));
  Commit(Deletes({MembershipKey{GroupId("staff"), UserId("cy")}}));
  v1::ListLicenseChangesRequest request;
  request.set_from_revision(filled);
  const auto reply = List<v1::ListLicenseChangesResponse>("ListLicenseChanges", request);
  ASSERT_EQ(reply.rows_size(), 1) << "what came and went is no difference";
  EXPECT_EQ(reply.rows(0).sku_id(), "E3");
  EXPECT_FALSE(reply.rows(0).has_before());
  EXPECT_EQ(reply.rows(0).after().state(), v1::EffectiveLicense::ACTIVE);
  EXPECT_THAT(reply.rows(0).sample_user_ids(), ElementsAre("eve"));
  request.set_to_revision(filled + 2);
  EXPECT_EQ(List<v1::ListLicenseChangesResponse>("ListLicenseChanges", request).rows(0).users(), 2);
  request.set_from_revision(0);
  request.set_to_revision(0);
  EXPECT_EQ(List<v1::ListLicenseChangesResponse>("ListLicenseChanges", request).rows_size(), 3);
}

TEST_F(ReportListsTest, ChangesSinceATimeLeaveOutWhatFilledTheTenant) {
  const auto filled = static_cast<int64_t>(tenant_->Published()->revision);
  api_.runtime.clock.now.micros += 2 * kDay;
  const auto between = ToTimestamp(api_.runtime.clock.now);
  api_.runtime.clock.now.micros += 2 * kDay;
  EveJoins();
  v1::ListLicenseChangesRequest request;
  for (const auto& time : {between, ToTimestamp(Time{0})}) {
    *request.mutable_from_time() = time;
    const auto reply = List<v1::ListLicenseChangesResponse>("ListLicenseChanges", request);
    EXPECT_EQ(reply.from_revision(), filled);
    ASSERT_EQ(reply.rows_size(), 1);
    EXPECT_THAT(reply.rows(0).sample_user_ids(), ElementsAre("eve"));
  }
  *request.mutable_from_time() = ToTimestamp(Time{api_.runtime.clock.now.micros + kDay});
  EXPECT_EQ(List<v1::ListLicenseChangesResponse>("ListLicenseChanges", request).rows_size(), 0);
  request.set_from_revision(1);
  EXPECT_EQ(ReasonOf<v1::ListLicenseChangesResponse>("ListLicenseChanges", request),
            "CONTRADICTION");
  request.set_from_revision(0);
  request.mutable_from_time()->set_nanos(-1);
  EXPECT_EQ(ReasonOf<v1::ListLicenseChangesResponse>("ListLicenseChanges", request),
            "OUT_OF_RANGE");
}

TEST_F(ReportListsTest, WrongRequestsAreExplained) {
  v1::ListCostsRequest costs;
  EXPECT_EQ(ReasonOf<v1::ListCostsResponse>("ListCosts", costs), "FIELD_REQUIRED");
  costs.set_by(v1::COST_BY_ATTRIBUTE);
  EXPECT_EQ(ReasonOf<v1::ListCostsResponse>("ListCosts", costs), "FIELD_REQUIRED");
  costs.set_by(v1::COST_BY_SKU);
  costs.set_attribute("dept");
  EXPECT_EQ(ReasonOf<v1::ListCostsResponse>("ListCosts", costs), "CONTRADICTION");
  v1::ListRenewalsRequest renewals;
  renewals.set_within_days(-1);
  EXPECT_EQ(ReasonOf<v1::ListRenewalsResponse>("ListRenewals", renewals), "OUT_OF_RANGE");
  renewals.set_within_days(0);
  renewals.set_page_token("x");
  EXPECT_EQ(ReasonOf<v1::ListRenewalsResponse>("ListRenewals", renewals), "INVALID_PAGE_TOKEN");
  v1::ListSeatForecastsRequest forecasts;
  forecasts.set_weeks(521);
  EXPECT_EQ(ReasonOf<v1::ListSeatForecastsResponse>("ListSeatForecasts", forecasts),
            "OUT_OF_RANGE");
  v1::ListOverlappingSkusRequest overlaps;
  overlaps.set_sample_size(1001);
  EXPECT_EQ(ReasonOf<v1::ListOverlappingSkusResponse>("ListOverlappingSkus", overlaps),
            "OUT_OF_RANGE");
  v1::ListDoubleAssignmentsRequest doubles;
  doubles.set_sku_id("E9");
  EXPECT_EQ(ReasonOf<v1::ListDoubleAssignmentsResponse>("ListDoubleAssignments", doubles),
            "NOT_FOUND");
  doubles.set_parent("tenants/u");
  EXPECT_EQ(ReasonOf<v1::ListDoubleAssignmentsResponse>("ListDoubleAssignments", doubles),
            "NOT_FOUND");
  v1::ListLicenseChangesRequest changes;
  changes.set_from_revision(99);
  EXPECT_EQ(ReasonOf<v1::ListLicenseChangesResponse>("ListLicenseChanges", changes),
            "REVISION_NOT_REACHED");
  changes.set_from_revision(1);
  changes.set_to_revision(1);
  EXPECT_EQ(ReasonOf<v1::ListLicenseChangesResponse>("ListLicenseChanges", changes),
            "CONTRADICTION");
}

}  // namespace
}  // namespace seatwise
