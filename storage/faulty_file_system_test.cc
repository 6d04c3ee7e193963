#include "storage/faulty_file_system.h"

#include "storage/store_damage.h"
#include "storage/store_folder.h"

namespace seatwise {
namespace {

using Operation = FaultyFileSystem::Operation;
using Unsynced = FaultyFileSystem::Unsynced;

class FaultyFileSystemTest : public testing::Test {
 protected:
  FaultyFileSystemTest()
      : faults_(std::make_shared<FaultyFileSystem>(testing::TempDir())),
        folder_(FreshPath("faulty"), faults_) {
    EXPECT_TRUE(folder_.Create().ok());
  }

  // Writes without a sync.
  void Write(const std::string& name, const std::string& content) {
    EXPECT_TRUE(rocksdb::WriteStringToFile(faults_.get(), content, folder_.PathOf(name)).ok());
  }
  std::string Content(const std::string& name) { return ContentOf(folder_.PathOf(name)); }

  const std::shared_ptr<FaultyFileSystem> faults_;
  const StoreFolder folder_;
};

TEST_F(FaultyFileSystemTest, WhatIsSyncedSurvivesALossOfPower) {
  ASSERT_TRUE(folder_.WriteDurably("a", "synced").ok());
  faults_->LosePower(Unsynced::kLost);
  EXPECT_EQ(Content("a"), "synced");
}

TEST_F(FaultyFileSystemTest, BytesThatAreNotSyncedAreLostTornOrKept) {
  const struct {
    Unsynced unsynced;
    std::string left;
  } cases[] = {{Unsynced::kLost, ""}, {Unsynced::kTorn, "123"}, {Unsynced::kKept, "123456"}};
  for (const auto& [unsynced, left] : cases) {
    Write("a", "123456");
    ASSERT_TRUE(folder_.SyncNames().ok());
    faults_->LosePower(unsynced);
    EXPECT_TRUE(folder_.Exists("a"));
    EXPECT_EQ(Content("a"), left);
  }
}

TEST_F(FaultyFileSystemTest, NamesThatAreNotSyncedGoBackToWhatTheyWere) {
  ASSERT_TRUE(folder_.WriteDurably("replaced", "before").ok());
  ASSERT_TRUE(folder_.WriteDurably("deleted", "before").ok());
  const auto before = FilesOf(folder_.path());
  Write("new", "");
  Write("fresh", "after");
  const rocksdb::IOOptions io;
  ASSERT_TRUE(
      faults_->RenameFile(folder_.PathOf("fresh"), folder_.PathOf("replaced"), io, nullptr).ok());
  ASSERT_TRUE(faults_->DeleteFile(folder_.PathOf("deleted"), io, nullptr).ok());
  EXPECT_EQ(Content("replaced"), "after");
  faults_->LosePower(Unsynced::kLost);
  EXPECT_EQ(FilesOf(folder_.path()), before);
}

TEST_F(FaultyFileSystemTest, AFolderThatIsNotSyncedTakesItsFilesAlong) {
  const rocksdb::IOOptions io;
  for (const bool sync : {false, true}) {
    ASSERT_TRUE(faults_->CreateDirIfMissing(folder_.PathOf("sub"), io, nullptr).ok());
    const StoreFolder sub(folder_.PathOf("sub"), faults_);
    ASSERT_TRUE(sub.WriteDurably("a", "synced").ok());
    if (sync) {
      ASSERT_TRUE(folder_.SyncNames().ok());
    }
    faults_->LosePower(Unsynced::kLost);
    EXPECT_EQ(folder_.Exists("sub"), sync);
  }
  EXPECT_EQ(Content("sub/a"), "synced");
}

TEST_F(FaultyFileSystemTest, OverwrittenBytesComeBackUnlessSynced) {
  ASSERT_TRUE(folder_.WriteDurably("a", "0123456789").ok());
  const rocksdb::IOOptions io;
  for (const bool sync : {false, true}) {
    std::unique_ptr<rocksdb::FSRandomRWFile> file;
    ASSERT_TRUE(faults_->NewRandomRWFile(folder_.PathOf("a"), {}, &file, nullptr).ok());
    ASSERT_TRUE(file->Write(2, "xx", io, nullptr).ok());
    ASSERT_TRUE(file->Write(3, "yy", io, nullptr).ok());
    if (sync) {
      ASSERT_TRUE(file->Sync(io, nullptr).ok());
    }
    EXPECT_EQ(Content("a"), "01xyy56789");
    file.reset();
    faults_->LosePower(Unsynced::kLost);
    EXPECT_EQ(Content("a"), sync ? "01xyy56789" : "0123456789");
  }
}

TEST_F(FaultyFileSystemTest, AfterTheStopNothingIsDone) {
  ASSERT_TRUE(folder_.WriteDurably("a", "before").ok());
  const uint64_t done = faults_->operations();
  faults_->StopAt(done + 2);
  EXPECT_FALSE(folder_.WriteDurably("a", "after").ok());
  EXPECT_FALSE(folder_.WriteDurably("b", "after").ok());
  EXPECT_EQ(Content("a"), "before");
  EXPECT_FALSE(folder_.Exists("b"));
}

TEST_F(FaultyFileSystemTest, IgnoredSyncsSayOkAndKeepNothing) {
  faults_->IgnoreSyncs();
  ASSERT_TRUE(folder_.WriteDurably("a", "lost").ok());
  faults_->LosePower(Unsynced::kLost);
  EXPECT_FALSE(folder_.Exists("a"));
}

TEST_F(FaultyFileSystemTest, AFaultIsHitOnItsFilesAndKindOnly) {
  faults_->Fail({Operation::kSync, "bad", rocksdb::IOStatus::IOError("EIO"), /*once=*/true});
  EXPECT_TRUE(folder_.WriteDurably("good", "").ok());
  EXPECT_FALSE(folder_.WriteDurably("bad", "").ok());
  EXPECT_TRUE(folder_.WriteDurably("bad", "").ok());
  EXPECT_EQ(faults_->EndFault(), 1);
  EXPECT_EQ(faults_->EndFault(), 0);
}

}  // namespace
}  // namespace seatwise
