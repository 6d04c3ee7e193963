#include "service/names.h"

#include <string>

#include "absl/status/status.h"
#include "engine/model/fact_key.h"
#include "gtest/gtest.h"
#include "service/errors.h"

namespace seatwise {
namespace {

struct NameCase {
  FactKey key;
  std::string name;  // Below tenants/t.
};

const NameCase kNames[] = {
    {TenantSettingsKey(), ""},
    {PlanId("p"), "/servicePlans/p"},
    {SkuId("a403ebcc-fae0"), "/skus/a403ebcc-fae0"},
    {PlanConflict{PlanId("a"), PlanId("b")}, "/planConflicts/a;b"},
    {PlanRequirement{PlanId("p"), {PlanId("x"), PlanId("y")}}, "/planRequirements/p;x;y"},
    {PlanProhibition{PlanId("p"), *Location::Parse("IN")}, "/planProhibitions/p;IN"},
    {SubscriptionId("s"), "/subscriptions/s"},
    {UserId("ana@contoso.example"), "/users/ana@contoso.example"},
    {GroupId("a/b"), "/groups/a%2Fb"},
    {GroupId("50% off"), "/groups/50%25%20off"},
    {GroupId("-"), "/groups/%2D"},
    {GroupId("--"), "/groups/--"},
    {GroupId("\xC3\xA9"), "/groups/%C3%A9"},
    {MembershipKey{GroupId("g"), UserId("u")}, "/groups/g/members/user:u"},
    {MembershipKey{GroupId("g"), GroupId("u")}, "/groups/g/members/group:u"},
    {MembershipKey{GroupId("g"), UserId("group:u")}, "/groups/g/members/user:group:u"},
    {AssignmentKey{GroupId("g"), SkuId("s/1")}, "/groups/g/assignments/s%2F1"},
    {AssignmentKey{UserId("u"), SkuId("s")}, "/users/u/assignments/s"},
    {ObservedKey{UserId("u"), SkuId("s")}, "/users/u/observedLicenses/s"},
};

TEST(NamesTest, EachFactHasItsNameAndTheNameItsFact) {
  for (const NameCase& c : kNames) {
    const std::string name = "tenants/t" + c.name;
    EXPECT_EQ(NameOf("t", c.key), name);
    const auto parsed = ParseFactName(name, "name");
    ASSERT_TRUE(parsed.ok()) << name << ": " << parsed.status();
    EXPECT_EQ(*parsed, (FactName{"t", c.key})) << name;
    EXPECT_TRUE(ParseFactName(name, KindOf(c.key), "name").ok()) << name;
    const FactKind other = KindOf(c.key) == FactKind::kSku ? FactKind::kUser : FactKind::kSku;
    EXPECT_FALSE(ParseFactName(name, other, "name").ok()) << name;
  }
}

TEST(NamesTest, ReadersTakeOtherSpellings) {
  EXPECT_EQ(ParseFactName("tenants/t/users/%61%6ea", "name")->key, FactKey(UserId("ana")));
  EXPECT_EQ(ParseFactName("tenants/t/users/a b", "name")->key, FactKey(UserId("a b")));
  EXPECT_EQ(ParseFactName("tenants/t/planConflicts/b;a", "name")->key,
            FactKey(PlanConflict{PlanId("a"), PlanId("b")}));
  EXPECT_EQ(ParseFactName("tenants/a%2Fb", "name")->tenant, "a/b");
}

TEST(NamesTest, WhatIsNoNameIsRefusedWithTheField) {
  for (const char* name : {"tenants",
                           "tenants/",
                           "tenants/-",
                           "tenant/t",
                           "/tenants/t",
                           "tenants/t/",
                           "tenants/t/users",
                           "tenants/t/users/",
                           "tenants/t/users/-",
                           "tenants/t/users/a/b",
                           "tenants/t/users/%",
                           "tenants/t/users/%4",
                           "tenants/t/users/%4g",
                           "tenants/t/users/a;b",
                           "tenants/t/users/a%3Bb",
                           "tenants/t/users/%00",
                           "tenants/t/users/%0A",
                           "tenants/t/users/%FF",
                           "tenants/t/user/a",
                           "tenants/t/planConflicts/a",
                           "tenants/t/planConflicts/a;b;c",
                           "tenants/t/planConflicts/a;",
                           "tenants/t/planRequirements/a",
                           "tenants/t/planProhibitions/a;usa",
                           "tenants/t/groups/g/members/u",
                           "tenants/t/groups/g/members/user:",
                           "tenants/t/users/u/members/user:u",
                           "tenants/t/users/u/assignments",
                           "tenants/t/users/u/assignments/s/x",
                           "tenants/%/users/u"}) {
    const absl::Status status = ParseFactName(name, "the.field").status();
    EXPECT_EQ(ReasonOf(status), v1::INVALID_RESOURCE_NAME) << name;
    EXPECT_EQ(ErrorInfoOf(status).metadata().at("field"), "the.field");
  }
  const std::string long_id(129, 'x');
  EXPECT_FALSE(ParseFactName("tenants/t/users/" + long_id, "name").ok());
  EXPECT_TRUE(ParseFactName("tenants/t/users/" + long_id.substr(1), "name").ok());
  EXPECT_EQ(ReasonOf(ParseFactName("", "name").status()), v1::FIELD_REQUIRED);
}

TEST(NamesTest, TenantsChildrenAndPrincipals) {
  EXPECT_EQ(TenantName("a/b"), "tenants/a%2Fb");
  EXPECT_EQ(*ParseTenantName("tenants/a%2Fb", "name"), "a/b");
  EXPECT_EQ(ReasonOf(ParseTenantName("tenants/a/users/b", "name").status()),
            v1::INVALID_RESOURCE_NAME);
  EXPECT_EQ(ReasonOf(ParseTenantName("", "parent").status()), v1::FIELD_REQUIRED);

  EXPECT_EQ(ChildName("t", "operations", "7"), "tenants/t/operations/7");
  const auto child = ParseChildName("tenants/t/operations/7", "operations", "name");
  ASSERT_TRUE(child.ok());
  EXPECT_EQ(child->tenant + " " + child->id, "t 7");
  EXPECT_FALSE(ParseChildName("tenants/t/operations/7", "reconciliations", "name").ok());

  EXPECT_EQ(NameOf("t", Principal(GroupId("g"))), "tenants/t/groups/g");
  EXPECT_EQ(ParsePrincipalName("tenants/t/groups/g", "parent")->principal, Principal(GroupId("g")));
  EXPECT_EQ(ParsePrincipalName("tenants/t/users/g", "parent")->principal, Principal(UserId("g")));
  EXPECT_FALSE(ParsePrincipalName("tenants/t/skus/g", "parent").ok());
}

TEST(NamesTest, PlainUserNamesAreSplitInPlace) {
  const UserNameView split = SplitPlainUserName("tenants/t/users/ana");
  EXPECT_EQ(split.tenant, "t");
  EXPECT_EQ(split.user, "ana");
  for (const char* name : {"", "tenants/t", "tenants/t/users/a%2Fb", "tenants/t/groups/a",
                           "tenants/t/users/a/b", "users/a", "tenants/t/users/-"}) {
    EXPECT_EQ(SplitPlainUserName(name).user.data(), nullptr) << name;
  }
}

}  // namespace
}  // namespace seatwise
