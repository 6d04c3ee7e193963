#include "engine/incremental/sku_users.h"

#include <string>

#include "engine/incremental/live_facts.h"
#include "engine/incremental/load_live_facts.h"
#include "engine/testing/tenant_builder.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/histories/load_facts.h"
#include "tests/histories/numbers.h"

namespace seatwise {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

std::vector<std::string> Reached(const Facts& facts, std::vector<const char*> skus) {
  const LiveFacts live =
      LoadLiveFacts(histories::LoadFacts(facts, histories::AnyNumbers(facts, 3)));
  std::vector<SkuNo> numbers;
  for (const char* sku : skus) numbers.push_back(live.catalog().FindSku(sku).value());
  std::vector<std::string> ids;
  uint32_t last = 0;
  for (uint32_t user : UsersWithClaimOn(live, numbers)) {
    EXPECT_TRUE(ids.empty() || last < user);
    last = user;
    ids.emplace_back(live.UserIdOf(user));
  }
  return ids;
}

TEST(SkuUsersTest, ASkuReachesMembersOfSubgroupsAndWhoHasItDirectly) {  // M2
  TenantBuilder tenant;
  tenant.Plans({"A"}).Sku("S", {"A"}, 9).Sku("T", {"A"}, 9).Sku("U", {"A"}, 9);
  tenant.Users({"ana", "bob", "cid", "dan", "eva"}).Groups({"all", "some", "few", "other"});
  tenant.Nested("all", "some").Nested("some", "few").Nested("few", "all");
  tenant.Member("all", "ana").Member("few", "bob").Member("few", "cid").Member("other", "dan");
  tenant.Assign("some", "S").AssignUser("cid", "S").AssignUser("eva", "S").Assign("other", "T");
  EXPECT_THAT(Reached(tenant.facts, {"S"}), UnorderedElementsAre("ana", "bob", "cid", "eva"));
  EXPECT_THAT(Reached(tenant.facts, {"T"}), ElementsAre("dan"));
  EXPECT_THAT(Reached(tenant.facts, {"U"}), IsEmpty());
  EXPECT_EQ(Reached(tenant.facts, {"S", "T", "U"}).size(), 5u);
}

TEST(SkuUsersTest, SubgroupsCountOnlyWhereTheTenantNestsThem) {  // M1
  TenantBuilder tenant;
  tenant.facts.settings.nested_groups = false;
  tenant.Plans({"A"}).Sku("S", {"A"}, 9).Users({"ana", "bob"}).Groups({"all", "some"});
  tenant.Nested("all", "some").Member("all", "ana").Member("some", "bob").Assign("all", "S");
  EXPECT_THAT(Reached(tenant.facts, {"S"}), ElementsAre("ana"));
}

}  // namespace
}  // namespace seatwise
