#include "engine/incremental/number_index.h"

#include <algorithm>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace seatwise {
namespace {

const std::vector<std::string> kIds = {"b",         "B",         "aaaaaaaab", "aaaaaaaa",
                                       "aaaaaaaac", "\xc3\xa9x", "",          "aaaaaaa"};

TEST(NumberIndexTest, OrderIsThatOfTheBytes) {
  const auto id_of = [](uint32_t number) { return absl::string_view(kIds[number]); };
  const OrderById<decltype(id_of)> less{id_of};
  OrderIndex index;
  for (uint32_t i = 0; i < kIds.size(); ++i)
    EXPECT_TRUE(index.Insert({PrefixOf(kIds[i]), i}, less));
  std::vector<std::string> sorted = kIds;
  std::sort(sorted.begin(), sorted.end());
  std::vector<std::string> found;
  index.ForEach([&](const OrderedNumber& entry) { found.push_back(kIds[entry.number]); });
  EXPECT_EQ(found, sorted);
  for (const char* probe : {"", "B", "a", "aaaaaaaa", "aaaaaaaabb", "zz", "\xc3\xa9y"}) {
    const auto place = std::lower_bound(sorted.begin(), sorted.end(), probe) - sorted.begin();
    EXPECT_EQ(index.Rank(absl::string_view(probe), less), place) << probe;
  }
}

TEST(NumberIndexTest, TextsWithEqualHashesAreToldApart) {
  const auto text_of = [](uint32_t number) { return absl::string_view(kIds[number]); };
  HashTrie index;
  const uint64_t hash = HashOfText("b");
  for (uint32_t i = 0; i < kIds.size(); ++i) index.Insert({hash, i});
  EXPECT_EQ(FindText(index, "b", text_of), 0u);
  EXPECT_EQ(FindText(index, "c", text_of), std::nullopt);
  index.Erase({hash, 0});
  index.Insert({hash, 0});
  EXPECT_EQ(FindText(index, "b", text_of), 0u);
}

}  // namespace
}  // namespace seatwise
