// How memberships may lie on the disk, measured (docs/adr/0004):
//
//   edges   a key (group, user) with the time, and a key (user, group), for each membership
//   lists   blocks of users of a group with their times, and of groups of a user (posting_list.h)
//
//   layout_bench FOLDER [USERS=1000000] [MEMBERSHIPS=10000000]
//
// FOLDER must be absent; it is left behind. The last table is of a whole tenant: bulk load, and
// Load with one and two threads.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <random>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "base/check.h"
#include "base/clock.h"
#include "base/executor.h"
#include "base/process_stats.h"
#include "base/thread_pool.h"
#include "bench/processor_stopwatch.h"
#include "engine/model/facts.h"
#include "rocksdb/db.h"
#include "storage/appender.h"
#include "storage/bulk_load.h"
#include "storage/keys.h"
#include "storage/load.h"
#include "storage/posting_list.h"
#include "storage/rocks_store.h"
#include "storage/rocks_store_options.h"
#include "storage/tenant_store.h"

namespace seatwise {
namespace {

constexpr TenantNumber kTenant{1};

struct Row {
  uint32_t group = 0;
  uint32_t user = 0;
  Time added_at;
};

struct Tenant {
  uint32_t users = 0;
  uint32_t groups = 0;
  std::vector<Row> rows;  // By group and user, each pair once.
};

bool ByGroup(const Row& a, const Row& b) {
  return std::tie(a.group, a.user) < std::tie(b.group, b.user);
}
bool ByUser(const Row& a, const Row& b) {
  return std::tie(a.user, a.group) < std::tie(b.user, b.group);
}

// One group has nearly everybody, the others are small and many: as in performance.md. Times over
// three years, to the microsecond: nothing that compresses.
Tenant MakeTenant(uint32_t users, size_t memberships) {
  std::mt19937_64 random(7);
  Tenant tenant{.users = users, .groups = users / 20 + 1, .rows = {}};
  const auto time = [&] { return Time{static_cast<int64_t>(random() % 94'608'000'000'000)}; };
  for (uint32_t user = 0; user < users; ++user) {
    if (random() % 100 < 97) tenant.rows.push_back({0, user, time()});
  }
  while (tenant.rows.size() < memberships) {
    const double skewed = std::generate_canonical<double, 53>(random);
    const auto group = static_cast<uint32_t>(skewed * skewed * skewed * tenant.groups);
    tenant.rows.push_back({group, static_cast<uint32_t>(random() % users), time()});
  }
  std::sort(tenant.rows.begin(), tenant.rows.end(), ByGroup);
  const auto same = [](const Row& a, const Row& b) {
    return a.group == b.group && a.user == b.user;
  };
  tenant.rows.erase(std::unique(tenant.rows.begin(), tenant.rows.end(), same), tenant.rows.end());
  return tenant;
}

std::unique_ptr<Store> OpenStore(const std::string& path) {
  RocksStoreOptions options;
  options.path = path;
  options.create_if_missing = true;
  absl::StatusOr<std::unique_ptr<Store>> store = OpenRocksStore(options);
  SEATWISE_CHECK(store.ok()) << store.status();
  return *std::move(store);
}

// Bytes of all tables once everything is in the last level.
uint64_t CompactedBytes(const std::string& path) {
  rocksdb::Options options;
  options.compression = rocksdb::kLZ4Compression;
  options.bottommost_compression = rocksdb::kZSTD;
  rocksdb::DB* opened = nullptr;
  const rocksdb::Status status = rocksdb::DB::Open(options, absl::StrCat(path, "/rocks"), &opened);
  SEATWISE_CHECK(status.ok()) << status.ToString();
  const std::unique_ptr<rocksdb::DB> db(opened);
  SEATWISE_CHECK(db->CompactRange({}, nullptr, nullptr).ok());
  uint64_t bytes = 0;
  SEATWISE_CHECK(db->GetIntProperty("rocksdb.total-sst-files-size", &bytes));
  return bytes;
}

std::string EdgeKey(Table table, uint32_t first, uint32_t second) {
  return KeyWriter(table).Number32(first).Number32(second).Take();
}

// Seconds since construction: of the clock, and of the processors.
class Timer {
 public:
  double Seconds() const { return watch_.Seconds(); }
  double Cpu() const { return cpu_.Seconds(); }

 private:
  Stopwatch watch_;
  ProcessorStopwatch cpu_;
};

void Check(const absl::Status& status) { SEATWISE_CHECK(status.ok()) << status; }

void WriteEdges(Store& store, const Owner& owner, const Tenant& tenant) {
  Appender appender(store, owner);
  for (const Row& row : tenant.rows) {
    const std::string time(reinterpret_cast<const char*>(&row.added_at), sizeof(row.added_at));
    Check(appender.Put(EdgeKey(Table::kMembers, row.group, row.user), time));
  }
  std::vector<Row> rows = tenant.rows;
  std::sort(rows.begin(), rows.end(), ByUser);
  for (const Row& row : rows) {
    Check(appender.Put(EdgeKey(Table::kGroupsOfUser, row.user, row.group), ""));
  }
  Check(store.AwaitDurable(*appender.Flush()));
}

void WriteLists(Store& store, const Owner& owner, const Tenant& tenant) {
  Appender appender(store, owner);
  const auto write = [&](PostingTable table, const std::vector<Row>& rows, auto owner_of,
                         auto posting_of) {
    std::vector<Posting> list;
    for (size_t i = 0; i < rows.size();) {
      const uint32_t of = owner_of(rows[i]);
      list.clear();
      for (; i < rows.size() && owner_of(rows[i]) == of; ++i) list.push_back(posting_of(rows[i]));
      ForEachBlock(table, of, 0, list, kFullBlockBytes,
                   [&](const std::string& key, const std::string& value) {
                     Check(appender.Put(key, value));
                   });
    }
  };
  write(
      kMemberLists, tenant.rows, [](const Row& row) { return row.group; },
      [](const Row& row) { return Posting{row.user, row.added_at}; });
  std::vector<Row> rows = tenant.rows;
  std::sort(rows.begin(), rows.end(), ByUser);
  write(
      kGroupLists, rows, [](const Row& row) { return row.user; },
      [](const Row& row) { return Posting{.number = row.group}; });
  Check(store.AwaitDurable(*appender.Flush()));
}

// Reads the members of all groups, as a start-up does. Answers how many.
size_t ScanMembers(const Store& store, bool lists) {
  const std::string start = KeyWriter(Table::kMembers).Take();
  const std::string end = EndOfPrefix(start);
  PostingColumns columns;
  Check(store.TakeSnapshot()->Scan(kTenant, {.start = start, .end = end, .bulk = true},
                                   [&](absl::string_view key, absl::string_view value) {
                                     if (lists) {
                                       Check(columns.Append(value, PostingKind::kWithTimes));
                                     } else {
                                       KeyReader reader(key);
                                       reader.Number32();
                                       columns.numbers.push_back(*reader.Number32());
                                       columns.added_at.push_back(
                                           *reinterpret_cast<const Time*>(value.data()));
                                     }
                                     return true;
                                   }));
  return columns.numbers.size();
}

// Adds a random member, unsynced: what a commit costs beyond the sync that all layouts pay.
size_t AddMember(Store& store, const Owner& owner, bool lists, uint32_t group, uint32_t user) {
  Batch batch;
  if (lists) {
    const auto snapshot = store.TakeSnapshot();
    Check(
        EditPostings(*snapshot, {kTenant, kMemberLists, group}, {{user, Time{5}}}, batch).status());
    Check(EditPostings(*snapshot, {kTenant, kGroupLists, user}, {{group, Time{}}}, batch).status());
  } else {
    batch.Put(EdgeKey(Table::kMembers, group, user), "12345678");
    batch.Put(EdgeKey(Table::kGroupsOfUser, user, group), "");
  }
  Check(store.Append(owner, batch, {}).status());
  return batch.bytes();
}

void Measure(const std::string& path, const Tenant& tenant, bool lists) {
  const double millions = static_cast<double>(tenant.rows.size()) / 1e6;
  double write = 0, write_cpu = 0, scan = 1e9, commit = 0, commit_cpu = 0;
  size_t bytes = 0;
  constexpr int kCommits = 5000;
  {
    const auto store = OpenStore(path);
    const Owner owner = *store->OpenTenant(kTenant);
    const Timer writing;
    lists ? WriteLists(*store, owner, tenant) : WriteEdges(*store, owner, tenant);
    write = writing.Seconds();
    write_cpu = writing.Cpu();
    for (int i = 0; i < 3; ++i) {
      const Timer scanning;
      SEATWISE_CHECK(ScanMembers(*store, lists) == tenant.rows.size());
      scan = std::min(scan, scanning.Cpu());
    }
  }
  const uint64_t disk = CompactedBytes(path);
  {
    const auto store = OpenStore(path);
    const Owner owner = *store->OpenTenant(kTenant);
    std::mt19937 random(11);
    const Timer committing;
    for (int i = 0; i < kCommits; ++i) {
      bytes += AddMember(*store, owner, lists, random() % 3 == 0 ? 0 : random() % tenant.groups,
                         random() % tenant.users);
    }
    commit = committing.Seconds();
    commit_cpu = committing.Cpu();
  }
  absl::PrintF("%-6s %8.2f %8.2f %13.1f %17.1f %11.1f %7.1f %15d\n", lists ? "lists" : "edges",
               write, write_cpu, millions / scan,
               static_cast<double>(disk) / static_cast<double>(tenant.rows.size()),
               commit / kCommits * 1e6, commit_cpu / kCommits * 1e6, bytes / kCommits);
}

std::string Guid(absl::string_view kind, uint32_t number) {
  std::mt19937_64 random(number * 2 + (kind == "group" ? 1 : 0));
  const uint64_t a = random(), b = random();
  return absl::StrFormat("%08x-%04x-%04x-%04x-%012x", a >> 32, a >> 16 & 0xffff, a & 0xffff,
                         b >> 48, b & 0xffffffffffff);
}

void LoadWhole(const std::string& path, const Tenant& tenant) {
  const auto store = OpenStore(path);
  const auto opened = *TenantStore::Open(*store, kTenant);
  std::vector<std::string> users, groups;
  for (uint32_t i = 0; i < tenant.users; ++i) users.push_back(Guid("user", i));
  for (uint32_t i = 0; i < tenant.groups; ++i) groups.push_back(Guid("group", i));
  const Timer loading;
  const auto load = *BulkLoad::Start(*opened);
  for (const std::string& id : users) {
    const std::string mail = absl::StrCat("smtp:", id, "@contoso.com");
    Check(load->Add(User{.id = UserId(id),
                         .user_principal_name = mail.substr(5),
                         .display_name = "Ana Person",
                         .usage_location = *Location::Parse("PT"),
                         .proxy_addresses = {mail}}));
  }
  for (const std::string& id : groups) Check(load->Add(Group{.id = GroupId(id)}));
  for (const Row& row : tenant.rows) {
    Check(load->Add(Membership{GroupId(groups[row.group]), UserId(users[row.user]), row.added_at}));
  }
  Check(load->Finish().status());
  Check(opened->AwaitDurable(load->Commit({}, {})->ticket));
  absl::PrintF("bulk load            %6.2f s  cpu %6.2f s\n", loading.Seconds(), loading.Cpu());
  for (const int threads : {1, 2, 2}) {
    ThreadPool pool(threads);
    const Timer reading;
    const auto loaded = Load(*opened->tip(), pool);
    Check(loaded.status());
    absl::PrintF("load with %d threads  %6.2f s  cpu %6.2f s\n", threads, reading.Seconds(),
                 reading.Cpu());
  }
}

int Main(const std::string& folder, uint32_t users, size_t memberships, bool layouts) {
  SEATWISE_CHECK(std::filesystem::create_directory(folder)) << folder << " is there";
  const Tenant tenant = MakeTenant(users, memberships);
  absl::PrintF("%d users, %d groups, %d memberships\n", tenant.users, tenant.groups,
               tenant.rows.size());
  if (layouts) {
    absl::PrintF(
        "layout write, s  cpu, s  scan, M/cpu-s  bytes/membership  commit, us  cpu, us  bytes a "
        "commit\n");
    Measure(absl::StrCat(folder, "/edges"), tenant, false);
    Measure(absl::StrCat(folder, "/lists"), tenant, true);
  }
  LoadWhole(absl::StrCat(folder, "/tenant"), tenant);
  absl::PrintF("whole tenant, compacted: %.1f MB\n",
               static_cast<double>(CompactedBytes(absl::StrCat(folder, "/tenant"))) / 1e6);
  absl::PrintF("peak memory %.0f MB\n", static_cast<double>(PeakResidentBytes()) / 1e6);
  return 0;
}

}  // namespace
}  // namespace seatwise

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "layout_bench FOLDER [USERS] [MEMBERSHIPS]\n");
    return 2;
  }
  const auto users = static_cast<uint32_t>(argc > 2 ? std::atol(argv[2]) : 1'000'000);
  return seatwise::Main(argv[1], users,
                        static_cast<size_t>(argc > 3 ? std::atol(argv[3]) : 10L * users), argc < 5);
}
