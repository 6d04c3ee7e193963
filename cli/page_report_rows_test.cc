#include "cli/page_report_rows.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

#include "cli/names.h"
#include "engine/model/facts.h"
#include "engine/model/ids.h"
#include "google/protobuf/repeated_field.h"
#include "seatwise/v1/catalog.pb.h"
#include "seatwise/v1/license.pb.h"
#include "seatwise/v1/report.pb.h"

namespace seatwise::cli {
namespace {

constexpr int64_t kNewYear = 1'767'225'600;  // 2026-01-01T00:00:00Z

Names NamesOfAll() {
  Facts facts;
  facts.skus = {{.id = SkuId("s1"), .part_number = "EMS"},
                {.id = SkuId("s2"), .part_number = "E5"}};
  facts.plans = {{.id = PlanId("p1"), .name = "MAIL"}};
  facts.groups = {{.id = GroupId("g1"), .display_name = "Sales"}};
  facts.users = {{.id = UserId("u1"), .display_name = "<b>Ana"}};
  return Names(facts);
}

void AddMoney(const std::string& currency, int64_t amount,
              google::protobuf::RepeatedPtrField<v1::Money>& costs) {
  v1::Money& money = *costs.Add();
  money.set_currency(currency);
  money.set_ten_thousandths(amount);
}

TEST(PageReportRowsTest, CostsAreARowForEachCurrency) {
  v1::CostRow row;
  row.set_sku_id("s1");
  row.set_seats(9);
  row.set_part_seats(2);
  EXPECT_EQ(CostRows(row, NamesOfAll()),
            std::vector<std::string>{R"({"sku":"EMS","sku_id":"s1","seats":9,"unused":2,)"
                                     R"("cost":"0.00","unused_cost":"0.00"})"});
  AddMoney("EUR", 43'815'000, *row.mutable_costs());
  AddMoney("USD", 125'000, *row.mutable_costs());
  AddMoney("EUR", 1'298'200, *row.mutable_part_costs());
  const std::vector<std::string> rows = CostRows(row, NamesOfAll());
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0], R"({"sku":"EMS","sku_id":"s1","seats":9,"unused":2,"cost":"4,381.50",)"
                     R"("unused_cost":"129.82","currency":"EUR"})");
  EXPECT_EQ(rows[1], R"({"sku":"EMS","sku_id":"s1","seats":9,"unused":2,"cost":"12.50",)"
                     R"("unused_cost":"0.00","currency":"USD"})");
}

TEST(PageReportRowsTest, WhatIsAssignedDirectlyIsARowWithoutAGroup) {
  v1::CostRow row;
  row.set_seats(9);
  row.set_part_seats(2);
  AddMoney("EUR", 43'815'000, *row.mutable_costs());
  AddMoney("EUR", 125'000, *row.mutable_part_costs());
  const std::string tail =
      R"("seats":9,"sole":2,"cost":"4,381.50","sole_cost":"12.50","currency":"EUR"})";
  EXPECT_EQ(GroupCostRows(row, NamesOfAll()), std::vector<std::string>{"{" + tail});
  row.set_group_id("g1");
  EXPECT_EQ(GroupCostRows(row, NamesOfAll()),
            std::vector<std::string>{R"({"group":"Sales","group_id":"g1",)" + tail});
}

TEST(PageReportRowsTest, WhoHasNotTheAttributeIsARowWithoutAValue) {
  v1::CostRow row;
  row.set_seats(9);
  AddMoney("EUR", 125'000, *row.mutable_costs());
  const std::string tail = R"("seats":9,"cost":"12.50","currency":"EUR"})";
  EXPECT_EQ(AttributeCostRows(row, "city"),
            std::vector<std::string>{R"({"attribute":"city",)" + tail});
  row.set_attribute_value("");
  EXPECT_EQ(AttributeCostRows(row, "city"),
            std::vector<std::string>{R"({"attribute":"city","value":"",)" + tail});
}

TEST(PageReportRowsTest, AChangeSaysWhatItWasAndWhatCameAndWent) {
  v1::LicenseChangeGroup row;
  row.set_sku_id("s1");
  row.set_users(2);
  row.add_sample_user_ids("u1");
  row.mutable_after()->set_state(v1::EffectiveLicense::ACTIVE);
  for (const char* plan : {"p1", "p2"}) row.mutable_after()->add_enabled_plan_ids(plan);
  const std::string tail = R"("users":2,"sample":[{"id":"u1","name":"<b>Ana"}]})";
  EXPECT_EQ(ChangeRow(row, NamesOfAll()), R"({"sku":"EMS","sku_id":"s1","after":"Active",)"
                                          R"("gained":2,"gained_plans":["MAIL","p2"],)" +
                                              tail);
  *row.mutable_before() = row.after();
  row.mutable_before()->set_state(v1::EffectiveLicense::ERROR);
  for (const char* plan : {"p3", "p4", "p5", "p6"})
    row.mutable_before()->add_enabled_plan_ids(plan);
  EXPECT_EQ(ChangeRow(row, NamesOfAll()),
            R"({"sku":"EMS","sku_id":"s1","before":"Error","after":"Active","lost":4,)" + tail);
}

TEST(PageReportRowsTest, ARenewalHasACostIfItHasAPrice) {
  v1::Renewal row;
  row.mutable_subscription()->set_subscription_id("sub");
  row.mutable_subscription()->set_sku_id("s1");
  row.mutable_subscription()->set_units(5);
  row.mutable_subscription()->set_status(v1::Subscription::ENABLED);
  row.mutable_subscription()->mutable_renews_at()->set_seconds(kNewYear);
  row.set_consumed(4);
  row.set_losing_users(3);
  const std::string head =
      R"({"id":"sub","sku":"EMS","sku_id":"s1","renews_at":"2026-01-01T00:00:00Z",)"
      R"("status":"Enabled","units":5,"consumed":4,"losing":3)";
  EXPECT_EQ(RenewalRow(row, NamesOfAll()), head + "}");
  row.mutable_cost()->set_currency("EUR");
  row.mutable_cost()->set_ten_thousandths(500'000);
  EXPECT_EQ(RenewalRow(row, NamesOfAll()), head + R"(,"cost":"50.00","currency":"EUR"})");
}

TEST(PageReportRowsTest, AForecastIsADayOrNoneOrNow) {
  v1::SeatForecast row;
  row.mutable_seats()->set_sku_id("s1");
  row.mutable_seats()->set_capacity(9);
  row.mutable_seats()->set_consumed(4);
  row.set_net_per_week(1.25);
  const std::string head =
      R"({"sku":"EMS","sku_id":"s1","capacity":9,"consumed":4,"per_week":"1.2")";
  EXPECT_EQ(ForecastRow(row, NamesOfAll()), head + "}");
  row.mutable_runs_out_at()->set_seconds(kNewYear);
  EXPECT_EQ(ForecastRow(row, NamesOfAll()), head + R"(,"runs_out_at":"2026-01-01T00:00:00Z"})");
  row.mutable_seats()->set_capacity(4);
  EXPECT_EQ(ForecastRow(row, NamesOfAll()),
            R"({"sku":"EMS","sku_id":"s1","capacity":4,"consumed":4,"per_week":"1.2",)"
            R"("runs_out_at":"2026-01-01T00:00:00Z","full":true})");
  row.clear_runs_out_at();
  row.mutable_seats()->set_unlimited_capacity(true);
  row.set_joined(2);
  row.set_left(1);
  EXPECT_EQ(ForecastRow(row, NamesOfAll()),
            R"({"sku":"EMS","sku_id":"s1","unlimited":true,"consumed":4,"joined":2,"left":1,)"
            R"("per_week":"1.2"})");
}

TEST(PageReportRowsTest, FewPlansAreNamedAndManyAreCounted) {
  v1::DoubleAssignment row;
  row.set_user_id("u1");
  row.set_sku_id("s1");
  row.add_group_ids("g1");
  row.add_group_ids("gone");
  row.set_state(v1::EffectiveLicense::ACTIVE);
  const std::string head = R"({"id":"u1","name":"<b>Ana","sku":"EMS","sku_id":"s1",)"
                           R"("groups":["Sales","gone"],"state":"Active")";
  EXPECT_EQ(DoubleRow(row, NamesOfAll()), head + "}");
  row.set_direct_granted(true);
  row.add_added_plan_ids("p1");
  EXPECT_EQ(DoubleRow(row, NamesOfAll()), head + R"(,"granted":true,"plans":1,"added":["MAIL"]})");
  for (const char* plan : {"p2", "p3", "p4"}) row.add_added_plan_ids(plan);
  EXPECT_EQ(DoubleRow(row, NamesOfAll()), head + R"(,"granted":true,"plans":4})");
}

TEST(PageReportRowsTest, ARedundantAssignmentIsOfAUserOrAGroup) {
  v1::RedundantAssignment row;
  row.set_sku_id("s1");
  row.mutable_principal()->set_user_id("u1");
  row.set_users(1);
  EXPECT_EQ(RedundantRow(row, NamesOfAll()),
            R"({"id":"u1","name":"<b>Ana","sku":"EMS","sku_id":"s1","users":1})");
  row.mutable_principal()->set_group_id("g1");
  row.set_users(0);
  EXPECT_EQ(RedundantRow(row, NamesOfAll()),
            R"({"id":"g1","name":"Sales","group":true,"sku":"EMS","sku_id":"s1"})");
}

TEST(PageReportRowsTest, AnOverlapNamesBothAndSomeUsers) {
  v1::OverlappingSkus row;
  row.set_sku_id("s1");
  row.set_within_sku_id("s2");
  row.set_users(6);
  row.add_sample_user_ids("u1");
  row.add_sample_user_ids("u2");
  EXPECT_EQ(OverlapRow(row, NamesOfAll()),
            R"({"sku":"EMS","sku_id":"s1","within":"E5","within_id":"s2","users":6,)"
            R"("sample":[{"id":"u1","name":"<b>Ana"},{"id":"u2"}]})");
}

TEST(PageReportRowsTest, ABlockedGuestIsBoth) {
  v1::BlockedOrGuestLicense row;
  row.set_user_id("u2");
  row.set_kind(v1::BLOCKED);
  row.set_guest(true);
  row.set_sku_id("s2");
  row.set_state(v1::EffectiveLicense::DISABLED);
  row.set_direct(true);
  EXPECT_EQ(BlockedRow(row, NamesOfAll()),
            R"({"id":"u2","kind":"Blocked","guest":true,"sku":"E5","sku_id":"s2",)"
            R"("state":"Disabled","direct":true})");
}

}  // namespace
}  // namespace seatwise::cli
