// Facts as messages and back.
#include "service/facts_to_proto.h"

#include <string>
#include <variant>
#include <vector>

#include "base/time.h"
#include "engine/model/fact_key.h"
#include "gtest/gtest.h"
#include "service/errors.h"
#include "service/facts_from_proto.h"
#include "service/names.h"

namespace seatwise {
namespace {

const Location kIndia = *Location::Parse("IN");
constexpr Time kTime{1'234'567};

// Two facts of each kind: one with defaults only, one with none.
std::vector<Fact> SomeFacts() {
  return {
      TenantSettings(),
      TenantSettings{AssignmentMode::kGroupAtomic, true, kIndia, 0},
      ServicePlan{.id = PlanId("p")},
      ServicePlan{PlanId("p"), "NAME", "Name", AppliesTo::kCompany, true, true},
      Sku{.id = SkuId("s")},
      Sku{SkuId("s"), "PART", "Part", {PlanId("a"), PlanId("b")}, 7},
      Sku{.id = SkuId("s"), .overage_units = kUnlimited},
      PlanConflict{PlanId("a"), PlanId("b")},
      PlanRequirement{PlanId("p"), {PlanId("a"), PlanId("b")}},
      PlanProhibition{PlanId("p"), kIndia},
      Subscription{.id = SubscriptionId("x"), .sku = SkuId("s")},
      Subscription{SubscriptionId("x"), SkuId("s"), 12, SubscriptionStatus::kLockedOut, true,
                   UnitPrice{-5}, "EUR", kMinTime},
      User{.id = UserId("u"), .created_at = kTime},
      User{UserId("u"),
           "u@x",
           "U",
           kIndia,
           false,
           UserType::kGuest,
           kMaxTime,
           {"smtp:a", "smtp:b"},
           {{"dept", "it"}, {"city", "Pune"}}},
      Group{.id = GroupId("g")},
      Group{GroupId("g"), "G", "rule"},
      Membership{GroupId("g"), UserId("u"), kTime},
      Membership{GroupId("g"), GroupId("u"), kTime},
      Assignment{.principal = UserId("u"), .sku = SkuId("s"), .assigned_at = kTime},
      Assignment{GroupId("g"), SkuId("s"), {PlanId("a")}, -3, kTime},
      Observed{UserId("u"), SkuId("s"), {PlanId("zz")}},
  };
}

TEST(FactsToProtoTest, WhatIsWrittenIsReadAsTheSameFact) {
  for (const Fact& fact : SomeFacts()) {
    FieldErrors errors;
    const v1::Fact message = ToBareProto(fact);
    const InputFact read = FactOf(message, {.tenant = "t"}, errors);
    EXPECT_TRUE(errors.empty()) << message.ShortDebugString() << errors.ToStatus();
    EXPECT_EQ(read.fact, fact) << message.ShortDebugString();
    EXPECT_FALSE(read.time_left_out);
  }
}

TEST(FactsToProtoTest, EveryStatusHasItsOwnValue) {
  for (const auto status :
       {SubscriptionStatus::kEnabled, SubscriptionStatus::kWarning, SubscriptionStatus::kSuspended,
        SubscriptionStatus::kLockedOut, SubscriptionStatus::kDeleted}) {
    const Subscription fact{.id = SubscriptionId("x"), .sku = SkuId("s"), .status = status};
    FieldErrors errors;
    EXPECT_EQ(FactOf(ToBareProto(fact), {.tenant = "t"}, errors).fact, Fact(fact));
  }
}

TEST(FactsToProtoTest, AResourceHasItsNameAndEtag) {
  const User user{.id = UserId("a/b"), .created_at = kTime};
  const v1::User message = ToProto("t", user);
  EXPECT_EQ(message.name(), "tenants/t/users/a%2Fb");
  EXPECT_EQ(message.etag(), EtagOf(user));
  FieldErrors errors;
  EXPECT_EQ(FactOf(message, {.tenant = "t"}, errors).fact, Fact(user));
  EXPECT_TRUE(errors.empty());
}

TEST(FactsToProtoTest, TheNameAloneSaysTheIds) {
  for (const Fact& fact : SomeFacts()) {
    const std::string name = NameOf("t", KeyOf(fact));
    v1::Fact message;
    const v1::Fact full = ToBareProto(fact);
    // Only the relations and keys are told by a name; their contents are left out here.
    const auto* set = v1::Fact::descriptor()->FindFieldByNumber(full.fact_case());
    auto* inner = message.GetReflection()->MutableMessage(&message, set);
    const auto* name_field = inner->GetDescriptor()->FindFieldByName("name");
    if (name_field == nullptr) continue;  // Settings.
    inner->GetReflection()->SetString(inner, name_field, name);
    if (full.has_subscription()) message.mutable_subscription()->set_sku_id("s");
    FieldErrors errors;
    const InputFact read = FactOf(message, {.tenant = "t"}, errors);
    EXPECT_TRUE(errors.empty()) << name << errors.ToStatus();
    EXPECT_EQ(KeyOf(read.fact), KeyOf(fact)) << name;
  }
}

TEST(FactsToProtoTest, EtagsDifferIffFactsDo) {
  const std::vector<Fact> facts = SomeFacts();
  for (size_t i = 0; i < facts.size(); ++i) {
    for (size_t j = 0; j < facts.size(); ++j) {
      EXPECT_EQ(EtagOf(facts[i]) == EtagOf(facts[j]), i == j) << i << " " << j;
    }
  }
  // Stored by callers: the same on every server and in every version.
  EXPECT_EQ(EtagOf(Group{.id = GroupId("g")}), "9e69d5aaec1918fa893d2466676371aa");
}

}  // namespace
}  // namespace seatwise
