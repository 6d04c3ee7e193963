#include "engine/model/spelling.h"

#include <string>

#include "engine/model/limits.h"
#include "gtest/gtest.h"

namespace seatwise {
namespace {

TEST(SpellingTest, IdsAreOpaqueButForSeparatorsAndSize) {
  EXPECT_EQ(CheckId("a"), "");
  EXPECT_EQ(CheckId(" [x],\"é\" "), "");
  EXPECT_EQ(CheckId(std::string(kMaxIdBytes, 'x')), "");
  EXPECT_EQ(CheckId(std::string(kMaxIdBytes + 1, 'x')), "is longer than 128 bytes");
  EXPECT_EQ(CheckId(""), "is empty");
  EXPECT_EQ(CheckId("a;b"), "contains ';'");
  EXPECT_EQ(CheckId("a\rb"), "contains a line break");
  EXPECT_EQ(CheckId("a\nb"), "contains a line break");
  EXPECT_EQ(CheckId(std::string("a\0b", 3)), "contains a NUL byte");
  EXPECT_EQ(CheckId("\xff"), "is not UTF-8");
}

TEST(SpellingTest, Utf8IsTheUnicodeStandards) {
  for (const char* good :
       {"", "eight by", "\xc2\x80", "\xe0\xa0\x80", "\xed\x9f\xbf", "\xee\x80\x80",
        "\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf", "long ascii then \xc3\xa9"}) {
    EXPECT_TRUE(IsUtf8(good)) << good;
  }
  for (const char* bad :
       {"\x80", "\xc0\x80", "\xc1\xbf", "\xc2", "\xe0\x9f\xbf", "\xed\xa0\x80", "\xf0\x8f\xbf\xbf",
        "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xe1\x80", "12345678\xff", "\xf1\x80\x80"}) {
    EXPECT_FALSE(IsUtf8(bad)) << bad;
  }
}

TEST(SpellingTest, RangesEndWhereTheySay) {
  EXPECT_EQ(CheckUnits(0), "");
  EXPECT_EQ(CheckUnits(kMaxUnits), "");
  EXPECT_EQ(CheckUnits(-1), "is not between 0 and 1000000000000");
  EXPECT_EQ(CheckUnits(kMaxUnits + 1), "is not between 0 and 1000000000000");
  EXPECT_EQ(CheckRetentionDays(kMaxRetentionDays), "");
  EXPECT_NE(CheckRetentionDays(kMaxRetentionDays + 1), "");
  EXPECT_NE(CheckRetentionDays(-1), "");
  EXPECT_EQ(CheckText(std::string(kMaxTextBytes, 'x')), "");
  EXPECT_NE(CheckText(std::string(kMaxTextBytes + 1, 'x')), "");
  EXPECT_NE(CheckText(absl::string_view("\0", 1)), "");
}

TEST(SpellingTest, AddressesFitAList) {
  EXPECT_EQ(CheckAddress("SMTP:ana@contoso.test"), "");
  EXPECT_EQ(CheckAddress(""), "is empty");
  EXPECT_EQ(CheckAddress("a;b"), "contains ';'");
  EXPECT_EQ(CheckAddress("\xff"), "is not UTF-8");
}

TEST(SpellingTest, CurrenciesAreThreeCapitals) {
  EXPECT_EQ(CheckCurrency(""), "");
  EXPECT_EQ(CheckCurrency("EUR"), "");
  EXPECT_NE(CheckCurrency("eur"), "");
  EXPECT_NE(CheckCurrency("EURO"), "");
}

}  // namespace
}  // namespace seatwise
