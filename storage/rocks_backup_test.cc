#include "storage/rocks_backup.h"

#include <atomic>
#include <thread>

#include "storage/scripted_load.h"
#include "storage/store_damage.h"

namespace seatwise {
namespace {

using Keys = std::vector<std::string>;

class RocksBackupTest : public testing::Test {
 protected:
  RocksBackupTest()
      : path_(FreshPath()),
        store_(OpenRocksStore(OptionsFor(path_)).value()),
        owner_(store_->OpenTenant({1}).value()),
        backups_(FreshPath("backups")) {}

  const std::string path_;
  const std::unique_ptr<Store> store_;
  const Owner owner_;
  const std::string backups_;
};

TEST_F(RocksBackupTest, ARestoredStoreIsTheOneThatWasBackedUpInAnotherGeneration) {
  ASSERT_TRUE(PutOne(*store_, owner_, "a", "1").ok());
  ASSERT_TRUE(store_->Backup(backups_).ok());
  ASSERT_TRUE(PutOne(*store_, owner_, "b", "2").ok());
  ASSERT_TRUE(store_->Backup(backups_).ok());
  ASSERT_TRUE(PutOne(*store_, owner_, "c", "after the backup").ok());
  EXPECT_TRUE(VerifyBackup(backups_).ok());

  const std::string restored = FreshPath();
  ASSERT_TRUE(RestoreBackup(backups_, OptionsFor(restored)).ok());
  const auto store = OpenRocksStore(OptionsFor(restored)).value();
  EXPECT_EQ(KeysOf(*store, {1}), (Keys{"a", "b"}));
  EXPECT_EQ(store->generation(), 2);
  EXPECT_EQ(PutOne(*store, owner_, "x", "").code(), absl::StatusCode::kFailedPrecondition);
}

// reliability.md, test 7.
TEST_F(RocksBackupTest, ABackupWhileWritingIsAPrefixOfTheOrder) {
  const Owner owners[2] = {owner_, store_->OpenTenant({2}).value()};
  std::atomic<int> acknowledged = 0;
  std::atomic<bool> enough = false;
  std::thread writer([&] {
    for (int i = 1; !enough; ++i) {
      ASSERT_TRUE(store_->AwaitDurable(AppendWrite(*store_, owners, i).value()).ok());
      acknowledged = i;
    }
  });
  for (int backup = 1; backup <= 3; ++backup) {
    while (acknowledged < 10 * backup) std::this_thread::yield();
    const int before = acknowledged;
    ASSERT_TRUE(store_->Backup(backups_).ok());
    const int after = acknowledged + 1;
    const std::string restored = FreshPath();
    ASSERT_TRUE(RestoreBackup(backups_, OptionsFor(restored)).ok());
    const auto store = OpenRocksStore(OptionsFor(restored)).value();
    EXPECT_EQ(FaultOf(*store, {after, before}), "");
  }
  enough = true;
  writer.join();
}

TEST_F(RocksBackupTest, NothingIsRestoredOverSomethingElse) {
  ASSERT_TRUE(store_->Backup(backups_).ok());
  EXPECT_EQ(RestoreBackup(backups_, OptionsFor(path_)).code(),
            absl::StatusCode::kFailedPrecondition);
}

TEST_F(RocksBackupTest, WithoutABackupThereIsNothingToVerifyOrRestore) {
  EXPECT_FALSE(VerifyBackup(backups_).ok());
  EXPECT_FALSE(RestoreBackup(backups_, OptionsFor(FreshPath())).ok());
}

TEST_F(RocksBackupTest, ADamagedBackupIsNeitherGoodNorRestored) {
  ASSERT_TRUE(PutOne(*store_, owner_, "a", std::string(1000, 'v')).ok());
  ASSERT_TRUE(store_->Backup(backups_).ok());
  for (const auto& entry : std::filesystem::recursive_directory_iterator(backups_)) {
    if (entry.path().extension() == ".sst") FlipBit(entry.path().string(), 8 * 5);
  }
  const std::string restored = FreshPath();
  EXPECT_EQ(VerifyBackup(backups_).code(), absl::StatusCode::kDataLoss);
  EXPECT_EQ(RestoreBackup(backups_, OptionsFor(restored)).code(), absl::StatusCode::kDataLoss);
  EXPECT_EQ(OpenRocksStore(OptionsFor(restored)).value()->generation(), 1);
}

TEST_F(RocksBackupTest, ADamagedTableIsNotBackedUp) {
  ASSERT_TRUE(PutOne(*store_, owner_, "a", std::string(1000, 'v')).ok());
  ASSERT_TRUE(store_->Backup(FreshPath("backups")).ok());  // Makes a table.
  FlipBit(NewestFile(path_, "0", ".sst"), 8 * 5);
  EXPECT_EQ(store_->Backup(backups_).code(), absl::StatusCode::kDataLoss);
}

}  // namespace
}  // namespace seatwise
