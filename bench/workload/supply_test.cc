#include "bench/workload/supply.h"

#include <algorithm>

#include "bench/workload/catalog.h"
#include "gtest/gtest.h"

namespace seatwise::workload {
namespace {

std::vector<uint32_t> ScarceSkus(const std::vector<uint32_t>& holders, uint32_t users,
                                 double share) {
  const std::vector<bool> scarce = ChooseScarce(holders, users, share);
  std::vector<uint32_t> skus;
  for (uint32_t sku = 0; sku < scarce.size(); ++sku) {
    if (scarce[sku]) skus.push_back(sku);
  }
  return skus;
}

TEST(ChooseScarceTest, TakesNeighboursThatATenthOfTheUsersAskFor) {
  const std::vector<uint32_t> holders = {900, 10, 60, 50, 1, 5, 100, 20};
  EXPECT_EQ(ScarceSkus(holders, 1000, 0.25), std::vector<uint32_t>({2, 3}));
  EXPECT_EQ(ScarceSkus(holders, 1000, 0.125), std::vector<uint32_t>({6}));
}

TEST(ChooseScarceTest, TakesTheLeastWantedWhereAllAreWantedByMany) {
  EXPECT_EQ(ScarceSkus({900, 800, 700, 950}, 1000, 0.5), std::vector<uint32_t>({1, 2}));
}

TEST(ChooseScarceTest, NeverTakesWhatNobodyAsksFor) {
  EXPECT_EQ(ScarceSkus({0, 5, 0, 7}, 1000, 1.0), std::vector<uint32_t>({1, 3}));
}

class SubscriptionsTest : public testing::Test {
 protected:
  static constexpr uint32_t kSkus = 60;

  SubscriptionsTest() : catalog_(MakeCatalog(1, kSkus)), holders_(kSkus), scarce_(kSkus) {
    for (uint32_t sku = 0; sku < kSkus; ++sku) {
      holders_[sku] = sku * sku;
      scarce_[sku] = sku > 0 && sku % 4 == 0;
    }
    subscriptions_ = MakeSubscriptions(1, holders_, scarce_, catalog_);
  }

  // Rules S1 and S2.
  int64_t Units(uint32_t sku, bool usable) const {
    int64_t units = 0;
    for (const Subscription& subscription : subscriptions_) {
      const SubscriptionStatus status = subscription.status;
      if (subscription.sku != sku || subscription.self_service) continue;
      if (status == SubscriptionStatus::kDeleted) continue;
      const bool counts =
          status == SubscriptionStatus::kEnabled || status == SubscriptionStatus::kWarning;
      if (counts == usable) units += subscription.units;
    }
    return units;
  }
  // Rule S3; kUnlimited is larger than any.
  int64_t Capacity(uint32_t sku) const {
    const int64_t overage = catalog_.skus[sku].overage;
    const int64_t usable = Units(sku, true);
    if (usable == 0) return Units(sku, false);
    return overage == kUnlimited ? INT64_MAX : usable + overage;
  }

  Catalog catalog_;
  std::vector<uint32_t> holders_;
  std::vector<bool> scarce_;
  std::vector<Subscription> subscriptions_;
};

TEST_F(SubscriptionsTest, ExactlyTheScarceSkusHaveFewerSeatsThanHolders) {
  for (uint32_t sku = 0; sku < kSkus; ++sku) {
    EXPECT_EQ(Capacity(sku) < int64_t{holders_[sku]}, scarce_[sku]) << sku;
    if (scarce_[sku]) {
      EXPECT_GE(Capacity(sku), holders_[sku] * 2 / 5) << sku;
    }
  }
}

TEST_F(SubscriptionsTest, OneSkuIsOffAndOneUnlimited) {
  int off = 0;
  for (uint32_t sku = 0; sku < kSkus; ++sku) {
    off += Units(sku, true) == 0 && Units(sku, false) > 0;
  }
  EXPECT_EQ(off, 1);
  EXPECT_EQ(catalog_.skus[1].overage, kUnlimited);
}

TEST_F(SubscriptionsTest, EveryStatusOccurs) {
  for (SubscriptionStatus status : {SubscriptionStatus::kEnabled, SubscriptionStatus::kWarning,
                                    SubscriptionStatus::kSuspended, SubscriptionStatus::kDeleted}) {
    EXPECT_TRUE(std::any_of(
        subscriptions_.begin(), subscriptions_.end(),
        [status](const Subscription& subscription) { return subscription.status == status; }));
  }
}

}  // namespace
}  // namespace seatwise::workload
