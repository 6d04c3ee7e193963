#include "cli/causes.h"

#include <gtest/gtest.h>

#include "base/executor.h"
#include "engine/batch/batch.h"
#include "engine/model/columns_from_facts.h"
#include "engine/testing/tenant_builder.h"

namespace seatwise::cli {
namespace {

using List = std::vector<std::string>;

std::vector<Cause> CausesOf(const Facts& facts) {
  const Columns columns = ColumnsFromFacts(facts);
  InlineExecutor executor;
  return FindCauses(*Derive(columns, executor), Names(facts));
}

// MAIL and KIOSK exclude each other; `stores` has the one, `office` the other.
TenantBuilder TwoMailboxes() {
  TenantBuilder tenant;
  tenant.Plans({"MAIL", "KIOSK", "DOCS"}).Conflict("MAIL", "KIOSK");
  tenant.Sku("E3", {"MAIL"}, 9).Sku("F3", {"KIOSK"}, 9).Sku("DOC", {"DOCS"}, 9);
  tenant.Users({"ana", "bob", "eve"}).Groups({"office", "stores"});
  tenant.Assign("stores", "F3").Assign("office", "E3", {}, 0, 100);
  return tenant;
}

TEST(CausesTest, UsersWithTheSameConflictAreOneCause) {
  TenantBuilder tenant = TwoMailboxes();
  for (const char* user : {"bob", "ana"}) tenant.Member("stores", user).Member("office", user);
  tenant.Member("office", "eve");
  const std::vector<Cause> causes = CausesOf(tenant.facts);
  ASSERT_EQ(causes.size(), 1u);
  EXPECT_EQ(causes[0].code, ViolationCode::kMutuallyExclusive);
  EXPECT_EQ(causes[0].what, "E3 (office) against F3 (stores)");
  EXPECT_EQ(causes[0].details, List{"MAIL excludes KIOSK"});
  EXPECT_EQ(causes[0].users, (List{"ana", "bob"}));
  EXPECT_EQ(causes[0].fallen, List{});
}

TEST(CausesTest, WhatFallsWithAFailedItemIsNamed) {
  TenantBuilder tenant = TwoMailboxes().Atomic();
  tenant.Assign("office", "DOC", {}, 0, 100).Member("stores", "ana").Member("office", "ana");
  const std::vector<Cause> causes = CausesOf(tenant.facts);
  ASSERT_EQ(causes.size(), 1u);
  EXPECT_EQ(causes[0].fallen, List{"DOC"});
}

TEST(CausesTest, WaitingUsersStandInTheOrderOfTheQueue) {
  TenantBuilder tenant;
  tenant.Plans({"MAIL"}).Sku("E3", {"MAIL"}, 1).Users({"ana", "bob", "eve"}).Groups({"all"});
  tenant.Assign("all", "E3")
      .Member("all", "ana", 3)
      .Member("all", "bob", 1)
      .Member("all", "eve", 2);
  const std::vector<Cause> causes = CausesOf(tenant.facts);
  ASSERT_EQ(causes.size(), 1u);
  EXPECT_EQ(causes[0].what, "waiting for a seat of E3");
  EXPECT_EQ(causes[0].users, (List{"eve", "ana"}));
}

TEST(CausesTest, CausesStandByCodeThenByUsers) {
  TenantBuilder tenant;
  tenant.facts.settings.default_usage_location = Location();
  tenant.Plans({"CALL", "BASE"}).Prohibited("CALL", "IN").Requires("CALL", {"BASE"});
  tenant.Sku("PHONE", {"CALL"}, 9).Groups({"all"}).Assign("all", "PHONE");
  tenant.UserIn("a", "US").UserIn("b", "IN").UserIn("c", "US").Users({"d"});
  for (const char* user : {"a", "b", "c", "d"}) tenant.Member("all", user);
  List found;
  for (const Cause& cause : CausesOf(tenant.facts)) found.push_back(cause.what);
  EXPECT_EQ(found, (List{"no usage location, and the tenant has no default",
                         "PHONE (all): CALL is prohibited in IN", "PHONE (all) requires BASE"}));
}

TEST(CausesTest, ASharedAddressNamesItsOwner) {
  TenantBuilder tenant;
  tenant.UniqueAddressPlan("MAIL").Sku("E3", {"MAIL"}, 9).Groups({"all"}).Assign("all", "E3");
  tenant.UserWithAddress("ana", "smtp:x@y", 1).UserWithAddress("bob", "SMTP:x@y", 2);
  tenant.Member("all", "ana").Member("all", "bob");
  const std::vector<Cause> causes = CausesOf(tenant.facts);
  ASSERT_EQ(causes.size(), 1u);
  EXPECT_EQ(causes[0].what, "MAIL needs smtp:x@y, which belongs to ana");
  EXPECT_EQ(causes[0].users, List{"bob"});
}

}  // namespace
}  // namespace seatwise::cli
