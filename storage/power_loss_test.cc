// reliability.md, tests 1, 2 and 16: power is lost at every operation of a scripted load, and at
// random ones of two writers; no acknowledged write is lost, and none without those before it.
#include <algorithm>
#include <array>
#include <atomic>
#include <cstdlib>
#include <functional>
#include <random>
#include <thread>

#include "storage/faulty_file_system.h"
#include "storage/scripted_load.h"
#include "storage/store_damage.h"

namespace seatwise {
namespace {

using Unsynced = FaultyFileSystem::Unsynced;

constexpr int kWrites = 40;
constexpr std::array kUnsynced = {Unsynced::kLost, Unsynced::kTorn, Unsynced::kKept};

std::shared_ptr<FaultyFileSystem> NewFaults() {
  const std::string spares = FreshPath("spares");
  std::filesystem::create_directory(spares);
  return std::make_shared<FaultyFileSystem>(spares);
}

// RocksDB sleeps for a second after an error in the background; so many cases run at once.
void OnThreads(const std::function<void(int thread)>& work) {
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 40; ++thread) threads.emplace_back(work, thread);
  for (std::thread& thread : threads) thread.join();
}

// Loses power at an operation of a load. Says whether the load was done before.
bool LosePowerAt(uint64_t stop) {
  const auto faults = NewFaults();
  const RocksStoreOptions options = LoadOptions(FreshPath(), faults);
  faults->StopAt(stop);
  const LoadProgress progress = RunLoad(options, kWrites);
  faults->LosePower(kUnsynced[stop % kUnsynced.size()]);
  EXPECT_EQ(FaultAfterRestart(options, progress), "") << "power lost at operation " << stop;
  std::filesystem::remove_all(options.path);
  return progress.finished;
}

TEST(PowerLossTest, AtEveryOperationEverythingAcknowledgedSurvives) {
  std::atomic<uint64_t> next = 1;
  std::atomic<uint64_t> finished = ~uint64_t{0};  // The first stop that came too late.
  OnThreads([&](int) {
    while (next < finished) {
      const uint64_t stop = next++;
      if (LosePowerAt(stop)) finished = std::min<uint64_t>(finished, stop);
    }
  });
  EXPECT_GT(finished, 150);  // Else the load does not do what it should.
}

// Without syncs the test above has to fail, or it proves nothing.
TEST(PowerLossTest, WithoutSyncsAcknowledgedWritesAreLost) {
  int lost = 0;
  for (const uint64_t stop : {140, 180, 220}) {
    const auto faults = NewFaults();
    const RocksStoreOptions options = LoadOptions(FreshPath(), faults);
    faults->StopAt(stop);
    faults->IgnoreSyncs();
    const LoadProgress progress = RunLoad(options, kWrites);
    EXPECT_GT(progress.acknowledged, 0);
    faults->LosePower(Unsynced::kLost);
    if (!FaultAfterRestart(options, progress).empty()) ++lost;
  }
  EXPECT_EQ(lost, 3);
}

// What one of two writers was promised: its writes are numbered, in a tenant of its own.
struct Promise {
  int acknowledged = 0;
  int appended = 0;
};

Promise WriteUntilItFails(Store& store, uint32_t tenant, int first, std::mt19937& random) {
  Promise promise{first - 1, first - 1};
  const absl::StatusOr<Owner> owner = store.OpenTenant({tenant});
  for (int i = first; owner.ok() && i < first + 200; ++i) {
    Batch batch;
    batch.Put("n", std::to_string(i));
    batch.Put("filler" + std::to_string(random() % 20), std::string(random() % 8000, 'f'));
    const absl::StatusOr<Ticket> ticket = store.Append(*owner, batch, {});
    if (!ticket.ok()) break;
    promise.appended = i;
    if (random() % 4 == 0) continue;
    if (!store.AwaitDurable(*ticket).ok()) break;
    promise.acknowledged = i;
  }
  return promise;
}

int LastWriteOf(const Store& store, uint32_t tenant) {
  const auto value = store.TakeSnapshot()->Get({tenant}, "n");
  EXPECT_TRUE(value.ok()) << value.status();
  return value.ok() && *value ? std::stoi(**value) : 0;
}

// One life of a store with two writers, until power is lost.
std::array<Promise, 2> OneLife(const RocksStoreOptions& options, std::mt19937& random) {
  std::array<Promise, 2> promises;
  const absl::StatusOr<std::unique_ptr<Store>> store = OpenRocksStore(options);
  if (!store.ok()) return promises;
  const uint32_t seeds[2] = {static_cast<uint32_t>(random()), static_cast<uint32_t>(random())};
  std::vector<std::thread> writers;
  for (uint32_t writer = 0; writer < 2; ++writer) {
    writers.emplace_back([&, writer] {
      std::mt19937 mine(seeds[writer]);
      const int first = LastWriteOf(**store, writer + 1) + 1;
      promises[writer] = WriteUntilItFails(**store, writer + 1, first, mine);
    });
  }
  for (std::thread& writer : writers) writer.join();
  return promises;
}

// Many lives of one store, each ended by a loss of power. Returns how many writes were promised.
int LivesOfAStore(uint32_t seed, int lives) {
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  const auto faults = NewFaults();
  const RocksStoreOptions options = LoadOptions(FreshPath(), faults);
  std::array<int, 2> acknowledged = {0, 0};
  for (int life = 0; life < lives; ++life) {
    faults->StopAt(faults->operations() + 1 + random() % 300);
    const std::array<Promise, 2> promises = OneLife(options, random);
    faults->LosePower(kUnsynced[random() % kUnsynced.size()]);
    const absl::StatusOr<std::unique_ptr<Store>> store = OpenRocksStore(options);
    EXPECT_TRUE(store.ok()) << "life " << life << ": " << store.status();
    if (!store.ok()) return 0;
    for (int writer = 0; writer < 2; ++writer) {
      int& known = acknowledged[writer];
      const int last = LastWriteOf(**store, writer + 1);
      known = std::max(known, promises[writer].acknowledged);
      EXPECT_GE(last, known) << "life " << life << ", writer " << writer;
      EXPECT_LE(last, std::max(known, promises[writer].appended) + 1);
      known = last;
    }
  }
  return acknowledged[0] + acknowledged[1];
}

TEST(PowerLossTest, AtRandomOperationsOfTwoWritersNothingIsLost) {
  const uint32_t seed = std::random_device()();
  std::atomic<int> promised = 0;
  const char* wanted = std::getenv("SEATWISE_LIVES");  // Of each of 40 stores; for long runs.
  const int lives = wanted == nullptr ? 5 : std::atoi(wanted);
  OnThreads([&](int thread) { promised += LivesOfAStore(seed + thread, lives); });
  EXPECT_GT(promised, 200 * lives);
}

}  // namespace
}  // namespace seatwise
