// Durable commits a second: a store beside its floor, a synced rocksdb::WriteBatch of the same
// bytes, in the same run. Rounds of all kinds alternate, so that a slow minute of the disk or of
// the machine meets them alike; the table has medians, its last lines ratios to the floor (I4) and
// to one client of the same store.
//
//   commit_bench FOLDER [SECONDS_PER_ROUND=1] [ROUNDS=5]
//
// FOLDER must be absent, and on the disk that is to be measured. It is left behind.
#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/check.h"
#include "base/clock.h"
#include "rocksdb/db.h"
#include "storage/rocks_store.h"
#include "storage/rocks_store_options.h"
#include "storage/store.h"

namespace seatwise {
namespace {

// What the commit of one new member writes: the edge, its mirror, a journal record, the head.
struct OneMember {
  std::string keys[4];
  std::string values[4];
};

OneMember MemberCommit(int thread, uint64_t number) {
  const std::string id = absl::StrCat(1000 + thread, "-", 1'000'000'000 + number);
  return {{absl::StrCat("member-of-group-", id), absl::StrCat("groups-of-user-", id),
           absl::StrCat("journal-", id), "head"},
          {std::string(12, 'm'), std::string(12, 'm'), std::string(150, 'j'), id}};
}

// Commits one change and returns when it is durable.
using Commit = std::function<void(int thread, uint64_t number)>;

// Commits a second with that many threads.
double Rate(int threads, double seconds, const Commit& commit) {
  static std::atomic<uint64_t> number = 0;
  std::atomic<uint64_t> done = 0;
  const Stopwatch watch;
  std::vector<std::thread> workers;
  for (int thread = 0; thread < threads; ++thread) {
    workers.emplace_back([&, thread] {
      while (watch.Seconds() < seconds) {
        commit(thread, ++number);
        ++done;
      }
    });
  }
  for (std::thread& worker : workers) worker.join();
  return static_cast<double>(done) / watch.Seconds();
}

Commit BareCommit(rocksdb::DB& db) {
  return [&db](int thread, uint64_t number) {
    const OneMember member = MemberCommit(thread, number);
    rocksdb::WriteBatch batch;
    for (int i = 0; i < 4; ++i) batch.Put(member.keys[i], member.values[i]).PermitUncheckedError();
    rocksdb::WriteOptions synced;
    synced.sync = true;
    SEATWISE_CHECK(db.Write(synced, &batch).ok());
  };
}

Commit StoreCommit(Store& store, const std::vector<Owner>& owners) {
  return [&store, owners](int thread, uint64_t number) {
    const OneMember member = MemberCommit(thread, number);
    Batch batch;
    for (int i = 0; i < 4; ++i) batch.Put(member.keys[i], member.values[i]);
    const Owner& owner = owners[thread % owners.size()];
    SEATWISE_CHECK(store.Commit(owner, batch, {MustBeAbsent(member.keys[0])}).ok());
  };
}

constexpr const char* kBare = "rocksdb::WriteBatch, synced";

struct Kind {
  std::string name;
  int threads;
  Commit commit;
  std::vector<double> rates = {};
};

double MedianOf(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

std::unique_ptr<rocksdb::DB> OpenBare(const std::string& path) {
  rocksdb::Options options;
  options.create_if_missing = true;
  rocksdb::DB* db = nullptr;
  const rocksdb::Status status = rocksdb::DB::Open(options, path, &db);
  SEATWISE_CHECK(status.ok()) << status.ToString();
  return std::unique_ptr<rocksdb::DB>(db);
}

std::unique_ptr<Store> OpenStore(const std::string& path) {
  RocksStoreOptions options;
  options.path = path;
  options.create_if_missing = true;
  auto store = OpenRocksStore(options);
  SEATWISE_CHECK(store.ok()) << store.status();
  return *std::move(store);
}

constexpr const char* kStore = "Store";

// The first of that name, with so many threads.
const Kind& Find(const std::string& name, int threads, const std::vector<Kind>& kinds) {
  return *std::find_if(kinds.begin(), kinds.end(), [&](const Kind& kind) {
    return kind.threads == threads && kind.name == name;
  });
}

// Within each round, since a disk has slow seconds: the median of the ratios.
double MedianRatio(const Kind& kind, const Kind& floor) {
  std::vector<double> ratios;
  for (size_t round = 0; round < kind.rates.size(); ++round) {
    ratios.push_back(kind.rates[round] / floor.rates[round]);
  }
  return MedianOf(std::move(ratios));
}

void Print(const std::vector<Kind>& kinds) {
  std::printf("%-42s %8s %14s\n", "durable commits of one member", "threads", "commits/s");
  for (const Kind& kind : kinds) {
    std::printf("%-42s %8d %14.0f\n", kind.name.c_str(), kind.threads, MedianOf(kind.rates));
  }
  std::printf("\n%-42s %8s %14s %14s\n", "I4, times the rate of", "threads", "bare, as many",
              "one client");
  for (const Kind& kind : kinds) {
    std::printf("%-42s %8d %14.2f %14.2f\n", kind.name.c_str(), kind.threads,
                MedianRatio(kind, Find(kBare, kind.threads, kinds)),
                MedianRatio(kind, Find(kind.name == kBare ? kBare : kStore, 1, kinds)));
  }
}

void Run(const std::string& folder, double seconds, int rounds) {
  SEATWISE_CHECK(rocksdb::Env::Default()->CreateDir(folder).ok()) << folder << " is there already";
  const auto bare = OpenBare(absl::StrCat(folder, "/bare"));
  const auto store = OpenStore(absl::StrCat(folder, "/store"));
  std::vector<Owner> owners;
  for (uint32_t tenant = 1; tenant <= 8; ++tenant) {
    owners.push_back(store->OpenTenant({tenant}).value());
  }
  std::vector<Kind> kinds = {{kBare, 1, BareCommit(*bare)},
                             {kStore, 1, StoreCommit(*store, {owners[0]})},
                             {"Store, a tenant each", 8, StoreCommit(*store, owners)},
                             {"Store, all of one tenant", 8, StoreCommit(*store, {owners[0]})},
                             {kBare, 8, BareCommit(*bare)}};
  for (int round = 0; round < rounds; ++round) {
    for (Kind& kind : kinds) kind.rates.push_back(Rate(kind.threads, seconds, kind.commit));
  }
  Print(kinds);
}

}  // namespace
}  // namespace seatwise

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "usage: commit_bench FOLDER [SECONDS_PER_ROUND=1] [ROUNDS=5]\n");
    return 2;
  }
  seatwise::Run(argv[1], argc > 2 ? std::atof(argv[2]) : 1, argc > 3 ? std::atoi(argv[3]) : 5);
  return 0;
}
