#include "engine/incremental/user_record.h"

#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace seatwise {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(UserRecordTest, KeepsWhatItIsMadeOf) {
  const std::vector<uint32_t> groups = {3, 7, 8};
  const std::vector<Time> added_at = {Time{30}, Time{-7}, Time{80}};
  const std::vector<uint32_t> ends = {1, 4};
  DirectList direct;
  direct.list.resize(2);
  direct.list[1].assignment.sku = 9;
  const Ref<DirectList> shared = Ref<DirectList>::Make(std::move(direct));
  Ref<UserRecord> record = UserRecord::Make({.id = "ana",
                                             .usage_location = *Location::Parse("DE"),
                                             .created_at = Time{5},
                                             .address_clash = true,
                                             .groups = groups,
                                             .added_at = added_at,
                                             .address_text = "abcd",
                                             .address_ends = ends,
                                             .direct = shared});
  // Another one of its view is as good.
  record = UserRecord::Make(record->View());
  EXPECT_EQ(record->id(), "ana");
  EXPECT_EQ(record->usage_location().ToString(), "DE");
  EXPECT_EQ(record->created_at(), Time{5});
  EXPECT_TRUE(record->address_clash());
  EXPECT_THAT(record->groups(), ElementsAre(3, 7, 8));
  EXPECT_THAT(record->added_at(), ElementsAre(Time{30}, Time{-7}, Time{80}));
  ASSERT_EQ(record->addresses(), 2u);
  EXPECT_EQ(record->address(0), "a");
  EXPECT_EQ(record->address(1), "bcd");
  ASSERT_EQ(record->direct().size(), 2u);
  EXPECT_EQ(record->direct()[1].assignment.sku, 9u);
  constexpr size_t kIdAndWhatAlignsTimes = 8;
  EXPECT_EQ(record->bytes(), sizeof(UserRecord) + kIdAndWhatAlignsTimes + 3 * 12 + 2 * 4 + 4);
  record = {};
  EXPECT_TRUE(shared->IsUnique()) << "a record that is gone refers to nothing";
}

TEST(UserRecordTest, MayHaveNothingButAnId) {
  const Ref<UserRecord> record = UserRecord::Make({.id = "u"});
  EXPECT_EQ(record->id(), "u");
  EXPECT_THAT(record->groups(), IsEmpty());
  EXPECT_THAT(record->direct(), IsEmpty());
  EXPECT_EQ(record->addresses(), 0u);
  EXPECT_TRUE(record->usage_location().empty());
}

}  // namespace
}  // namespace seatwise
