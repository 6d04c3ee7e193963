// reliability.md, test 7: the process dies or power is lost at every operation of a backup and of a
// restore. The backup before stays good, the store loses nothing, and the next attempt works.
#include <array>
#include <atomic>
#include <functional>
#include <thread>

#include "storage/faulty_file_system.h"
#include "storage/rocks_backup.h"
#include "storage/scripted_load.h"
#include "storage/store_damage.h"

namespace seatwise {
namespace {

using Unsynced = FaultyFileSystem::Unsynced;

constexpr int kFirst = 12;  // Writes in the backup that is there already.
constexpr int kAll = 20;    // Writes in the store.

// kKept is what the death of the process leaves.
constexpr std::array kUnsynced = {Unsynced::kKept, Unsynced::kLost, Unsynced::kTorn};

std::shared_ptr<FaultyFileSystem> NewFaults() {
  const std::string spares = FreshPath("spares");
  std::filesystem::create_directory(spares);
  return std::make_shared<FaultyFileSystem>(spares);
}

// A store that has gone on since it was backed up.
class BackupCrashTest : public testing::Test {
 protected:
  BackupCrashTest() : store_(FreshPath()), backups_(FreshPath("backups")) {
    EXPECT_TRUE(RunLoad(LoadOptions(store_, nullptr), kFirst).finished);
    const auto store = OpenRocksStore(LoadOptions(store_, nullptr)).value();
    EXPECT_TRUE(store->Backup(backups_).ok());
    const Owner owners[2] = {store->OpenTenant({1}).value(), store->OpenTenant({2}).value()};
    for (int i = kFirst + 1; i <= kAll; ++i) {
      EXPECT_TRUE(store->AwaitDurable(AppendWrite(*store, owners, i).value()).ok());
    }
  }

  // Crashes at operation 1, 2, ... until that comes too late; `crash_at` says whether it did.
  // RocksDB sleeps for a second after some errors, so several run at once. Answers how many.
  static int AtEveryOperation(const std::function<bool(int stop)>& crash_at) {
    std::atomic<int> next = 1;
    std::atomic<bool> late = false;
    std::vector<std::thread> threads;
    for (int i = 0; i < 16; ++i) {
      threads.emplace_back([&] {
        while (!late) {
          if (crash_at(next++)) late = true;
        }
      });
    }
    for (std::thread& thread : threads) thread.join();
    return next - 1;
  }

  const std::string store_;
  const std::string backups_;
};

// The store that comes out of the newest backup holds at least the first writes.
void ExpectGoodBackup(const std::string& backups, int at_least) {
  EXPECT_EQ(VerifyBackup(backups), absl::OkStatus());
  const RocksStoreOptions restored = LoadOptions(FreshPath(), nullptr);
  ASSERT_EQ(RestoreBackup(backups, restored), absl::OkStatus());
  const auto store = OpenRocksStore(restored);
  ASSERT_TRUE(store.ok()) << store.status();
  EXPECT_EQ(FaultOf(**store, {kAll, at_least, true}), "");
}

TEST_F(BackupCrashTest, ABackupThatIsBrokenOffHurtsNeitherTheLastOneNorTheStore) {
  const int operations = AtEveryOperation([&](int stop) {
    SCOPED_TRACE("stopped at operation " + std::to_string(stop));
    const std::string path = CopyOf(store_);
    const std::string backups = CopyOf(backups_);
    const auto faults = NewFaults();
    bool done = false;
    {
      const auto store = OpenRocksStore(LoadOptions(path, faults)).value();
      faults->StopAt(faults->operations() + static_cast<uint64_t>(stop));
      done = store->Backup(backups).ok();
    }
    faults->LosePower(kUnsynced[static_cast<size_t>(stop) % kUnsynced.size()]);
    ExpectGoodBackup(backups, done ? kAll : kFirst);
    const RocksStoreOptions options = LoadOptions(path, nullptr);
    {
      const auto store = OpenRocksStore(options);
      EXPECT_TRUE(store.ok()) << store.status();
      if (!store.ok()) return done;
      EXPECT_EQ(FaultOf(**store, {kAll, kAll, true}), "");
      EXPECT_EQ((*store)->Backup(backups), absl::OkStatus());
    }
    ExpectGoodBackup(backups, kAll);
    std::filesystem::remove_all(path);
    std::filesystem::remove_all(backups);
    return done;
  });
  EXPECT_GT(operations, 16) << "else the backup does not do what it should";
}

TEST_F(BackupCrashTest, ARestoreThatIsBrokenOffCanBeDoneAgain) {
  const int operations = AtEveryOperation([&](int stop) {
    SCOPED_TRACE("stopped at operation " + std::to_string(stop));
    const auto faults = NewFaults();
    faults->StopAt(static_cast<uint64_t>(stop));
    const RocksStoreOptions broken = LoadOptions(FreshPath(), faults);
    const bool done = RestoreBackup(backups_, broken).ok();
    faults->LosePower(kUnsynced[static_cast<size_t>(stop) % kUnsynced.size()]);
    const RocksStoreOptions options = LoadOptions(broken.path, nullptr);
    const absl::Status again = RestoreBackup(backups_, options);
    // It may have been complete, but for saying so.
    EXPECT_TRUE(again.ok() || absl::IsFailedPrecondition(again)) << again;
    EXPECT_FALSE(done && again.ok()) << "what was restored is gone";
    {
      const auto store = OpenRocksStore(options);
      EXPECT_TRUE(store.ok()) << store.status();
      if (!store.ok()) return done;
      EXPECT_EQ(FaultOf(**store, {kFirst, kFirst, true}), "");
    }
    std::filesystem::remove_all(options.path);  // Closed, since RocksDB removes files too.
    return done;
  });
  EXPECT_GT(operations, 16) << "else the restore does not do what it should";
}

}  // namespace
}  // namespace seatwise
