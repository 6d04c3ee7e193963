// What it takes from a closed database to a derived tenant (B7), against its floor in the same
// rounds: the same keys visited once by a bare RocksDB iterator, and the derivation alone (B1).
//
//   cold_bench DB TENANT [THREADS=2 [ROUNDS=5]]
//
// DB is a database of seatwise or seatwised that nobody has open. A line a round, in seconds; the
// last lines are medians and their ratio, in time and in the processor time of all threads, which
// is what counts on a machine that others use. `raw open` is what RocksDB itself needs to open the
// files read-only; the floor is without it. First the database is held open until RocksDB has
// merged what an import left, as a server does. The page cache is warm from the second round on.
//
// A virtual machine may give memory that nobody uses back to its host, and getting it again takes
// some twenty times as long as using it. So that the figures are those of the program, each round
// first gets a gigabyte and gives it back, and prints how long that took as `memory`.
#include <sys/mman.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/check.h"
#include "base/clock.h"
#include "base/thread_pool.h"
#include "bench/processor_stopwatch.h"
#include "bench/run_size.h"
#include "engine/batch/batch.h"
#include "engine/model/loaded_facts.h"
#include "rocksdb/db.h"
#include "rocksdb/listener.h"
#include "storage/keys.h"
#include "storage/load.h"
#include "storage/rocks_options.h"
#include "storage/rocks_store.h"
#include "storage/store_keys.h"
#include "storage/tenant_directory.h"
#include "storage/tenant_store.h"

namespace seatwise {
namespace {

// What Load reads, in the order of the keys.
constexpr Table kTablesOfLoad[] = {Table::kSettings,     Table::kPlan,        Table::kSku,
                                   Table::kConflict,     Table::kRequirement, Table::kProhibition,
                                   Table::kSubscription, Table::kUser,        Table::kGroup,
                                   Table::kMembers,      Table::kInnerGroup,  Table::kAssignment};

// What somebody waits, and what all threads of the process work.
struct Seconds {
  double wall = 0;
  double processor = 0;

  friend Seconds operator+(Seconds a, Seconds b) {
    return {a.wall + b.wall, a.processor + b.processor};
  }
};

class Timer {
 public:
  Seconds Elapsed() const { return {watch_.Seconds(), processors_.Seconds()}; }

 private:
  Stopwatch watch_;
  ProcessorStopwatch processors_;
};

// What a server does: its times, and what it found, which is the same in each round.
struct Cold {
  Seconds open;
  Seconds load;
  Seconds derive;
  TenantNumber tenant;
  size_t users = 0;
  size_t memberships = 0;
};

struct RawScan {
  Seconds open;
  Seconds scan;
  size_t bytes = 0;  // Of keys and values.
};

struct Round {
  double memory = 0;  // Seconds until a gigabyte was at hand.
  Cold cold;
  RawScan raw;

  Seconds measured() const { return cold.open + cold.load + cold.derive; }
  Seconds floor() const { return raw.scan + cold.derive; }
};

struct OpenedTenant {
  std::unique_ptr<Store> store;
  std::unique_ptr<TenantDirectory> directory;
  std::unique_ptr<TenantStore> tenant;
  TenantNumber number;
};

// All steps that a server takes before it can read facts.
OpenedTenant Open(const std::string& db, const std::string& id) {
  OpenedTenant opened;
  auto store = OpenRocksStore({.path = db});
  SEATWISE_CHECK(store.ok()) << store.status();
  opened.store = *std::move(store);
  opened.directory = TenantDirectory::Open(*opened.store).value();
  const auto entry = opened.directory->Find(TenantId(id));
  SEATWISE_CHECK(entry.ok()) << "tenant " << id << ": " << entry.status();
  opened.number = entry->number;
  opened.tenant = TenantStore::Open(*opened.store, entry->number).value();
  return opened;
}

Cold MeasureCold(const std::string& db, const std::string& id, Executor& executor) {
  Cold cold;
  const Timer opening;
  const OpenedTenant opened = Open(db, id);
  cold.open = opening.Elapsed();
  const Timer loading;
  const LoadedFacts loaded = Load(*opened.tenant->tip(), executor).value();
  cold.load = loading.Elapsed();
  const Timer deriving;
  const auto state = Derive(loaded.columns, executor);
  cold.derive = deriving.Elapsed();
  cold.tenant = opened.number;
  cold.users = loaded.columns.users.size();
  cold.memberships = loaded.columns.membership_group.size();
  return cold;
}

std::unique_ptr<rocksdb::DB> OpenRaw(const std::string& db) {
  rocksdb::DB* opened = nullptr;
  const rocksdb::Status status =
      rocksdb::DB::OpenForReadOnly(rocksdb::Options(), absl::StrCat(db, "/rocks"), &opened);
  SEATWISE_CHECK(status.ok()) << status.ToString();
  return std::unique_ptr<rocksdb::DB>(opened);
}

// Counts what RocksDB merges in the background.
class MergeCounter : public rocksdb::EventListener {
 public:
  void OnCompactionBegin(rocksdb::DB* /*db*/, const rocksdb::CompactionJobInfo& /*info*/) override {
    ++merges_;
  }
  int merges() const { return merges_; }

 private:
  std::atomic<int> merges_ = 0;
};

// Holds the database open until nothing is being merged; how many merges that were.
int WaitForMerges(const std::string& db) {
  const auto counter = std::make_shared<MergeCounter>();
  rocksdb::DB* opened = nullptr;
  const rocksdb::Status status =
      rocksdb::DB::Open(MakeRocksOptions(rocksdb::Env::Default(), int64_t{1} << 30, counter),
                        absl::StrCat(db, "/rocks"), &opened);
  SEATWISE_CHECK(status.ok()) << status.ToString();
  const std::unique_ptr<rocksdb::DB> rocks(opened);
  const auto count = [&](const char* property) {
    uint64_t value = 0;
    SEATWISE_CHECK(rocks->GetIntProperty(property, &value)) << property;
    return value;
  };
  rocks->ReleaseSnapshot(rocks->GetSnapshot());
  const Stopwatch watch;
  while (count("rocksdb.num-running-compactions") + count("rocksdb.compaction-pending") > 0) {
    SEATWISE_CHECK(watch.Seconds() < 300) << "RocksDB does not come to rest";
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
  return counter->merges();
}

// Lets RocksDB finish what it does in the background after an import. A program that opens the
// database and closes it a second later stops that work, and the next one begins it anew: then two
// threads of the load and one that merges files share the processors. Part of that work RocksDB
// only sees once something was written, as opening a tenant does, and a snapshot is given back, as
// each load does: files of the last level that were written while an import held one are then
// written again without what only it could read. So it is at rest when that starts nothing.
void WaitUntilAtRest(const std::string& db, const std::string& id) {
  const Stopwatch watch;
  int merges = 0;
  int more = 0;
  do {
    Open(db, id);
    more = WaitForMerges(db);
    merges += more;
  } while (more > 0);
  std::printf("at rest after %.1f s and %d merges of files\n", watch.Seconds(), merges);
}

struct Scanned {
  size_t keys = 0;
  size_t bytes = 0;
};

Scanned ScanTable(rocksdb::DB& db, TenantNumber tenant, Table table) {
  const std::string start = KeyWriter(table).Take();
  const std::string first = FullKey(tenant, start);
  const std::string end = FullKey(tenant, EndOfPrefix(start));
  const rocksdb::Slice upper_bound(end);
  rocksdb::ReadOptions options;
  options.iterate_upper_bound = &upper_bound;
  options.fill_cache = false;
  options.readahead_size = 2 << 20;  // As Load has it.
  Scanned scanned;
  const std::unique_ptr<rocksdb::Iterator> at(db.NewIterator(options));
  for (at->Seek(first); at->Valid(); at->Next()) {
    scanned.bytes += at->key().size() + at->value().size();
    ++scanned.keys;
  }
  SEATWISE_CHECK(at->status().ok()) << at->status().ToString();
  return scanned;
}

RawScan MeasureRawScan(const std::string& db, const Cold& cold) {
  RawScan raw;
  const Timer opening;
  const auto rocks = OpenRaw(db);
  raw.open = opening.Elapsed();
  const Timer scanning;
  for (const Table table : kTablesOfLoad) {
    const Scanned scanned = ScanTable(*rocks, cold.tenant, table);
    SEATWISE_CHECK(table != Table::kUser || scanned.keys == cold.users) << "other users";
    raw.bytes += scanned.bytes;
  }
  raw.scan = scanning.Elapsed();
  return raw;
}

// Touches more memory than a round takes, and gives it back to the kernel; the seconds of that.
double GetMemoryAtHand() {
  constexpr size_t kBytes = size_t{1} << 30;
  constexpr size_t kPage = 4096;
  const Stopwatch watch;
  void* memory = mmap(nullptr, kBytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  SEATWISE_CHECK(memory != MAP_FAILED) << "no gigabyte of memory";
  madvise(memory, kBytes, MADV_HUGEPAGE);  // As the allocator has it; only a wish.
  for (size_t at = 0; at < kBytes; at += kPage) static_cast<volatile char*>(memory)[at] = 1;
  munmap(memory, kBytes);
  return watch.Seconds();
}

// The median of a figure, in time or in processor time.
double MedianOf(const std::vector<Round>& rounds, double Seconds::* clock,
                Seconds (*figure)(const Round&)) {
  std::vector<double> values;
  for (const Round& round : rounds) values.push_back(figure(round).*clock);
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

void Print(const Round& round) {
  std::printf(
      "memory %.3f  open %.3f  load %.3f  derive %.3f  raw open %.3f  raw scan %.3f  ratio %.2f\n",
      round.memory, round.cold.open.wall, round.cold.load.wall, round.cold.derive.wall,
      round.raw.open.wall, round.raw.scan.wall, round.measured().wall / round.floor().wall);
}

void PrintMedians(const char* name, const std::vector<Round>& rounds, double Seconds::* clock) {
  const double measured =
      MedianOf(rounds, clock, [](const Round& round) { return round.measured(); });
  const double floor = MedianOf(rounds, clock, [](const Round& round) { return round.floor(); });
  const double scan = MedianOf(rounds, clock, [](const Round& round) { return round.raw.scan; });
  const double derive =
      MedianOf(rounds, clock, [](const Round& round) { return round.cold.derive; });
  std::printf("B7 %-15s open, load, derive %.3f s  floor %.3f s (scan %.3f, B1 %.3f)  ratio %.2f\n",
              name, measured, floor, scan, derive, measured / floor);
}

void Run(const std::string& db, const std::string& id, int threads, int rounds) {
  WaitUntilAtRest(db, id);
  ThreadPool pool(threads);
  std::vector<Round> measured;
  for (int i = 0; i < rounds; ++i) {
    const double memory = GetMemoryAtHand();
    const Cold cold = MeasureCold(db, id, pool);
    measured.push_back({memory, cold, MeasureRawScan(db, cold)});
    Print(measured.back());
  }
  const Round& last = measured.back();
  std::printf("%zu users, %zu memberships, %zu MiB of keys and values\n", last.cold.users,
              last.cold.memberships, last.raw.bytes >> 20);
  PrintMedians("time", measured, &Seconds::wall);
  PrintMedians("processor time", measured, &Seconds::processor);
}

}  // namespace
}  // namespace seatwise

int main(int argc, char** argv) {
  const auto size = seatwise::RunSizeFrom(argc, argv, 3);
  if (!size) {
    std::fprintf(stderr, "usage: cold_bench DB TENANT [THREADS=2 [ROUNDS=5]]\n");
    return 2;
  }
  seatwise::Run(argv[1], argv[2], size->threads, size->rounds);
  return 0;
}
