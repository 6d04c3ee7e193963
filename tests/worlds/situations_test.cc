// Random tenants bring about every situation, often.
#include "tests/worlds/situations.h"

#include <cstdint>
#include <map>
#include <set>
#include <string>

#include "engine/reference/reference.h"
#include "gtest/gtest.h"
#include "tests/worlds/parse_tenant.h"
#include "tests/worlds/random_tenant.h"

namespace seatwise::worlds {
namespace {

std::set<std::string> Situations(absl::string_view tenant) {
  const Facts facts = ParseTenant(tenant);
  return FindSituations(facts, DeriveReference(facts));
}

TEST(SituationsTest, HealingIsSeen) {
  const std::set<std::string> seen = Situations(R"(tenant location=US
    sku S seats=1 plans=P
    sku T seats=1 plans=Q
    sku U seats=1 plans=R
    require P Q
    require Q R
    ana -> S @1
    ana -> T @2
    ana -> U @3)");
  EXPECT_TRUE(seen.contains("G2 healed"));
  EXPECT_TRUE(seen.contains("G2 healed by a healed claim"));
  EXPECT_FALSE(seen.contains("G2 healed claim took a seat others wait for"));
}

TEST(SituationsTest, WhatIsGrantedAtItsTurnIsNotHealed) {
  const std::set<std::string> seen = Situations(R"(tenant location=US
    sku S seats=1 plans=P
    sku T seats=1 plans=Q
    require P Q
    ana -> S @2
    ana -> T @1)");
  EXPECT_FALSE(seen.contains("G2 healed"));
  EXPECT_TRUE(seen.contains("C5 by since"));
}

TEST(CoverageTest, EverySituationOccursInRandomTenants) {
  constexpr int kTenants = 2000;
  constexpr int kAtLeast = 20;
  std::map<std::string, int> tenants;
  for (int seed = 0; seed < kTenants; ++seed) {
    const Facts facts = RandomTenant(static_cast<uint64_t>(seed));
    for (const std::string& name : FindSituations(facts, DeriveReference(facts))) ++tenants[name];
  }
  for (const std::string& name : AllSituations()) {
    EXPECT_GE(tenants[name], kAtLeast) << "tenants of " << kTenants << " with: " << name;
    tenants.erase(name);
  }
  for (const auto& [name, count] : tenants) ADD_FAILURE() << "not in AllSituations: " << name;
}

}  // namespace
}  // namespace seatwise::worlds
