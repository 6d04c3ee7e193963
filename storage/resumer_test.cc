#include "storage/resumer.h"

#include <atomic>
#include <chrono>
#include <filesystem>
#include <memory>

#include "storage/faulty_file_system.h"
#include "storage/store_damage.h"

namespace seatwise {
namespace {

// What a resume does for a store is in fault_test.cc; this is when there is one.
class ResumerTest : public testing::Test {
 protected:
  ResumerTest() {
    const std::string spares = FreshPath("spares");
    std::filesystem::create_directory(spares);
    faults_ = std::make_shared<FaultyFileSystem>(spares);
    folder_ = std::make_unique<StoreFolder>(FreshPath("resumer"), faults_);
    EXPECT_TRUE(folder_->Create().ok());
    rocksdb::Options options;
    options.create_if_missing = true;
    rocksdb::DB* db = nullptr;
    EXPECT_TRUE(rocksdb::DB::Open(options, folder_->RocksPath(), &db).ok());
    db_.reset(db);
  }

  void BeFull() { condition_.Failed(rocksdb::Status::NoSpace("full"), "x", false).IgnoreError(); }

  void BeginOften(Resumer& resumer, double seconds) {
    const Stopwatch watch;
    while (watch.Seconds() < seconds && resumed_ == 0) {
      resumer.Begin([this] { ++resumed_; });
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
  }

  std::shared_ptr<FaultyFileSystem> faults_;
  std::unique_ptr<StoreFolder> folder_;
  std::unique_ptr<rocksdb::DB> db_;
  StoreCondition condition_{0};
  std::atomic<int> resumed_ = 0;
};

TEST_F(ResumerTest, AHealthyStoreIsLeftAlone) {
  Resumer resumer(*db_, *folder_, condition_, 60);
  BeginOften(resumer, 0.05);
  EXPECT_EQ(resumed_, 0);
}

TEST_F(ResumerTest, AFullDiskIsTriedUntilThereIsRoom) {
  BeFull();
  faults_->Fail({FaultyFileSystem::Operation::kAppend, "ROOM", rocksdb::IOStatus::NoSpace("full")});
  Resumer resumer(*db_, *folder_, condition_, 60);
  BeginOften(resumer, 0.05);
  EXPECT_EQ(resumed_, 0);
  EXPECT_EQ(condition_.Health().code(), absl::StatusCode::kResourceExhausted);
  EXPECT_GT(faults_->EndFault(), 0);
  BeginOften(resumer, 20);
  EXPECT_EQ(resumed_, 1);
}

TEST_F(ResumerTest, AnAttemptThatTakesTooLongHalts) {
  BeFull();
  Resumer resumer(*db_, *folder_, condition_, 0);
  resumer.Begin([] { std::this_thread::sleep_for(std::chrono::milliseconds(200)); });
  resumer.Begin([] {});
  EXPECT_EQ(condition_.Health().code(), absl::StatusCode::kUnavailable);
}

}  // namespace
}  // namespace seatwise
