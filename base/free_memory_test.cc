#include "base/free_memory.h"

#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "base/sanitizers.h"
#include "gtest/gtest.h"

namespace seatwise {
namespace {

#if defined(SEATWISE_SANITIZED)
TEST(FreeMemoryTest, TheSanitizersOwnAllocatorIsLeftAlone) { ReturnFreeMemory(); }
#else
// Resident pages of this process.
int64_t ResidentPages() {
  std::ifstream file("/proc/self/statm");
  int64_t all = 0, resident = 0;
  file >> all >> resident;
  return resident;
}

TEST(FreeMemoryTest, WhatWasFreedInSmallPiecesIsNotResidentAnyMore) {
  const int64_t before = ResidentPages();
  auto pieces = std::make_unique<std::vector<std::string> >();
  for (int i = 0; i < 200'000; ++i) pieces->push_back(std::string(500, 'x'));
  // The last one keeps the top of the heap where it is.
  const std::string last = std::move(pieces->back());
  const int64_t full = ResidentPages();
  pieces.reset();
  ReturnFreeMemory();
  EXPECT_LT(ResidentPages() - before, (full - before) / 2);
  EXPECT_EQ(last.size(), 500u);
}
#endif

}  // namespace
}  // namespace seatwise
