#include "cli/summary.h"

#include <gtest/gtest.h>

#include "base/thread_pool.h"
#include "engine/batch/batch.h"
#include "engine/model/columns_from_facts.h"
#include "engine/testing/tenant_builder.h"

namespace seatwise::cli {
namespace {

Summary SummaryOf(const Facts& facts, int threads = 1) {
  const Columns columns = ColumnsFromFacts(facts);
  ThreadPool executor(threads);
  return Summarize(*Derive(columns, executor), executor);
}

// Two seats of E3 for three members, one of whom also asks directly for EMS.
TenantBuilder ThreeMembers() {
  TenantBuilder tenant;
  tenant.Plans({"MAIL", "INTUNE"}).Sku("E3", {"MAIL"}, 2).Sku("EMS", {"INTUNE"}, 5);
  tenant.Users({"ana", "bob", "eve", "sam"}).Groups({"all", "inner", "empty"});
  tenant.Nested("all", "inner").Member("inner", "ana", 1).Member("all", "bob", 2);
  tenant.Member("all", "eve", 3).Assign("all", "E3").AssignUser("ana", "EMS");
  return tenant;
}

TEST(SummaryTest, CountsFacts) {
  const Summary summary = SummaryOf(ThreeMembers().facts);
  EXPECT_EQ(summary.users, 4);
  EXPECT_EQ(summary.groups, 3);
  EXPECT_EQ(summary.licensed_groups, 1);
  EXPECT_EQ(summary.skus, 2);
  EXPECT_EQ(summary.service_plans, 2);
  EXPECT_EQ(summary.user_memberships, 3);
  EXPECT_EQ(summary.group_memberships, 1);
  EXPECT_EQ(summary.direct_assignments, 1);
  EXPECT_EQ(summary.group_assignments, 1);
}

TEST(SummaryTest, CountsClaimsAndLicenses) {
  const Summary summary = SummaryOf(ThreeMembers().facts);
  EXPECT_EQ(summary.claims.granted, 3);
  EXPECT_EQ(summary.claims.rejected, 1);
  EXPECT_EQ(summary.licenses, (std::array<int64_t, 4>{3, 0, 0, 1}));
  EXPECT_EQ(summary.users_without_license, 1);
  EXPECT_EQ(summary.users_active_with_error, 0);
}

TEST(SummaryTest, AUserWithGrantAndRejectionIsActiveWithError) {
  TenantBuilder tenant;
  tenant.Plans({"MAIL", "KIOSK"}).Conflict("MAIL", "KIOSK");
  tenant.Sku("E3", {"MAIL", "KIOSK"}, 5).Users({"ana"}).Groups({"all"}).Member("all", "ana");
  tenant.Assign("all", "E3", {"MAIL"}).AssignUser("ana", "E3", {"KIOSK"});
  const Summary summary = SummaryOf(tenant.facts);
  EXPECT_EQ(summary.licenses, (std::array<int64_t, 4>{0, 1, 0, 0}));
  EXPECT_EQ(summary.users_active_with_error, 1);
  EXPECT_EQ(summary.users_without_license, 0);
}

TEST(SummaryTest, TheNumberOfThreadsMakesNoDifference) {
  const Facts facts = ThreeMembers().facts;
  for (const int threads : {2, 7}) {
    const Summary summary = SummaryOf(facts, threads);
    EXPECT_EQ(summary.licenses, SummaryOf(facts).licenses);
    EXPECT_EQ(summary.users_without_license, 1);
  }
}

TEST(SummaryTest, ShortAndUnusedSeatsAreRanked) {
  TenantBuilder tenant;
  tenant.Plans({"MAIL"}).Users({"ana", "bob", "eve"}).Groups({"all"});
  for (const char* user : {"ana", "bob", "eve"}) tenant.Member("all", user);
  tenant.Sku("a-one-short", {"MAIL"}, 2).Sku("b-two-short", {"MAIL"}, 1).Sku("c-fits", {}, 3);
  tenant.Sku("d-free", {}, 7).Sku("e-most-free", {}, 9);
  for (const char* sku : {"a-one-short", "b-two-short", "c-fits"}) tenant.Assign("all", sku);
  const Summary summary = SummaryOf(tenant.facts);
  std::vector<std::string> names;
  for (const NamedSeats& seats : ShortSeats(summary)) names.push_back(seats.usage.sku.value());
  for (const NamedSeats& seats : UnusedSeats(summary)) names.push_back(seats.usage.sku.value());
  EXPECT_EQ(names,
            (std::vector<std::string>{"b-two-short", "a-one-short", "e-most-free", "d-free"}));
}

}  // namespace
}  // namespace seatwise::cli
