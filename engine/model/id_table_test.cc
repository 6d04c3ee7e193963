#include "engine/model/id_table.h"

#include <random>
#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace seatwise {
namespace {

using ::testing::ElementsAre;

StringColumn Column(std::initializer_list<absl::string_view> ids) {
  StringColumn column;
  for (absl::string_view id : ids) column.Add(id);
  return column;
}

TEST(IdTableTest, NumbersFollowTheBytes) {
  const auto built =
      IdTable::Build(Column({"b", "a", "B", "\xc3\xa9", "ab", "12345678b", "12345678a"}));
  EXPECT_THAT(built.number_of, ElementsAre(5, 3, 2, 6, 4, 1, 0));
  EXPECT_EQ(built.table[6], "\xc3\xa9");
  EXPECT_TRUE(built.repeated.empty());
}

TEST(IdTableTest, ZeroPaddedPrefixesAreNotEqualIds) {
  const absl::string_view with_nul("a\0", 2);
  const auto built = IdTable::Build(Column({with_nul, "a"}));
  EXPECT_THAT(built.number_of, ElementsAre(1, 0));
  EXPECT_TRUE(built.repeated.empty());
}

TEST(IdTableTest, RepeatedIdsAreReportedAtTheirLaterPlaces) {
  const auto built = IdTable::Build(Column({"x", "y", "x", "y", "x"}));
  EXPECT_EQ(built.table.size(), 2u);
  EXPECT_THAT(built.repeated, ElementsAre(2, 3, 4));
  EXPECT_THAT(built.number_of, ElementsAre(0, 1, 0, 1, 0));
}

TEST(IdTableTest, TheEmptyTableFindsNothing) {
  const IdTable table;
  EXPECT_EQ(table.Find("x"), std::nullopt);
  const absl::string_view id = "x";
  uint32_t number = 0;
  table.FindMany(absl::MakeSpan(&id, 1), absl::MakeSpan(&number, 1));
  EXPECT_EQ(number, IdTable::kNone);
}

TEST(IdTableTest, FindsAllAndOnlyItsIds) {
  std::mt19937_64 random(7);
  std::set<std::string> ids;
  while (ids.size() < 2'000) ids.insert(absl::StrCat(absl::Hex(random() % 5'000)));
  StringColumn column;
  for (const std::string& id : ids) column.Add(id);
  const IdTable table = IdTable::Build(column).table;
  std::vector<std::string> texts;
  for (int i = 0; i < 5'000; ++i) texts.push_back(absl::StrCat(absl::Hex(i)));
  const std::vector<absl::string_view> asked(texts.begin(), texts.end());
  std::vector<uint32_t> numbers(asked.size());
  table.FindMany(asked, absl::MakeSpan(numbers));
  for (size_t i = 0; i < asked.size(); ++i) {
    const auto found = table.Find(asked[i]);
    ASSERT_EQ(found.has_value(), ids.count(texts[i]) == 1) << texts[i];
    ASSERT_EQ(numbers[i], found.value_or(IdTable::kNone));
    if (found.has_value()) {
      ASSERT_EQ(table[*found], asked[i]);
    }
  }
}

}  // namespace
}  // namespace seatwise
