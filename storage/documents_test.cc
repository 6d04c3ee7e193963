#include "storage/documents.h"

#include <memory>
#include <optional>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/memory_store.h"

namespace seatwise {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

struct Fixture {
  std::unique_ptr<Store> store = NewMemoryStore();
  Documents documents{*store, *store->OpenTenant(TenantNumber{7})};
};

TEST(DocumentsTest, WhatIsPutIsThereUntilItIsDeleted) {
  Fixture f;
  EXPECT_EQ(*f.documents.Get("runs", "1"), std::nullopt);
  ASSERT_TRUE(f.documents.Put("runs", {"1", "one"}).ok());
  ASSERT_TRUE(f.documents.Put("runs", {"1", ""}).ok());
  EXPECT_EQ(*f.documents.Get("runs", "1"), "");
  EXPECT_EQ(*f.documents.Get("run", "1"), std::nullopt);
  ASSERT_TRUE(f.documents.Delete("runs", "1").ok());
  ASSERT_TRUE(f.documents.Delete("runs", "1").ok());
  EXPECT_EQ(*f.documents.Get("runs", "1"), std::nullopt);
}

TEST(DocumentsTest, AFolderIsListedByNameFromAnyNameOn) {
  Fixture f;
  const std::string odd("b\0c", 3);
  for (const std::string& name : {std::string("b"), std::string("a"), odd, std::string("ba")}) {
    ASSERT_TRUE(f.documents.Put("runs", {name, "of " + name}).ok());
  }
  ASSERT_TRUE(f.documents.Put("runs2", {"b", "another folder"}).ok());
  EXPECT_THAT(
      *f.documents.List("runs", "", 3),
      ElementsAre(Document{"a", "of a"}, Document{"b", "of b"}, Document{odd, "of " + odd}));
  EXPECT_THAT(*f.documents.List("runs", "b", 9),
              ElementsAre(Document{odd, "of " + odd}, Document{"ba", "of ba"}));
  EXPECT_THAT(*f.documents.List("runs", "ba", 9), IsEmpty());
  EXPECT_THAT(*f.documents.List("run", "", 9), IsEmpty());
}

TEST(DocumentsTest, TenantsDoNotSeeEachOther) {
  Fixture f;
  ASSERT_TRUE(f.documents.Put("runs", {"1", "one"}).ok());
  Documents other(*f.store, *f.store->OpenTenant(TenantNumber{8}));
  EXPECT_EQ(*other.Get("runs", "1"), std::nullopt);
  EXPECT_THAT(*other.List("runs", "", 9), IsEmpty());
}

}  // namespace
}  // namespace seatwise
