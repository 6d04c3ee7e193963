#include "bench/workload/catalog.h"

#include <algorithm>
#include <set>

#include "gtest/gtest.h"

namespace seatwise::workload {
namespace {

TEST(CatalogTest, HasTwelvePlansASkuOnAverage) {
  const Catalog catalog = MakeCatalog(1, 300);
  EXPECT_EQ(catalog.plans.size(), 1000u);
  double sum = 0;
  for (const Sku& sku : catalog.skus) {
    EXPECT_GE(sku.plans.size(), 1u);
    EXPECT_LE(sku.plans.size(), 40u);
    sum += static_cast<double>(sku.plans.size());
  }
  EXPECT_NEAR(sum / 300, 12.0, 1.0);
}

TEST(CatalogTest, PlansOfASkuExistAndAreDifferent) {
  for (uint32_t skus : {1u, 2u, 4u, 20u, 60u}) {
    const Catalog catalog = MakeCatalog(2, skus);
    ASSERT_EQ(catalog.skus.size(), skus);
    for (const Sku& sku : catalog.skus) {
      EXPECT_TRUE(std::is_sorted(sku.plans.begin(), sku.plans.end()));
      EXPECT_EQ(std::set<uint32_t>(sku.plans.begin(), sku.plans.end()).size(), sku.plans.size());
      EXPECT_LT(sku.plans.back(), catalog.plans.size());
    }
  }
}

TEST(CatalogTest, PlansAreSharedBetweenSkus) {
  const Catalog catalog = MakeCatalog(1, 60);
  std::vector<int> uses(catalog.plans.size());
  for (const Sku& sku : catalog.skus) {
    for (uint32_t plan : sku.plans) ++uses[plan];
  }
  const auto shared = std::count_if(uses.begin(), uses.end(), [](int count) { return count > 1; });
  EXPECT_GT(shared, 120);
}

}  // namespace
}  // namespace seatwise::workload
