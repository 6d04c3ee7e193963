#include "cli/explain_tree.h"

#include <gtest/gtest.h>

#include "base/executor.h"
#include "engine/batch/batch.h"
#include "engine/model/columns_from_facts.h"
#include "engine/testing/tenant_builder.h"

namespace seatwise::cli {
namespace {

// The tree of the user `ana`.
std::string TreeOf(const Facts& facts) {
  const Columns columns = ColumnsFromFacts(facts);
  InlineExecutor executor;
  return ExplainTree(*Derive(columns, executor), Names(facts), *columns.users.Find("ana"), Style());
}

TEST(ExplainTreeTest, EverySourceIsAWayToTheUser) {
  TenantBuilder tenant;
  tenant.Plans({"DOCS", "MAIL", "CHAT"}).Sku("E3", {"DOCS", "MAIL", "CHAT"}, 1).Users({"ana"});
  tenant.Groups({"all", "sales"}).Nested("all", "sales").Member("sales", "ana");
  tenant.Assign("all", "E3", {"CHAT"}).AssignUser("ana", "E3");
  EXPECT_EQ(TreeOf(tenant.facts),
            "└─ E3: Active\n"
            "   ├─ ✓ directly (all 3 plans)\n"
            "   └─ ✓ all › sales (2 of 3 plans: without CHAT)\n");
}

TEST(ExplainTreeTest, ARejectedClaimSaysWhyAndWhoStandsInFront) {
  TenantBuilder tenant;
  tenant.Plans({"MAIL"}).Sku("E3", {"MAIL"}, 1).Users({"ana", "bob", "eve"}).Groups({"all"});
  tenant.Assign("all", "E3")
      .Member("all", "bob", 1)
      .Member("all", "eve", 2)
      .Member("all", "ana", 3);
  EXPECT_EQ(TreeOf(tenant.facts),
            "└─ E3: Error\n"
            "   └─ ✗ all (1 plan)\n"
            "          CountViolation: no seat is free: place 2 of 2 in the queue\n");
}

TEST(ExplainTreeTest, SkusStandByNameAndShowBothNames) {
  TenantBuilder tenant;
  tenant.Plans({"MAIL"}).Sku("s1", {"MAIL"}, 9).Sku("s2", {}, 9).Users({"ana"});
  tenant.facts.skus[0].part_number = "ZETA";
  tenant.facts.skus[0].display_name = "Zeta Plan";
  tenant.facts.skus[1].part_number = "ALPHA";
  tenant.AssignUser("ana", "s1").AssignUser("ana", "s2");
  EXPECT_EQ(TreeOf(tenant.facts),
            "├─ ALPHA: Active\n"
            "│  └─ ✓ directly (0 plans)\n"
            "└─ ZETA (Zeta Plan): Active\n"
            "   └─ ✓ directly (1 plan)\n");
}

TEST(ExplainTreeTest, WhoAsksForNothingHasNoTree) {
  TenantBuilder tenant;
  tenant.Users({"ana"});
  EXPECT_EQ(TreeOf(tenant.facts), "");
}

}  // namespace
}  // namespace seatwise::cli
