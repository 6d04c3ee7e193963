#include "storage/tenant_directory.h"

#include <memory>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "storage/batch.h"
#include "storage/memory_store.h"
#include "storage/store.h"

namespace seatwise {
namespace {

class TenantDirectoryTest : public ::testing::Test {
 protected:
  TenantNumber Create(const char* id) { return directory_->Create(TenantId(id), Time{5})->number; }
  // A write of some owner of the tenant.
  absl::Status Write(const Owner& owner) {
    Batch batch;
    batch.Put("key", "value");
    return store_->Commit(owner, batch, {}).status();
  }
  bool HasKeys(TenantNumber number) {
    bool has = false;
    EXPECT_TRUE(store_->TakeSnapshot()
                    ->Scan(number, {},
                           [&](absl::string_view, absl::string_view) {
                             has = true;
                             return false;
                           })
                    .ok());
    return has;
  }

  std::unique_ptr<Store> store_ = NewMemoryStore();
  std::unique_ptr<TenantDirectory> directory_ = *TenantDirectory::Open(*store_);
};

TEST_F(TenantDirectoryTest, TenantsHaveNumbersThatAreNeverGivenTwice) {
  EXPECT_EQ(Create("contoso"), TenantNumber{1});
  EXPECT_EQ(Create("fabrikam"), TenantNumber{2});
  ASSERT_TRUE(directory_->Delete(TenantId("fabrikam")).ok());
  directory_ = *TenantDirectory::Open(*store_);
  EXPECT_EQ(Create("fabrikam"), TenantNumber{3});
  EXPECT_EQ(directory_->Find(TenantId("contoso"))->number, TenantNumber{1});
  EXPECT_EQ(directory_->Find(TenantId("contoso"))->created_at, Time{5});
}

TEST_F(TenantDirectoryTest, BadIdsAndIdsTwiceAreRefused) {
  Create("contoso");
  EXPECT_EQ(directory_->Create(TenantId("contoso"), Time{}).status().code(),
            absl::StatusCode::kAlreadyExists);
  for (const std::string& id : {std::string(), std::string("a;b"), std::string(129, 'a')}) {
    EXPECT_EQ(directory_->Create(TenantId(id), Time{}).status().code(),
              absl::StatusCode::kInvalidArgument)
        << id;
  }
  EXPECT_EQ(directory_->Find(TenantId("fabrikam")).status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(directory_->Delete(TenantId("fabrikam")).code(), absl::StatusCode::kNotFound);
}

TEST_F(TenantDirectoryTest, ListsByIdAPageAtATime) {
  for (const char* id : {"c", "a", "b\x01", "b"}) Create(id);
  std::vector<std::string> ids;
  const auto first = directory_->List(TenantId(), 3);
  for (const TenantEntry& tenant : *first) ids.push_back(tenant.id.value());
  EXPECT_EQ(ids, (std::vector<std::string>{"a", "b", "b\x01"}));
  const auto rest = directory_->List(TenantId("b"), 9);
  ASSERT_EQ(rest->size(), 2u);
  EXPECT_EQ((*rest)[0].id, TenantId("b\x01"));
  EXPECT_EQ((*rest)[1].id, TenantId("c"));
}

TEST_F(TenantDirectoryTest, ADeletedTenantHasNoFactsAndNoWriter) {
  const TenantNumber number = Create("contoso");
  const TenantNumber other = Create("fabrikam");
  const Owner owner = *store_->OpenTenant(number);
  ASSERT_TRUE(Write(owner).ok());
  ASSERT_TRUE(Write(*store_->OpenTenant(other)).ok());
  ASSERT_TRUE(directory_->Delete(TenantId("contoso")).ok());
  EXPECT_EQ(directory_->Find(TenantId("contoso")).status().code(), absl::StatusCode::kNotFound);
  EXPECT_FALSE(HasKeys(number));
  EXPECT_TRUE(HasKeys(other));
  EXPECT_EQ(Write(owner).code(), absl::StatusCode::kFailedPrecondition);
}

TEST_F(TenantDirectoryTest, AnInterruptedDeletionIsCompletedByTheNextOpen) {
  const TenantNumber number = Create("contoso");
  ASSERT_TRUE(Write(*store_->OpenTenant(number)).ok());
  // What Delete does first, and then the power fails: its two writes, by another owner.
  std::vector<std::string> keys;
  ASSERT_TRUE(store_->TakeSnapshot()
                  ->Scan(kDirectoryTenant, {},
                         [&](absl::string_view key, absl::string_view) {
                           keys.emplace_back(key);
                           return true;
                         })
                  .ok());
  Batch batch;
  batch.Delete(keys[0]);
  batch.Put(std::string("\x62\0\0\0\x01", 5), "");
  ASSERT_TRUE(store_->Commit(*store_->OpenTenant(kDirectoryTenant), batch, {}).ok());
  EXPECT_TRUE(HasKeys(number));
  directory_ = *TenantDirectory::Open(*store_);
  EXPECT_FALSE(HasKeys(number));
  EXPECT_EQ(directory_->Find(TenantId("contoso")).status().code(), absl::StatusCode::kNotFound);
}

}  // namespace
}  // namespace seatwise
