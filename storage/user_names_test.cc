// What is read of all users at once is what each has.
#include "storage/user_names.h"

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "engine/model/change.h"
#include "engine/model/facts.h"
#include "engine/model/tiny_tenant.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/batch.h"
#include "storage/fact_keys.h"
#include "storage/facts_snapshot.h"
#include "storage/store.h"
#include "storage/store_for_test.h"
#include "storage/tenant_for_test.h"

namespace seatwise {
namespace {

using UserNamesTest = TenantFixture;
SEATWISE_ON_BOTH_STORES(UserNamesTest);

TEST_P(UserNamesTest, EachUserHasItsNamesAndAttributes) {
  User ana = tiny::Person("ana");
  ana.user_principal_name = "ana@contoso.example";
  ana.display_name = "Ana";
  ana.attributes = {{"city", "Lisboa"}, {"floor", "7"}, {"site", std::string(200, 's')}};
  ASSERT_TRUE(Commit({{Put{tiny::Person("gone")}, Put{ana}, Put{tiny::Person("bob")}}}));
  const auto number = numbers_.user;
  Commit({{Delete{UserId("gone")}}});
  std::vector<std::string> seen;
  const absl::Status status =
      ForEachUserNames(*tenant_->tip(), [&](uint32_t user, const UserNamesView& names) {
        std::string attributes;
        for (const char* name : {"city", "floor", "site", "cit"}) {
          const auto value = AttributeOf(names, name).value();
          absl::StrAppend(&attributes, " ", value ? absl::StrCat("=", *value) : "no");
        }
        seen.push_back(absl::StrCat(user, " ", names.id, " ", names.user_principal_name, " ",
                                    names.display_name, attributes));
        return true;
      });
  ASSERT_TRUE(status.ok()) << status;
  const std::string site(200, 's');
  EXPECT_THAT(seen, testing::UnorderedElementsAre(
                        absl::StrCat(number.at("gone"), " gone   no no no no"),
                        absl::StrCat(number.at("ana"),
                                     " ana ana@contoso.example Ana =Lisboa =7 =", site, " no"),
                        absl::StrCat(number.at("bob"), " bob   no no no no")));
}

TEST_P(UserNamesTest, AVisitCanEnd) {
  Commit({{Put{tiny::Person("a")}, Put{tiny::Person("b")}}});
  int visits = 0;
  ASSERT_TRUE(ForEachUserNames(*tenant_->tip(), [&](uint32_t, const UserNamesView&) {
                return ++visits < 1;
              }).ok());
  EXPECT_EQ(visits, 1);
}

TEST(DamagedUserNamesTest, ADamagedNameIsDataLoss) {
  // A length that goes beyond the end, a field that is no text, and an endless number.
  for (const char* bytes : {"\x01\x0a\x05xy", "\x01\x08\x01", "\x01\xff\xff\xff\xff\xff\xff"}) {
    StoreForTest store(StoreKind::kMemory);
    const Owner owner = store->OpenTenant(kTenant).value();
    Batch batch;
    batch.Put(UserNameKey(0), bytes);
    ASSERT_TRUE(store->Commit(owner, batch, {}).ok());
    const auto facts = FactsSnapshot::Open(store->TakeSnapshot(), kTenant).value();
    EXPECT_TRUE(absl::IsDataLoss(ForEachUserNames(*facts, [](uint32_t, const UserNamesView&) {
      return true;
    }))) << bytes;
  }
}

TEST(DamagedUserNamesTest, ADamagedAttributeIsDataLoss) {
  for (const char* rest : {"\x22\x05xy", "\x22\x02\x0a\x05", "\x20\x01"}) {
    EXPECT_TRUE(absl::IsDataLoss(AttributeOf({.rest = rest}, "x").status())) << rest;
  }
}

}  // namespace
}  // namespace seatwise
