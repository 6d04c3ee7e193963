#include "cli/text.h"

#include <gtest/gtest.h>

namespace seatwise::cli {
namespace {

TEST(PrintableTest, TextOfAnyScriptStaysAsItIs) {
  for (const char* text : {"", "Zoë Müller", "Łukasz Wójcik", "田中 はるか", "a 😀 b"}) {
    EXPECT_EQ(Printable(text), text);
  }
}

TEST(PrintableTest, NothingSteersTheTerminal) {
  EXPECT_EQ(Printable("a\x1b[31mb"), "a\xEF\xBF\xBD[31mb");
  EXPECT_EQ(Printable("a\nb\tc\r"), "a b c ");
  EXPECT_EQ(Printable("a\u202Eb"),
            "a\xEF\xBF\xBD"
            "b");
  EXPECT_EQ(Printable("a\u009Bb"),
            "a\xEF\xBF\xBD"
            "b");
  EXPECT_EQ(Printable(absl::string_view("a\0b", 3)),
            "a\xEF\xBF\xBD"
            "b");
}

TEST(PrintableTest, BytesThatAreNotUtf8AreReplacedOneByOne) {
  EXPECT_EQ(Printable("a\xFF"
                      "b"),
            "a\xEF\xBF\xBD"
            "b");
  EXPECT_EQ(Printable("\xC3"), "\xEF\xBF\xBD");
  EXPECT_EQ(Printable("\xC0\xAF"), "\xEF\xBF\xBD\xEF\xBF\xBD");
  EXPECT_EQ(Printable("\xED\xA0\x80").size(), 9u);
}

TEST(DisplayWidthTest, CountsColumns) {
  EXPECT_EQ(DisplayWidth(""), 0u);
  EXPECT_EQ(DisplayWidth("Zoë"), 3u);
  EXPECT_EQ(DisplayWidth("Zoe\u0308"), 3u);
  EXPECT_EQ(DisplayWidth("田中"), 4u);
  EXPECT_EQ(DisplayWidth("\x1b[1;31mred\x1b[0m"), 3u);
}

TEST(FitTest, LongTextEndsInAnEllipsis) {
  EXPECT_EQ(Fit("seat", 4), "seat");
  EXPECT_EQ(Fit("seats", 4), "sea…");
  EXPECT_EQ(Fit("田中中", 4), "田…");
  EXPECT_EQ(Fit("seats", 1), "…");
  EXPECT_EQ(Fit("seats", 0), "");
}

TEST(PadTest, FillsColumnsNotBytes) {
  EXPECT_EQ(PadRight("Zoë", 5), "Zoë  ");
  EXPECT_EQ(PadLeft("Zoë", 5), "  Zoë");
  EXPECT_EQ(PadLeft("longer", 5), "longer");
}

TEST(WrapTest, BreaksAtSpaces) {
  EXPECT_EQ(Wrap("one two three", 7), (std::vector<std::string>{"one two", "three"}));
  EXPECT_EQ(Wrap("a unbreakable b", 4), (std::vector<std::string>{"a", "unbreakable", "b"}));
  EXPECT_EQ(Wrap("a b\x1f"
                 "c d",
                 5),
            (std::vector<std::string>{"a b c", "d"}));
  EXPECT_EQ(Wrap("aa b\x1f"
                 "c d",
                 5),
            (std::vector<std::string>{"aa", "b c d"}));
  EXPECT_EQ(Wrap("", 4), std::vector<std::string>{""});
}

TEST(GroupedTest, CommasStandBetweenThousands) {
  EXPECT_EQ(Grouped(0), "0");
  EXPECT_EQ(Grouped(999), "999");
  EXPECT_EQ(Grouped(1000), "1,000");
  EXPECT_EQ(Grouped(-1234567), "-1,234,567");
  EXPECT_EQ(Grouped(-123), "-123");
}

TEST(CountedTest, OneIsSingular) {
  EXPECT_EQ(Counted(0, "user"), "0 users");
  EXPECT_EQ(Counted(1, "user"), "1 user");
  EXPECT_EQ(Counted(1200, "user"), "1,200 users");
  EXPECT_EQ(Counted(2, "entry", "entries"), "2 entries");
}

TEST(HumanBytesTest, HasThreeDigits) {
  EXPECT_EQ(HumanBytes(0), "0 B");
  EXPECT_EQ(HumanBytes(999), "999 B");
  EXPECT_EQ(HumanBytes(1536), "1.50 KiB");
  EXPECT_EQ(HumanBytes(int64_t{123} << 20), "123 MiB");
  EXPECT_EQ(HumanBytes(int64_t{5} << 40), "5.00 TiB");
}

TEST(EnumeratedTest, ReadsAsASentence) {
  EXPECT_EQ(Enumerated({}), "");
  EXPECT_EQ(Enumerated({"a"}), "a");
  EXPECT_EQ(Enumerated({"a", "b"}), "a and b");
  EXPECT_EQ(Enumerated({"a", "b", "c"}), "a, b and c");
  EXPECT_EQ(EnumeratedUpTo({"a", "b", "c"}, 3), "a, b, c");
  EXPECT_EQ(EnumeratedUpTo({"a", "b", "c"}, 2), "a, b and 1 more");
}

}  // namespace
}  // namespace seatwise::cli
