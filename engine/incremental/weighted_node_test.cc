#include "engine/incremental/weighted_node.h"

#include <cstdint>

#include "gtest/gtest.h"

namespace seatwise {
namespace {

constexpr uint64_t kWhole = WeightedNode::kWhole;

TEST(WeightedNode, IsGoneWithTheLastOfItsWeight) {
  WeightedNode node;
  EXPECT_TRUE(node.IsUnique(kWhole));
  node.Share(kWhole);
  EXPECT_FALSE(node.IsUnique(kWhole));
  EXPECT_FALSE(node.Drop(kWhole / 2));
  EXPECT_FALSE(node.Drop(kWhole / 2));
  EXPECT_TRUE(node.IsUnique(kWhole));
  EXPECT_TRUE(node.Drop(kWhole));
}

TEST(WeightedNode, ACopyStartsAnew) {
  WeightedNode node;
  node.Share(kWhole);
  WeightedNode copy(node);
  EXPECT_TRUE(copy.IsUnique(kWhole));
  copy.SetWeight(8);
  EXPECT_TRUE(copy.Drop(8));
}

TEST(WeightedParent, HalvesUntilReferencesWeighOne) {
  const WeightedParent parent;
  uint64_t given = 0;
  for (int copies = 0; copies < 32; ++copies) {
    WeightedParent copy(parent);
    ASSERT_TRUE(parent.Halve(copy));
    EXPECT_EQ(copy.each(), parent.each());
    given += copy.each();
    EXPECT_EQ(given + parent.each(), kWhole) << "nothing is lost";
  }
  EXPECT_EQ(parent.each(), 1u);
  WeightedParent copy(parent);
  EXPECT_FALSE(parent.Halve(copy));
  EXPECT_EQ(parent.each(), 1u);
  EXPECT_EQ(copy.each(), kWhole) << "for children that are shared by that";
}

TEST(WeightedParent, UnitesWhatWeighsTheSame) {
  const WeightedParent parent;
  WeightedParent first(parent);
  WeightedParent second(parent);
  ASSERT_TRUE(parent.Halve(first));
  ASSERT_TRUE(first.Halve(second));
  EXPECT_FALSE(first.Unite(parent)) << "a quarter and a half";
  EXPECT_TRUE(first.Unite(second));
  EXPECT_EQ(first.each(), kWhole / 2);
  EXPECT_TRUE(first.Unite(parent));
  EXPECT_EQ(first.each(), kWhole);
  EXPECT_FALSE(first.Unite(WeightedParent())) << "more than a whole";
}

}  // namespace
}  // namespace seatwise
