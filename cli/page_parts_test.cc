#include "cli/page_parts.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace seatwise::cli {
namespace {

PagePart PartOf(const std::string& name, size_t rows, size_t bytes_of_row) {
  PagePart part(name, 100);
  for (size_t i = 0; i < rows; ++i) part.Add("\"" + std::string(bytes_of_row - 4, 'x') + "\"");
  return part;
}

TEST(FairSharesTest, WhoWantsLittleGetsItAndTheRestShareAlike) {
  const struct {
    std::vector<size_t> wanted;
    size_t total;
    std::vector<size_t> shares;
  } kCases[] = {
      {{}, 10, {}},
      {{1, 2, 3}, 10, {1, 2, 3}},
      {{1, 2, 3}, 6, {1, 2, 3}},
      {{9, 1, 9}, 11, {5, 1, 5}},
      {{9, 1, 3}, 9, {5, 1, 3}},
      {{9, 9, 9}, 7, {2, 2, 3}},
      {{9, 0}, 0, {0, 0}},
  };
  for (const auto& c : kCases) EXPECT_EQ(FairShares(c.wanted, c.total), c.shares) << c.total;
}

TEST(PagePartTest, CountsWhatItHasNoRoomFor) {
  PagePart part("seats", 2);
  for (const char* row : {"{}", "[]", "3"}) part.Add(row);
  EXPECT_EQ(part.ToMembers(), "\"seats\":[\n{},\n[]],\n\"more_seats\":1");
  part.SetAll(70);
  part.LeaveOpen();
  EXPECT_EQ(part.ToMembers(), "\"seats\":[\n{},\n[]],\n\"more_seats\":68,\n\"open_seats\":true");
}

TEST(PagePartTest, ARowTakesWhatItTakesInThePage) {
  PagePart part("seats", 9);
  part.Add("\"<\"");
  EXPECT_EQ(part.bytes(), std::string("\"\\u003c\",\n").size());
}

TEST(PagePartTest, OneThatIsTooLongDoesNotKeepOutOthers) {
  PagePart part("seats", 9);
  for (const char* row : {"1", "1234567890", "2"}) part.Add(row);
  EXPECT_TRUE(part.FitInto(8));
  EXPECT_EQ(part.ToMembers(), "\"seats\":[\n1,\n2],\n\"more_seats\":1");
  EXPECT_FALSE(part.FitInto(8));
}

TEST(PagePartTest, AllPartsFitTogetherAndTheLongestAreCut) {
  std::vector<PagePart> parts = {PartOf("a", 10, 100), PartOf("b", 3, 10), PartOf("c", 9, 100)};
  EXPECT_FALSE(FitParts(parts, 1930));
  EXPECT_TRUE(FitParts(parts, 1030));
  EXPECT_EQ(parts[0].shown(), 5u);
  EXPECT_EQ(parts[1].shown(), 3u);
  EXPECT_EQ(parts[2].shown(), 5u);
}

TEST(SeenRevisionsTest, AreTheFirstAndTheLast) {
  SeenRevisions seen;
  seen.Saw(SeenRevisions());
  EXPECT_EQ(seen.first, 0);
  for (const int64_t revision : {7, 5, 9, 8}) seen.Saw(revision);
  EXPECT_EQ(seen.first, 5);
  EXPECT_EQ(seen.last, 9);
}

}  // namespace
}  // namespace seatwise::cli
