#include "storage/row_reader.h"

#include <memory>

#include "gtest/gtest.h"
#include "storage/fact_keys.h"
#include "storage/memory_store.h"
#include "storage/record.pb.h"
#include "storage/record_format.h"
#include "storage/records.h"

namespace seatwise {
namespace {

class RowReaderTest : public ::testing::Test {
 protected:
  void Put(absl::string_view key, absl::string_view value) {
    Batch batch;
    batch.Put(key, value);
    ASSERT_TRUE(store_->Commit(owner_, batch, {}).ok());
  }
  absl::StatusOr<Fact> Read(absl::string_view key, absl::string_view value) {
    return RowReader(*store_->TakeSnapshot(), owner_.tenant).Read(key, value);
  }

  std::unique_ptr<Store> store_ = NewMemoryStore();
  Owner owner_ = *store_->OpenTenant(TenantNumber{1});
};

TEST_F(RowReaderTest, ARowNeedsTheNamesThatItTellsByNumber) {
  const std::string key = AssignmentStoredKey({.is_group = true, .number = 5}, SkuId("E3"));
  const Assignment assignment{.principal = GroupId("staff"), .sku = SkuId("E3"), .priority = -3};
  const std::string value = EncodeMessage(ToAssignmentRecord(assignment));
  EXPECT_EQ(Read(key, value).status().code(), absl::StatusCode::kDataLoss);
  Put(GroupNameKey(5), EncodeMessage(ToGroupNameRecord({.id = GroupId("staff")})));
  EXPECT_EQ(*Read(key, value), Fact(assignment));
}

TEST_F(RowReaderTest, DamagedRowsAreDataLoss) {
  Put(GroupNameKey(5), EncodeMessage(ToGroupNameRecord({.id = GroupId("staff")})));
  const std::string nothing = EncodeMessage(storage::InnerGroupRecord());
  for (const std::string& key :
       {KeyWriter(Table::kInnerGroup).Number32(5).Take(), InnerGroupKey(5, 5) + "x",
        KeyWriter(Table::kAssignment).Byte(2).Number32(5).Id("E3").Take(),
        KeyWriter(Table::kAssignment).Byte(1).Number32(5).Take(),
        KeyWriter(Table::kObserved).Id("ana").Take(), KeyWriter(Table::kPlan).Take()}) {
    EXPECT_EQ(Read(key, nothing).status().code(), absl::StatusCode::kDataLoss);
  }
  EXPECT_EQ(std::get<Membership>(*Read(InnerGroupKey(5, 5), nothing)).group, GroupId("staff"));
  EXPECT_FALSE(Read(InnerGroupKey(5, 5), "").ok());
}

}  // namespace
}  // namespace seatwise
