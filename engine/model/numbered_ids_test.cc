#include "engine/model/numbered_ids.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/types/span.h"
#include "gtest/gtest.h"

namespace seatwise {
namespace {

constexpr uint32_t kNone = NumberedIds::kNone;

TEST(NumberedIdsTest, NumbersGoOnFromTheFirstAndAnIdGetsOne) {
  NumberedIds ids(7);
  EXPECT_EQ(ids.Find(""), kNone);
  EXPECT_TRUE(ids.Add("b"));
  EXPECT_TRUE(ids.Add(""));
  EXPECT_FALSE(ids.Add("b"));
  EXPECT_EQ(ids.next(), 9u);
  EXPECT_EQ(ids.Find("b"), 7u);
  EXPECT_EQ(ids.Find(""), 8u);
  EXPECT_EQ(ids.Find("c"), kNone);
  EXPECT_EQ(ids[7], "b");
}

TEST(NumberedIdsTest, FindsWhatWasAddedAndNothingElseWhileItGrows) {
  NumberedIds ids(0);
  for (uint32_t i = 0; i < 5'000; ++i) {
    ASSERT_TRUE(ids.Add(absl::StrCat("id", i)));
    ASSERT_EQ(ids.Find(absl::StrCat("id", i / 2)), i / 2);
    ASSERT_EQ(ids.Find(absl::StrCat("id", i + 1)), kNone);
  }
}

TEST(NumberedIdsTest, RoomMadeAheadChangesNothing) {
  NumberedIds ids(0);
  ids.Reserve(100);
  EXPECT_EQ(ids.Find("a"), kNone);
  for (uint32_t i = 0; i < 200; ++i) ASSERT_TRUE(ids.Add(absl::StrCat("id", i)));
  ids.Reserve(10);
  ids.Reserve(1'000);
  for (uint32_t i = 0; i < 200; ++i) ASSERT_EQ(ids.Find(absl::StrCat("id", i)), i);
  EXPECT_EQ(ids.size(), 200u);
}

TEST(NumberedIdsTest, ManyAtOnceAreFoundAsOneByOne) {
  NumberedIds ids(100);
  std::vector<std::string> names;
  for (int i = 0; i < 1'000; ++i) names.push_back(absl::StrCat("user-", i * 7));
  const std::vector<absl::string_view> wanted(names.begin(), names.end());
  std::vector<uint32_t> numbers(wanted.size());
  ids.FindMany(wanted, absl::MakeSpan(numbers));
  EXPECT_EQ(numbers, std::vector<uint32_t>(wanted.size(), kNone));
  for (size_t i = 0; i < names.size(); i += 2) ids.Add(names[i]);
  ids.FindMany(wanted, absl::MakeSpan(numbers));
  for (size_t i = 0; i < wanted.size(); ++i) {
    ASSERT_EQ(numbers[i], i % 2 == 0 ? 100 + i / 2 : kNone) << i;
  }
}

}  // namespace
}  // namespace seatwise
