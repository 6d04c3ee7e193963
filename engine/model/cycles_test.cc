#include "engine/model/cycles.h"

#include <utility>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace seatwise {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Cycles = std::vector<std::vector<uint32_t>>;

// Edges sorted by where they start.
Cycles CyclesOf(uint32_t nodes, const std::vector<std::pair<uint32_t, uint32_t>>& edges) {
  std::vector<uint32_t> first(nodes + 1);
  std::vector<uint32_t> targets;
  for (const auto& [from, to] : edges) {
    ++first[from + 1];
    targets.push_back(to);
  }
  for (uint32_t i = 0; i < nodes; ++i) first[i + 1] += first[i];
  return FindCycles(first, targets);
}

// The definition, by a transitive closure.
Cycles CyclesByClosure(uint32_t nodes, const std::vector<std::pair<uint32_t, uint32_t>>& edges) {
  std::vector<std::vector<bool>> reaches(nodes, std::vector<bool>(nodes));
  for (const auto& [from, to] : edges) reaches[from][to] = true;
  for (uint32_t k = 0; k < nodes; ++k) {
    for (uint32_t i = 0; i < nodes; ++i) {
      for (uint32_t j = 0; j < nodes; ++j) {
        if (reaches[i][k] && reaches[k][j]) reaches[i][j] = true;
      }
    }
  }
  Cycles cycles;
  for (uint32_t i = 0; i < nodes; ++i) {
    std::vector<uint32_t> cycle;
    for (uint32_t j = 0; j < nodes; ++j) {
      if (reaches[i][j] && reaches[j][i]) cycle.push_back(j);
    }
    if (!cycle.empty() && cycle[0] == i) cycles.push_back(cycle);
  }
  return cycles;
}

TEST(CyclesTest, NothingHasNoCycles) {
  EXPECT_THAT(CyclesOf(0, {}), IsEmpty());
  EXPECT_THAT(CyclesOf(3, {}), IsEmpty());
}

TEST(CyclesTest, WhatOnlyLeadsToACycleIsNotInIt) {
  EXPECT_THAT(CyclesOf(5, {{0, 1}, {1, 2}, {2, 1}, {2, 3}, {4, 2}}),
              ElementsAre(ElementsAre(1, 2)));
}

TEST(CyclesTest, ANodeThatPointsToItselfIsACycle) {
  EXPECT_THAT(CyclesOf(2, {{1, 1}}), ElementsAre(ElementsAre(1)));
}

TEST(CyclesTest, CyclesThatShareANodeAreOne) {
  EXPECT_THAT(CyclesOf(5, {{0, 1}, {1, 0}, {1, 4}, {2, 3}, {3, 2}, {4, 1}}),
              ElementsAre(ElementsAre(0, 1, 4), ElementsAre(2, 3)));
}

TEST(CyclesTest, AChainOfAHundredThousandNodesNeedsNoStack) {
  constexpr uint32_t kNodes = 100'000;
  std::vector<std::pair<uint32_t, uint32_t>> edges;
  for (uint32_t i = 0; i + 1 < kNodes; ++i) edges.emplace_back(i, i + 1);
  EXPECT_THAT(CyclesOf(kNodes, edges), IsEmpty());
  edges.emplace_back(kNodes - 1, 0);
  EXPECT_EQ(CyclesOf(kNodes, edges)[0].size(), kNodes);
}

TEST(CyclesTest, AllGraphsOfThreeNodesEqualTheDefinition) {
  for (uint32_t bits = 0; bits < 1u << 9; ++bits) {
    std::vector<std::pair<uint32_t, uint32_t>> edges;
    for (uint32_t i = 0; i < 9; ++i) {
      if ((bits >> i & 1) != 0) edges.emplace_back(i / 3, i % 3);
    }
    EXPECT_EQ(CyclesOf(3, edges), CyclesByClosure(3, edges)) << bits;
  }
}

}  // namespace
}  // namespace seatwise
