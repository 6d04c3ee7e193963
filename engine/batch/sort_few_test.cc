#include "engine/batch/sort_few.h"

#include <algorithm>
#include <set>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace seatwise {
namespace {

void ExpectSorted(const std::vector<uint32_t>& numbers) {
  const std::set<uint32_t> want(numbers.begin(), numbers.end());
  std::vector<uint32_t> sorted(kMostToSort + 1), more = numbers;
  more.resize(kMostToSort, 1);  // Not looked at.
  sorted.resize(SortFew(more.data(), numbers.size(), sorted.data()));
  EXPECT_THAT(sorted, testing::ElementsAreArray(want)) << testing::PrintToString(numbers);
}

TEST(SortFewTest, SortsAllOrders) {
  std::vector<uint32_t> numbers;
  for (size_t size = 0; size <= kMostToSort; ++size) {
    do {
      ExpectSorted(numbers);
    } while (std::next_permutation(numbers.begin(), numbers.end()));
    numbers.push_back(static_cast<uint32_t>(10 * size));  // In order again, and ascending.
  }
}

// All numbers of up to kMostToSort digits below 4, hence all ways in which some are equal.
TEST(SortFewTest, WhatComesAgainGoes) {
  for (size_t size = 1; size <= kMostToSort; ++size) {
    for (uint32_t digits = 0; digits < 1u << (2 * size); ++digits) {
      std::vector<uint32_t> numbers;
      for (size_t i = 0; i < size; ++i) numbers.push_back(digits >> (2 * i) & 3);
      ExpectSorted(numbers);
      if (HasFailure()) return;
    }
  }
}

TEST(SortFewTest, NumbersAreUnsigned) {
  ExpectSorted({0xfffffffe, 3, 0x80000000, 0, 0x7fffffff, 0x80000000});
  ExpectSorted({0x80000000, 0x7fffffff});
}

}  // namespace
}  // namespace seatwise
