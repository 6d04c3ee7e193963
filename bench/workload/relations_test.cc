#include "bench/workload/relations.h"

#include <algorithm>
#include <set>

#include "bench/workload/catalog.h"
#include "gtest/gtest.h"

namespace seatwise::workload {
namespace {

constexpr uint32_t kSkus = 30;
constexpr uint32_t kUsers = 10'000;

// Everybody has SKU 0; 20 users have any two of the others.
Demand MakeDemand() {
  Demand demand{0, std::vector<uint32_t>(kSkus, 100), std::vector<uint32_t>(kSkus * kSkus, 20)};
  demand.holders[0] = kUsers;
  for (uint32_t sku = 0; sku < kSkus; ++sku) demand.together[sku] = 100;
  for (uint32_t sku = 0; sku < kSkus; ++sku) demand.together[sku * kSkus] = 100;
  return demand;
}

bool Has(const Sku& sku, uint32_t plan) {
  return std::binary_search(sku.plans.begin(), sku.plans.end(), plan);
}

class RelationsTest : public testing::Test {
 protected:
  RelationsTest() : catalog_(MakeCatalog(1, kSkus)), all_staff_plans_(catalog_.plans.size()) {
    for (uint32_t plan : catalog_.skus[0].plans) {
      all_staff_plans_[plan] = !catalog_.plans[plan].company;
    }
    AddRelations(1, kUsers, MakeDemand(), all_staff_plans_, catalog_);
  }

  Catalog catalog_;
  std::vector<bool> all_staff_plans_;
};

TEST_F(RelationsTest, ConflictsAreBetweenUserPlansAndNeverWithinASku) {
  EXPECT_GE(catalog_.conflicts.size(), 3u);
  std::set<std::pair<uint32_t, uint32_t>> seen;
  for (const auto& [plan, other] : catalog_.conflicts) {
    EXPECT_LT(plan, other);
    EXPECT_TRUE(seen.insert({plan, other}).second);
    EXPECT_FALSE(catalog_.plans[plan].company || catalog_.plans[other].company);
    for (const Sku& sku : catalog_.skus) EXPECT_FALSE(Has(sku, plan) && Has(sku, other));
  }
}

TEST_F(RelationsTest, ConflictsHitNoMoreUsersThanTheBudget) {
  const Demand demand = MakeDemand();
  uint64_t hits = 0;
  for (const auto& [plan, other] : catalog_.conflicts) {
    for (uint32_t sku = 0; sku < kSkus; ++sku) {
      for (uint32_t with = 0; with < kSkus; ++with) {
        const bool both = Has(catalog_.skus[sku], plan) && Has(catalog_.skus[with], other);
        hits += both ? demand.Together(sku, with) : 0;
      }
    }
  }
  EXPECT_GT(hits, kUsers * 3 / 100);
  EXPECT_LE(hits, kUsers * 6 / 100);
}

TEST_F(RelationsTest, RequirementsAreOfOptionalPlansAndNotCircular) {
  EXPECT_EQ(catalog_.requirements.size(), catalog_.plans.size() / 10);
  for (const Requirement& requirement : catalog_.requirements) {
    EXPECT_FALSE(Has(catalog_.skus[0], requirement.plan) ||
                 Has(catalog_.skus[1], requirement.plan));
    EXPECT_GE(requirement.any_of.size(), 1u);
    EXPECT_LE(requirement.any_of.size(), 3u);
    for (uint32_t plan : requirement.any_of) EXPECT_NE(plan, requirement.plan);
  }
}

TEST_F(RelationsTest, ProhibitionsAreFewAndDifferent) {
  EXPECT_GE(catalog_.prohibitions.size(), 5u);
  std::set<std::pair<uint32_t, std::string>> seen;
  for (const Prohibition& prohibition : catalog_.prohibitions) {
    EXPECT_TRUE(seen.insert({prohibition.plan, std::string(prohibition.location)}).second);
    EXPECT_NE(prohibition.location, "US");
  }
}

TEST(AddConflictsTest, AddsAsManyAsAskedFor) {
  Catalog catalog = MakeCatalog(1, 200);
  AddConflicts(1, 20, catalog);
  EXPECT_EQ(catalog.conflicts.size(), 20u);
}

}  // namespace
}  // namespace seatwise::workload
