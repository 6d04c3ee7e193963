// Each row breaks one thing of a right state.
#include "tests/worlds/invariants.h"

#include <string>
#include <utility>

#include "absl/strings/match.h"
#include "engine/reference/reference.h"
#include "gtest/gtest.h"
#include "tests/worlds/parse_tenant.h"

namespace seatwise::worlds {
namespace {

constexpr char kTenant[] = R"(tenant location=US
  plan MAIL unique
  sku E3 seats=1 plans=DOCS,MAIL
  sku E5 seats=9 plans=AUDIO,KIOSK,SWAY
  conflict KIOSK SWAY
  require AUDIO DOCS
  prohibit KIOSK CN
  group staff -> E3
  user ana address=smtp:x created=1
  user cid address=smtp:x created=0
  ana in staff @1
  bob in staff @2
  cid in staff @3
  user dan location=CN
  ana -> E5 off=SWAY,AUDIO
  dan -> E5 off=KIOSK,AUDIO
)";

struct Break {
  const char* rule;
  void (*apply)(Derived&);
};

// In the order of derived.h: licenses ana E3, ana E5, bob E3, cid E3, dan E5.
const Break kBreaks[] = {
    {"not sorted", [](Derived& d) { std::swap(d.licenses[0], d.licenses[1]); }},
    {"G3", [](Derived& d) { d.items[0].violations = {Count{1}}; }},
    {"G3", [](Derived& d) { d.items[2].violations.clear(); }},
    {"G3", [](Derived& d) { d.items[2].violations = {Count{1}, Dependency{}}; }},
    {"O1", [](Derived& d) { d.licenses.pop_back(); }},
    {"O2", [](Derived& d) { d.licenses[0].state = LicenseState::kDisabled; }},
    {"O3", [](Derived& d) { d.licenses[2].enabled_plans = {PlanId("DOCS")}; }},
    {"C1", [](Derived& d) { d.licenses[0].enabled_plans.insert(PlanId("SWAY")); }},
    {"K4", [](Derived& d) { d.licenses[1].enabled_plans.insert(PlanId("SWAY")); }},
    {"K5", [](Derived& d) { d.licenses[4].enabled_plans.insert(PlanId("AUDIO")); }},
    {"K2", [](Derived& d) { d.licenses[4].enabled_plans = {PlanId("KIOSK")}; }},
    {"K3", [](Derived& d) { d.licenses[0].enabled_plans.insert(PlanId("MAIL")); }},
    {"O5", [](Derived& d) { d.seats[0].consumed = 0; }},
    {"O6", [](Derived& d) { d.seats[0].waiting = 1; }},
    {"O8", [](Derived& d) { d.items[3].violations = {Count{3}}; }},
    {"section 7", [](Derived& d) { d.groups[0].members = 2; }},
};

// ana does not own her address, so only the others ask for MAIL.
Facts Tenant() {
  Facts facts = ParseTenant(kTenant);
  facts.assignments[0].disabled_plans = {PlanId("MAIL")};
  return facts;
}

TEST(InvariantsTest, ARightStateBreaksNone) {
  EXPECT_EQ(FindBrokenInvariant(Tenant(), DeriveReference(Tenant())), "");
}

TEST(InvariantsTest, EachBreakIsFound) {
  for (const Break& b : kBreaks) {
    Derived derived = DeriveReference(Tenant());
    b.apply(derived);
    const std::string found = FindBrokenInvariant(Tenant(), derived);
    EXPECT_TRUE(absl::StrContains(found, b.rule)) << b.rule << " was found as: " << found;
  }
}

}  // namespace
}  // namespace seatwise::worlds
