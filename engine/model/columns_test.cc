#include "engine/model/columns.h"

#include <string>
#include <vector>

#include "engine/model/columns_from_facts.h"
#include "engine/model/facts.h"
#include "engine/model/location.h"
#include "engine/model/tiny_tenant.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace seatwise {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(ColumnsTest, ListsLieEndToEnd) {
  const std::vector<uint32_t> first = {0, 2, 2, 3};
  const std::vector<char> items = {'a', 'b', 'c'};
  EXPECT_THAT(ListAt(first, items, 0), ElementsAre('a', 'b'));
  EXPECT_THAT(ListAt(first, items, 1), IsEmpty());
  EXPECT_THAT(ListAt(first, items, 2), ElementsAre('c'));
}

TEST(ColumnsTest, TheDefaultLocationIsForUsersWithout) {
  Facts facts = tiny::Tenant();
  facts.settings.default_usage_location = *Location::Parse("DE");
  facts.users[1].usage_location = *Location::Parse("FR");
  const Columns columns = ColumnsFromFacts(facts);
  EXPECT_EQ(columns.LocationOf(*columns.users.Find("ana")), *Location::Parse("DE"));
  EXPECT_EQ(columns.LocationOf(*columns.users.Find("bob")), *Location::Parse("FR"));
}

TEST(ColumnsTest, WithoutADefaultThereIsNone) {
  const Columns columns = ColumnsFromFacts(tiny::Tenant());
  EXPECT_TRUE(columns.LocationOf(0).empty());
}

TEST(ColumnsTest, ClashesAreFoundByUser) {
  Columns columns;
  columns.clashes = {{0, 3, "a"}, {2, 3, "a"}, {2, 3, "b"}, {9, 3, "c"}};
  EXPECT_THAT(columns.ClashesOf(0), ElementsAre(ClashRow{0, 3, "a"}));
  EXPECT_THAT(columns.ClashesOf(1), IsEmpty());
  EXPECT_THAT(columns.ClashesOf(2), ElementsAre(ClashRow{2, 3, "a"}, ClashRow{2, 3, "b"}));
  EXPECT_THAT(columns.ClashesOf(9), ElementsAre(ClashRow{9, 3, "c"}));
  EXPECT_THAT(columns.ClashesOf(10), IsEmpty());
}

}  // namespace
}  // namespace seatwise
