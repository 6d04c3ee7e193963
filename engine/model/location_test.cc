#include "engine/model/location.h"

#include <sstream>

#include "gtest/gtest.h"

namespace seatwise {
namespace {

TEST(LocationTest, IsTwoCapitalLetters) {
  for (const char* good : {"AA", "DE", "ZZ"}) {
    ASSERT_TRUE(Location::Parse(good)) << good;
    EXPECT_EQ(Location::Parse(good)->ToString(), good);
    EXPECT_FALSE(Location::Parse(good)->empty());
  }
  for (const char* bad : {"", "D", "DEU", "de", "D1", "@A", "A[", "\xc3\x84"}) {
    EXPECT_EQ(Location::Parse(bad), std::nullopt) << bad;
  }
}

TEST(LocationTest, TheDefaultIsNoLocation) {
  EXPECT_TRUE(Location().empty());
  EXPECT_EQ(Location().ToString(), "");
}

TEST(LocationTest, IsOrderedLikeItsText) {
  EXPECT_LT(Location(), *Location::Parse("AA"));
  EXPECT_LT(*Location::Parse("AZ"), *Location::Parse("BA"));
  EXPECT_LT(*Location::Parse("DE"), *Location::Parse("DK"));
  EXPECT_EQ(*Location::Parse("DE"), *Location::Parse("DE"));
}

TEST(LocationTest, IsPrintedAsItsText) {
  std::ostringstream out;
  out << *Location::Parse("FR") << Location();
  EXPECT_EQ(out.str(), "FR");
}

}  // namespace
}  // namespace seatwise
