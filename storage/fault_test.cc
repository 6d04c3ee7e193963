// reliability.md, tests 4 and 5: an operation of the disk fails, once or for good, while a store is
// loaded. Writes halt, or wait for room on a full disk; reads go on and are right; and after a
// restart everything acknowledged is there.
#include <chrono>
#include <thread>

#include "base/clock.h"
#include "storage/faulty_file_system.h"
#include "storage/scripted_load.h"
#include "storage/store_damage.h"

namespace seatwise {
namespace {

using Operation = FaultyFileSystem::Operation;
using Unsynced = FaultyFileSystem::Unsynced;

constexpr int kBefore = 5;  // Writes before the fault.
constexpr int kAll = 60;    // Enough for flushes and a compaction.

struct Site {
  Operation operation;
  std::string path_part;
  bool once = false;
  bool new_log = false;    // The fault begins before the first write to a new log.
  bool later_log = false;  // The log of now is spared: it is met when a flush is about to begin.
};

std::ostream& operator<<(std::ostream& out, const Site& site) {
  return out << "operation " << static_cast<int>(site.operation) << " on " << site.path_part
             << (site.once ? ", once" : ", for good") << (site.new_log ? ", in a new log" : "")
             << (site.later_log ? ", in a later log" : "");
}

// A store with a few writes, on a file system that can fail.
class FaultTest : public testing::Test {
 protected:
  FaultTest() {
    const std::string spares = FreshPath("spares");
    std::filesystem::create_directory(spares);
    faults_ = std::make_shared<FaultyFileSystem>(spares);
    options_ = LoadOptions(FreshPath(), faults_);
    options_.most_seconds_of_resume = 3;
    store_ = OpenRocksStore(options_).value();
    for (uint32_t tenant : {1, 2}) owners_[tenant - 1] = store_->OpenTenant({tenant}).value();
    EXPECT_TRUE(WriteUpTo(kBefore).ok());
  }

  // Begins to fail at the site.
  void Break(const Site& site, const rocksdb::IOStatus& answer) {
    // A backup flushes, and with that begins a new log.
    if (site.new_log) {
      EXPECT_TRUE(store_->Backup(FreshPath("backups")).ok());
    }
    const std::string spared = site.later_log ? LogOf(options_.path) : "";
    faults_->Fail({site.operation, site.path_part, answer, site.once, spared});
  }

  // Goes on writing; the first error, if any.
  absl::Status WriteUpTo(int last) {
    while (progress_.appended < last) {
      const absl::StatusOr<Ticket> ticket = AppendWrite(*store_, owners_, progress_.appended + 1);
      if (!ticket.ok()) return ticket.status();
      ++progress_.appended;
      const absl::Status durable = store_->AwaitDurable(*ticket);
      if (!durable.ok()) return durable;
      progress_.acknowledged = progress_.appended;
    }
    return absl::OkStatus();
  }

  // Looks at the health until it is no longer a full disk, for a while.
  void AwaitRoom() {
    const Stopwatch watch;
    while (absl::IsResourceExhausted(store_->Health()) && watch.Seconds() < 30) {
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
  }

  void Reopen() {
    store_.reset();
    store_ = OpenRocksStore(options_).value();
    for (uint32_t tenant : {1, 2}) owners_[tenant - 1] = store_->OpenTenant({tenant}).value();
    // What was appended and not acknowledged may be gone, or be there.
    progress_.appended = progress_.acknowledged = WritesIn(*store_);
  }

  void ExpectEverythingThereAfterRestart(Unsynced unsynced) {
    store_.reset();
    faults_->EndFault();
    faults_->LosePower(unsynced);
    EXPECT_EQ(FaultAfterRestart(options_, progress_), "");
  }

  std::shared_ptr<FaultyFileSystem> faults_;
  RocksStoreOptions options_;
  std::unique_ptr<Store> store_;
  Owner owners_[2];
  LoadProgress progress_;
};

std::vector<Site> SitesOfAWrite() {
  std::vector<Site> sites;
  for (const bool once : {true, false}) {
    for (const char* file : {".log", ".sst", "MANIFEST"}) {
      for (const Operation operation : {Operation::kAppend, Operation::kSync}) {
        sites.push_back({operation, file, once});
      }
    }
    sites.push_back({Operation::kAppend, ".log", once, /*new_log=*/true});
    sites.push_back({Operation::kCreate, ".log", once});
    sites.push_back({Operation::kCreate, ".sst", once});
    sites.push_back({Operation::kWrite, "MARK", once});
    sites.push_back({Operation::kSyncNames, "rocks", once});
  }
  return sites;
}

class WriteFaultTest : public FaultTest, public testing::WithParamInterface<Site> {};

TEST_P(WriteFaultTest, AnIoErrorHaltsWritesAndLosesNothing) {
  const Site site = GetParam();
  Break(site, rocksdb::IOStatus::IOError("EIO"));
  const absl::Status status = WriteUpTo(kAll);
  EXPECT_GT(faults_->EndFault(), 0) << "this site is not reached";
  EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable) << status;
  EXPECT_NE(status.message().find("the store is halted"), absl::string_view::npos) << status;
  EXPECT_NE(status.message().find("EIO"), absl::string_view::npos) << status;
  EXPECT_EQ(store_->Health().code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(FaultOf(*store_, progress_), "");
  // The fault is over, but nobody knows what is on the disk: no write until a restart.
  EXPECT_EQ(WriteUpTo(kAll).code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(store_->OpenTenant({3}).status().code(), absl::StatusCode::kUnavailable);
  ExpectEverythingThereAfterRestart(Unsynced::kTorn);
}

INSTANTIATE_TEST_SUITE_P(Sites, WriteFaultTest, testing::ValuesIn(SitesOfAWrite()));

// Where a commit's own write meets the full disk, and not a flush.
std::vector<Site> SitesOfACommit() {
  return {{Operation::kAppend, ""},
          {Operation::kAppend, ".log"},
          {Operation::kAppend, "", false, /*new_log=*/true},
          {Operation::kAppend, ".log", false, /*new_log=*/true},
          {Operation::kSync, ".log"}};
}

class CommitOnFullDiskTest : public FaultTest, public testing::WithParamInterface<Site> {};

// No flush and no compaction is under way: then RocksDB always goes on.
TEST_P(CommitOnFullDiskTest, WritesGoOnByThemselvesWhenThereIsRoomAgain) {
  Break(GetParam(), rocksdb::IOStatus::NoSpace("full"));
  for (int attempt = 0; attempt < 3; ++attempt) {
    const absl::Status status = WriteUpTo(kAll);
    EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted) << status;
    EXPECT_EQ(FaultOf(*store_, progress_), "");
  }
  EXPECT_GT(faults_->EndFault(), 0);
  AwaitRoom();
  EXPECT_TRUE(store_->Health().ok()) << store_->Health();
  const absl::Status status = WriteUpTo(progress_.appended + 5);
  EXPECT_TRUE(status.ok()) << status;
  EXPECT_EQ(FaultOf(*store_, progress_), "");
  ExpectEverythingThereAfterRestart(Unsynced::kLost);
}

INSTANTIATE_TEST_SUITE_P(Sites, CommitOnFullDiskTest, testing::ValuesIn(SitesOfACommit()));

class DiskFullTest : public FaultTest, public testing::WithParamInterface<Site> {};

// While flushes and compactions run, RocksDB may never come back from a resume (resumer.h). Then
// the store halts, and a restart is what goes on.
TEST_P(DiskFullTest, NothingIsLostHoweverOftenItIsFull) {
  const Site site = GetParam();
  int halted = 0;
  for (int round = 1; round <= 3; ++round) {
    Break(site, rocksdb::IOStatus::NoSpace("full"));
    EXPECT_FALSE(WriteUpTo(progress_.appended + kAll).ok());
    EXPECT_EQ(FaultOf(*store_, progress_), "");
    faults_->EndFault();
    AwaitRoom();
    if (!store_->Health().ok()) {
      ++halted;
      EXPECT_EQ(store_->Health().code(), absl::StatusCode::kUnavailable);
      Reopen();
    }
    const absl::Status status = WriteUpTo(progress_.appended + 5);
    EXPECT_TRUE(status.ok()) << status;
    EXPECT_EQ(FaultOf(*store_, progress_), "");
  }
  RecordProperty("halted", halted);
  ExpectEverythingThereAfterRestart(Unsynced::kLost);
}

INSTANTIATE_TEST_SUITE_P(SitesOfACommit, DiskFullTest, testing::ValuesIn(SitesOfACommit()));
INSTANTIATE_TEST_SUITE_P(
    OtherSites, DiskFullTest,
    testing::Values(Site{Operation::kAppend, ".log", false, false, /*later_log=*/true},
                    Site{Operation::kAppend, "", false, false, /*later_log=*/true},
                    Site{Operation::kAppend, ".sst"}, Site{Operation::kCreate, ".sst"},
                    Site{Operation::kAppend, "MANIFEST"}));

// RocksDB takes this for fatal; a file without content wants room only rarely.
TEST_F(FaultTest, ANewLogThatCannotBeMadeOnAFullDiskNeedsARestart) {
  Break({Operation::kCreate, ".log"}, rocksdb::IOStatus::NoSpace("full"));
  EXPECT_EQ(WriteUpTo(kAll).code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(store_->Health().code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(FaultOf(*store_, progress_), "");
  ExpectEverythingThereAfterRestart(Unsynced::kTorn);
}

TEST_F(FaultTest, ALossOfPowerOnAFullDiskLosesNothing) {
  faults_->Fail({Operation::kAppend, "", rocksdb::IOStatus::NoSpace("full")});
  EXPECT_EQ(WriteUpTo(kAll).code(), absl::StatusCode::kResourceExhausted);
  ExpectEverythingThereAfterRestart(Unsynced::kTorn);
}

TEST_F(FaultTest, AReadThatFailsSaysSoAndIsRightAfterwards) {
  ASSERT_TRUE(WriteUpTo(kAll).ok());
  store_.reset();
  store_ = OpenRocksStore(options_).value();
  faults_->Fail({Operation::kRead, ".sst", rocksdb::IOStatus::IOError("EIO")});
  const auto value = store_->TakeSnapshot()->Get({1}, "v1");
  EXPECT_GT(faults_->EndFault(), 0);
  EXPECT_EQ(value.status().code(), absl::StatusCode::kUnavailable) << value.status();
  EXPECT_EQ(FaultOf(*store_, progress_), "");
}

TEST_F(FaultTest, ErrorsWhileOpeningAreToldAndHarmless) {
  const Site sites[] = {
      {Operation::kCreate, "MANIFEST", false}, {Operation::kSync, "MANIFEST", false},
      {Operation::kRename, "CURRENT", false},  {Operation::kSyncNames, "", false},
      {Operation::kWrite, "MARK", false},      {Operation::kSync, "MARK", false},
      {Operation::kRead, "MANIFEST", false}};
  store_.reset();
  for (const Site& site : sites) {
    faults_->Fail({site.operation, site.path_part, rocksdb::IOStatus::IOError("EIO")});
    const absl::Status status = OpenRocksStore(options_).status();
    if (faults_->EndFault() == 0) continue;  // Read through another kind of file.
    EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable) << site << ": " << status;
    EXPECT_EQ(FaultAfterRestart(options_, progress_), "") << site;
    ++progress_.appended;
    ++progress_.acknowledged;
  }
}

}  // namespace
}  // namespace seatwise
