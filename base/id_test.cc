#include "base/id.h"

#include <type_traits>

#include "absl/hash/hash_testing.h"
#include "gtest/gtest.h"

namespace seatwise {
namespace {

using AId = Id<struct ATag>;
using BId = Id<struct BTag>;

TEST(IdTest, OrderIsByUnsignedBytes) {
  EXPECT_LT(AId("B"), AId("a"));
  EXPECT_LT(AId("z"), AId("\xc3\xa9"));  // 'z' < é, as bytes.
  EXPECT_LT(AId("a"), AId("ab"));
}

TEST(IdTest, KindsDoNotMix) {
  static_assert(!std::is_convertible_v<AId, BId>);
  static_assert(!std::is_convertible_v<const char*, AId>);
  EXPECT_EQ(AId("x").value(), BId("x").value());
}

TEST(IdTest, HashAgreesWithEquality) {
  EXPECT_TRUE(absl::VerifyTypeImplementsAbslHashCorrectly({AId(""), AId("a"), AId("b")}));
}

}  // namespace
}  // namespace seatwise
