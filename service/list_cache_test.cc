#include "service/list_cache.h"

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace seatwise {
namespace {

using List = std::vector<int>;

TEST(ListCacheTest, AListIsThereUntilItIsReadToTheEnd) {
  ListCache lists;
  EXPECT_EQ(lists.Find<List>("costs"), nullptr);
  const auto list = std::make_shared<const List>(List{1, 2});
  lists.PageWasRead("costs", list, true);
  EXPECT_EQ(lists.Find<List>("costs"), list);
  EXPECT_EQ(lists.Find<List>("cost"), nullptr);
  lists.PageWasRead("costs", list, false);
  EXPECT_EQ(lists.Find<List>("costs"), nullptr);
  EXPECT_EQ(list.use_count(), 1);
  lists.PageWasRead("costs", list, false);
}

TEST(ListCacheTest, TheOldestGivesWayAndTheFirstOfOneKeyStays) {
  ListCache lists;
  const auto first = std::make_shared<const List>();
  lists.PageWasRead("0", first, true);
  lists.PageWasRead("0", std::make_shared<const List>(), true);
  EXPECT_EQ(lists.Find<List>("0"), first);
  for (size_t i = 1; i < ListCache::kMostLists; ++i) {
    lists.PageWasRead(absl::StrCat(i), std::make_shared<const List>(), true);
  }
  EXPECT_EQ(lists.Find<List>("0"), first);
  lists.PageWasRead("more", std::make_shared<const List>(), true);
  EXPECT_EQ(lists.Find<List>("0"), nullptr);
  EXPECT_NE(lists.Find<List>("1"), nullptr);
}

}  // namespace
}  // namespace seatwise
