#include "engine/plan/user_effect.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/incremental/live_parts.h"
#include "engine/incremental/live_tenant_for_test.h"
#include "engine/testing/tenant_builder.h"
#include "gtest/gtest.h"
#include "tests/histories/load_facts.h"
#include "tests/histories/numbers.h"

namespace seatwise {
namespace {

// Ana holds the one seat of S (MAIL and DOCS) by group staff, bob waits for it; T has CHAT.
TenantBuilder Tenant() {
  TenantBuilder tenant;
  tenant.Plans({"CHAT", "DOCS", "MAIL"}).Sku("S", {"DOCS", "MAIL"}, 1).Sku("T", {"CHAT"}, 9);
  tenant.facts.plans[2].retains_data = true;
  tenant.Users({"ana", "bob"}).Groups({"staff"});
  tenant.Member("staff", "ana", 1).Member("staff", "bob", 2);
  return tenant.Assign("staff", "S");
}

std::string Codes(ViolationMask mask) {
  std::string codes;
  for (int code = 0; code < kViolationCodes; ++code) {
    const auto value = static_cast<ViolationCode>(code);
    if (Contains(mask, value)) absl::StrAppend(&codes, ViolationName(value));
  }
  return codes.empty() ? "-" : codes;
}

// "gains loses +T.CHAT -MAIL! staff/S Count>-"
std::string Describe(const UserEffect& effect, const LiveState& before, const LiveState& after) {
  std::string text = effect.empty() ? "nothing" : effect.license_differs ? "license" : "";
  if (effect.gains_sku) absl::StrAppend(&text, " gains");
  if (effect.loses_sku) absl::StrAppend(&text, " loses");
  for (PlanNo plan : effect.plans_gained) {
    absl::StrAppend(&text, " +", after.catalog().plan(plan).id.value());
  }
  for (PlanNo plan : effect.plans_lost) {
    absl::StrAppend(&text, " -", before.catalog().plan(plan).id.value());
  }
  for (PlanNo plan : effect.plans_at_risk) {
    absl::StrAppend(&text, " !", before.catalog().plan(plan).id.value());
  }
  for (const ItemEffect& item : effect.items) {
    absl::StrAppend(&text, " ", item.direct ? "direct" : before.GroupIdOf(item.group), "/",
                    before.catalog().sku(item.sku).id.value(), ":", Codes(item.before), ">",
                    Codes(item.after));
  }
  return text;
}

// The effect on a user that is there before and after.
std::string EffectOn(const char* user, std::vector<Change> changes) {
  const TenantBuilder builder = Tenant();
  LiveTenant tenant(builder.facts,
                    histories::LoadFacts(builder.facts, histories::AnyNumbers(builder.facts, 4)));
  const Prepared next = tenant.WhatIf(std::move(changes));
  const LiveParts& before = tenant.state().parts();
  const LiveParts& after = next.state->parts();
  const uint32_t number = tenant.User(user);
  const UserEffect effect =
      EffectMaker(before, after)
          .Make(before.answers.OutcomeOf(number), after.answers.OutcomeOf(number));
  return Describe(effect, tenant.state(), *next.state);
}

// Later than anybody joined.
Change Assigned(const char* user, const char* sku) {
  return Put{Assignment{.principal = UserId(user), .sku = SkuId(sku), .assigned_at = Time{9}}};
}

TEST(UserEffectTest, SaysWhatAUserGainsAndLosesAndWhy) {
  struct Row {
    const char* what;
    const char* user;
    std::vector<Change> changes;
    const char* effect;
  };
  const Row rows[] = {
      {"nothing", "ana", {}, "nothing"},
      {"another's business", "bob", {Assigned("ana", "T")}, "nothing"},
      {"a seat", "bob", {Units("S", 2)}, "license gains +DOCS +MAIL staff/S:CountViolation>-"},
      {"a seat taken, and its data",
       "ana",
       {Units("S", 0)},
       "license loses -DOCS -MAIL !MAIL staff/S:->CountViolation"},
      {"a SKU more", "ana", {Assigned("ana", "T")}, "license gains +CHAT"},
      {"off, but held (S4)",
       "ana",
       {Units("S", 1, SubscriptionStatus::kSuspended)},
       "license -DOCS -MAIL !MAIL"},
      {"leaving", "ana", {Leave("staff", "ana")}, "license loses -DOCS -MAIL !MAIL"},
      {"leaving a queue", "bob", {Leave("staff", "bob")}, "license staff/S:CountViolation>-"},
      {"a plan given up",
       "ana",
       {Put{Assignment{GroupId("staff"), SkuId("S"), {PlanId("DOCS")}}}},
       "license -DOCS"},
      {"a user that is gone", "ana", {Delete{UserId("ana")}}, "license loses -DOCS -MAIL !MAIL"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(EffectOn(row.user, row.changes), row.effect) << row.what;
  }
}

TEST(UserEffectTest, AnErrorBesideALicenseThatStaysIsAnEffectOfItsOwn) {
  // The user has the SKU by another way, so only the item differs beside the state (O2).
  EXPECT_EQ(
      EffectOn("ana", {Put{PlanConflict{PlanId("CHAT"), PlanId("DOCS")}}, Assigned("ana", "T")}),
      "license direct/T:->MutuallyExclusiveViolation");
}

}  // namespace
}  // namespace seatwise
