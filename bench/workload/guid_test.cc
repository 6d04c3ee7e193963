#include "bench/workload/guid.h"

#include <algorithm>
#include <set>
#include <string>

#include "gtest/gtest.h"

namespace seatwise::workload {
namespace {

std::string Text(uint64_t seed, GuidKind kind, uint64_t index) {
  return std::string(MakeGuid(seed, kind, index).view());
}

TEST(GuidTest, IsCanonicalVersionFour) {
  for (uint64_t index = 0; index < 1000; ++index) {
    const std::string text = Text(1, GuidKind::kUser, index);
    for (int dash : {8, 13, 18, 23}) EXPECT_EQ(text[dash], '-');
    EXPECT_EQ(std::count(text.begin(), text.end(), '-'), 4);
    EXPECT_EQ(text.find_first_not_of("0123456789abcdef-"), std::string::npos) << text;
    EXPECT_EQ(text[14], '4');
    EXPECT_NE(std::string("89ab").find(text[19]), std::string::npos) << text;
  }
}

TEST(GuidTest, DifferentNumbersHaveDifferentIds) {
  std::set<std::string> seen;
  for (uint64_t index = 0; index < 100'000; ++index) seen.insert(Text(1, GuidKind::kUser, index));
  EXPECT_EQ(seen.size(), 100'000u);
}

TEST(GuidTest, SeedAndKindChangeTheId) {
  EXPECT_EQ(Text(1, GuidKind::kUser, 5), Text(1, GuidKind::kUser, 5));
  EXPECT_NE(Text(1, GuidKind::kUser, 5), Text(2, GuidKind::kUser, 5));
  EXPECT_NE(Text(1, GuidKind::kUser, 5), Text(1, GuidKind::kGroup, 5));
}

}  // namespace
}  // namespace seatwise::workload
