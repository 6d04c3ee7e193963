#include "storage/group_lists.h"

#include <memory>
#include <vector>

#include "gtest/gtest.h"
#include "storage/memory_store.h"
#include "storage/posting_list.h"

namespace seatwise {
namespace {

class GroupListsTest : public ::testing::Test {
 protected:
  void Put(const Batch& batch) { ASSERT_TRUE(store_->Commit(owner_, batch, {}).ok()); }

  std::vector<uint32_t> GroupsOf(NumberedPrincipal member, uint32_t from, size_t most = 99) {
    std::vector<uint32_t> groups;
    const absl::Status status =
        ForEachGroupOf(*store_->TakeSnapshot(), owner_.tenant, member, from, [&](uint32_t group) {
          groups.push_back(group);
          return groups.size() < most;
        });
    EXPECT_TRUE(status.ok()) << status;
    return groups;
  }

  std::unique_ptr<Store> store_ = NewMemoryStore();
  Owner owner_ = *store_->OpenTenant(TenantNumber{1});
};

TEST_F(GroupListsTest, UsersAndGroupsWithOneNumberAreInDifferentGroups) {
  Batch batch;
  for (const uint32_t outer : {3u, 300u}) {
    batch.Put(OuterGroupKey(7, outer), "");
    batch.Put(InnerGroupKey(outer, 7), "\x01");
  }
  ASSERT_TRUE(EditPostings(*store_->TakeSnapshot(), {owner_.tenant, kGroupLists, 7},
                           {{1, Time{}}, {4, Time{}}, {9, Time{}}}, batch)
                  .ok());
  Put(batch);
  using List = std::vector<uint32_t>;
  EXPECT_EQ(GroupsOf({.is_group = false, .number = 7}, 0), (List{1, 4, 9}));
  EXPECT_EQ(GroupsOf({.is_group = false, .number = 7}, 4), (List{4, 9}));
  EXPECT_EQ(GroupsOf({.is_group = false, .number = 7}, 0, 1), (List{1}));
  EXPECT_EQ(GroupsOf({.is_group = true, .number = 7}, 0), (List{3, 300}));
  EXPECT_EQ(GroupsOf({.is_group = true, .number = 7}, 4), (List{300}));
  EXPECT_EQ(GroupsOf({.is_group = true, .number = 8}, 0), List{});
  List inner;
  EXPECT_TRUE(ForEachInnerGroup(*store_->TakeSnapshot(), owner_.tenant, 300, [&](uint32_t group) {
                inner.push_back(group);
                return true;
              }).ok());
  EXPECT_EQ(inner, List{7});
}

TEST_F(GroupListsTest, ADamagedKeyIsDataLoss) {
  Batch batch;
  batch.Put(OuterGroupKey(7, 3) + "x", "");
  Put(batch);
  const absl::Status status =
      ForEachGroupOf(*store_->TakeSnapshot(), owner_.tenant, {.is_group = true, .number = 7}, 0,
                     [](uint32_t) { return true; });
  EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss);
}

}  // namespace
}  // namespace seatwise
