#include "bench/workload/claims.h"

#include <algorithm>

#include "gtest/gtest.h"

namespace seatwise::workload {
namespace {

// User u is in group u only.
class OwnGroup final : public JoinSource {
 public:
  absl::Span<const Join> JoinsOf(uint32_t user) override {
    join_ = {user, 0};
    return absl::MakeConstSpan(&join_, 1);
  }

 private:
  Join join_;
};

std::vector<uint32_t> Sorted(absl::Span<const uint32_t> skus) {
  std::vector<uint32_t> sorted(skus.begin(), skus.end());
  std::sort(sorted.begin(), sorted.end());
  return sorted;
}

// Group 0 contains 1, which contains 2; 3 stands alone.
class ClaimWalkerTest : public testing::Test {
 protected:
  ClaimWalker Walker() { return ClaimWalker(joins_, 4, 3, nestings_, assignments_); }

  OwnGroup joins_;
  std::vector<Nesting> nestings_ = {{0, 1, 0}, {1, 2, 0}};
  Assignments assignments_ = {{{0, 0, 0, 0, {}}, {1, 0, 0, 0, {}}, {1, 1, 0, 0, {}}},
                              {{2, 2, 0, 0, {}}, {3, 2, 0, 0, {}}}};
};

TEST_F(ClaimWalkerTest, SkusComeFromEveryGroupAboveAndDirectly) {
  ClaimWalker walker = Walker();
  EXPECT_EQ(Sorted(walker.WishOf(0).skus), std::vector<uint32_t>({0}));
  EXPECT_EQ(Sorted(walker.WishOf(1).skus), std::vector<uint32_t>({0, 1}));
  const Wish wish = walker.WishOf(2);
  EXPECT_EQ(Sorted(wish.skus), std::vector<uint32_t>({0, 1, 2}));
  EXPECT_EQ(wish.claims, 4u);
  EXPECT_EQ(Sorted(walker.WishOf(3).skus), std::vector<uint32_t>({2}));
}

TEST_F(ClaimWalkerTest, ACycleSharesEverythingAround) {
  nestings_.push_back({2, 0, 0});
  ClaimWalker walker = Walker();
  EXPECT_EQ(Sorted(walker.WishOf(0).skus), std::vector<uint32_t>({0, 1}));
}

TEST_F(ClaimWalkerTest, DemandCountsUsersOncePerSku) {
  const Demand demand = MeasureDemand(Walker(), 4, 3, true);
  EXPECT_EQ(demand.claims, 9u);
  EXPECT_EQ(demand.holders, std::vector<uint32_t>({3, 2, 2}));
  EXPECT_EQ(demand.Together(0, 1), 2u);
  EXPECT_EQ(demand.Together(1, 2), 1u);
  EXPECT_TRUE(MeasureDemand(Walker(), 4, 3, false).together.empty());
  EXPECT_EQ(CountTouching(Walker(), 4, {false, true, true}), 3u);
}

}  // namespace
}  // namespace seatwise::workload
