#include "storage/store_folder.h"

#include "gtest/gtest.h"

namespace seatwise {
namespace {

std::string Fresh(const std::string& name) { return testing::TempDir() + "/folder_" + name; }

TEST(StoreFolderTest, FilesAreWrittenReplacedAndRemoved) {
  const StoreFolder folder(Fresh("files"), nullptr);
  EXPECT_EQ(folder.List().status().code(), absl::StatusCode::kNotFound);
  ASSERT_TRUE(folder.Create().ok());
  EXPECT_TRUE(folder.Create().ok());
  EXPECT_FALSE(folder.Exists("A"));
  ASSERT_TRUE(folder.WriteDurably("A", "one").ok());
  ASSERT_TRUE(folder.WriteDurably("A", "two").ok());
  EXPECT_EQ(folder.Read("A").value(), "two");
  EXPECT_EQ(folder.List().value(), (std::vector<std::string>{"A"}));
  ASSERT_TRUE(folder.RemoveDurably("A").ok());
  EXPECT_EQ(folder.Read("A").status().code(), absl::StatusCode::kDataLoss);
}

TEST(StoreFolderTest, AFolderIsMadeHoweverItsPathIsSpelled) {
  const std::string parent = Fresh("parent");
  ASSERT_TRUE(StoreFolder(parent, nullptr).Create().ok());
  for (const char* name : {"/a", "/b/", "/c//"}) {
    const StoreFolder folder(parent + name, nullptr);
    EXPECT_TRUE(folder.Create().ok()) << name;
    EXPECT_TRUE(folder.List().ok()) << name;
  }
  EXPECT_TRUE(StoreFolder("relative", nullptr).Create().ok());
  EXPECT_FALSE(StoreFolder(parent + "/absent/a", nullptr).Create().ok());
}

TEST(StoreFolderTest, TheLockIsHeldByOne) {
  {
    StoreFolder first(Fresh("lock"), nullptr);
    ASSERT_TRUE(first.Create().ok());
    ASSERT_TRUE(first.Lock().ok());
    StoreFolder second(Fresh("lock"), nullptr);
    const absl::Status status = second.Lock();
    EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable);
    EXPECT_NE(status.message().find("is in use"), absl::string_view::npos) << status;
  }
  StoreFolder third(Fresh("lock"), nullptr);
  EXPECT_TRUE(third.Lock().ok());
}

TEST(StoreFolderTest, RemovingContentsLeavesWhatIsNotTheStores) {
  const StoreFolder folder(Fresh("contents"), nullptr);
  ASSERT_TRUE(folder.Create().ok());
  ASSERT_TRUE(folder.RemoveContents().ok());
  ASSERT_TRUE(folder.WriteDurably(kMarkFile, "m").ok());
  ASSERT_TRUE(folder.WriteDurably("notes.txt", "n").ok());
  ASSERT_TRUE(folder.env()->CreateDir(folder.RocksPath()).ok());
  ASSERT_TRUE(folder.WriteDurably("rocks/CURRENT", "c").ok());
  ASSERT_TRUE(folder.RemoveContents().ok());
  EXPECT_EQ(folder.List().value(), (std::vector<std::string>{"notes.txt"}));
}

}  // namespace
}  // namespace seatwise
