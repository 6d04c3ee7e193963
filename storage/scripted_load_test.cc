#include "storage/scripted_load.h"

#include <map>
#include <optional>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "storage/rocks_store.h"
#include "storage/store_damage.h"

namespace seatwise {
namespace {

constexpr size_t kValueBytes = 6000;
constexpr int kWritesTogether = 3;

std::string ValueOf(int i) { return std::string(kValueBytes, static_cast<char>('a' + i % 26)); }

bool OpenBoth(Store& store, Owner owners[2]) {
  for (uint32_t tenant = 1; tenant <= 2; ++tenant) {
    const absl::StatusOr<Owner> owner = store.OpenTenant({tenant});
    if (!owner.ok()) return false;
    owners[tenant - 1] = *owner;
  }
  return true;
}

// Writes number `first` to `last`. False as soon as one fails.
bool Load(Store& store, int first, int last, LoadProgress& progress) {
  Owner owners[2];
  if (!OpenBoth(store, owners)) return false;
  for (int i = first; i <= last; ++i) {
    const absl::StatusOr<Ticket> ticket = AppendWrite(store, owners, i);
    if (!ticket.ok()) return false;
    progress.appended = i;
    if (i % kWritesTogether == 1 && i != last) continue;
    if (!store.AwaitDurable(*ticket).ok()) return false;
    progress.acknowledged = i;
  }
  return true;
}

// How many writes are there, if that is a prefix; else what is wrong.
struct Prefix {
  int writes = 0;
  std::string fault;
};

Prefix PrefixIn(const Store& store) {
  std::map<int, std::string> found;
  std::string numbers[2] = {"0", "0"};
  const auto snapshot = store.TakeSnapshot();
  for (uint32_t tenant = 1; tenant <= 2; ++tenant) {
    const absl::Status status =
        snapshot->Scan({tenant}, {}, [&](absl::string_view key, absl::string_view value) {
          int i = 0;
          if (key == "n") {
            numbers[tenant - 1] = std::string(value);
          } else if (absl::SimpleAtoi(key.substr(1), &i)) {
            found.emplace(i, value);
          }
          return true;
        });
    if (!status.ok()) return {0, absl::StrCat("unreadable: ", status.ToString())};
  }
  const int writes = static_cast<int>(found.size());
  for (const auto& [i, value] : found) {
    if (i < 1 || i > writes) return {0, absl::StrCat("a hole before write ", i)};
    if (value != ValueOf(i)) return {0, absl::StrCat("a wrong value of write ", i)};
  }
  for (int parity = 0; parity < 2; ++parity) {
    const int last = writes - (writes % 2 == parity ? 0 : 1);
    const std::string& number = numbers[parity == 1 ? 0 : 1];
    if (number != absl::StrCat(std::max(last, 0))) return {0, "half of a write"};
  }
  return {writes, ""};
}

}  // namespace

RocksStoreOptions LoadOptions(const std::string& path,
                              std::shared_ptr<rocksdb::FileSystem> file_system) {
  RocksStoreOptions options = OptionsFor(path);
  options.memory_bytes = 512 << 10;
  options.file_system = std::move(file_system);
  return options;
}

absl::StatusOr<Ticket> AppendWrite(Store& store, const Owner owners[2], int i) {
  Batch batch;
  batch.Put(absl::StrCat("v", i), ValueOf(i));
  batch.Put("n", absl::StrCat(i));
  return store.Append(owners[i % 2 == 1 ? 0 : 1], batch, {});
}

LoadProgress RunLoad(const RocksStoreOptions& options, int last) {
  LoadProgress progress;
  for (const auto& [first, until] : {std::pair(1, last / 2), std::pair(last / 2 + 1, last)}) {
    const absl::StatusOr<std::unique_ptr<Store>> store = OpenRocksStore(options);
    if (!store.ok() || !Load(**store, first, until, progress)) return progress;
  }
  progress.finished = true;
  return progress;
}

int WritesIn(const Store& store) { return PrefixIn(store).writes; }

std::string FaultOf(const Store& store, const LoadProgress& progress) {
  const Prefix prefix = PrefixIn(store);
  if (!prefix.fault.empty()) return prefix.fault;
  if (prefix.writes < progress.acknowledged) {
    return absl::StrCat("acknowledged up to ", progress.acknowledged, ", but there are ",
                        prefix.writes);
  }
  // The one that was being appended may have made it.
  if (prefix.writes > progress.appended + 1) return "more than was appended";
  return "";
}

std::string FaultAfterRestart(const RocksStoreOptions& options, const LoadProgress& progress) {
  const absl::StatusOr<std::unique_ptr<Store>> store = OpenRocksStore(options);
  if (!store.ok()) return store.status().ToString();
  const std::string fault = FaultOf(**store, progress);
  if (!fault.empty()) return fault;
  Owner owners[2];
  if (!OpenBoth(**store, owners)) return "cannot be written any more";
  const int next = WritesIn(**store) + 1;
  if (!AppendWrite(**store, owners, next).ok()) return "cannot be written any more";
  return FaultOf(**store, {next, next});
}

namespace {

TEST(ScriptedLoadTest, ALoadThatNothingDisturbsIsAllThere) {
  const RocksStoreOptions options = LoadOptions(FreshPath(), nullptr);
  const LoadProgress progress = RunLoad(options, 40);
  EXPECT_TRUE(progress.finished);
  EXPECT_EQ(progress.acknowledged, 40);
  EXPECT_EQ(FaultAfterRestart(options, progress), "");
}

TEST(ScriptedLoadTest, WhatIsMissingOrTooMuchIsFound) {
  const RocksStoreOptions options = LoadOptions(FreshPath(), nullptr);
  LoadProgress progress = RunLoad(options, 10);
  const auto store = OpenRocksStore(options).value();
  EXPECT_EQ(FaultOf(*store, progress), "");
  EXPECT_EQ(FaultOf(*store, {11, 11}), "acknowledged up to 11, but there are 10");
  EXPECT_EQ(FaultOf(*store, {8, 8}), "more than was appended");
  const Owner owner = store->OpenTenant({1}).value();
  ASSERT_TRUE(PutOne(*store, owner, "n", "8").ok());
  EXPECT_EQ(FaultOf(*store, progress), "half of a write");
  ASSERT_TRUE(EraseRange(*store, owner, {"v3", "v4"}).ok());
  EXPECT_EQ(FaultOf(*store, progress), "a hole before write 10");
  ASSERT_TRUE(PutOne(*store, owner, "v3", "x").ok());
  EXPECT_EQ(FaultOf(*store, progress), "a wrong value of write 3");
}

}  // namespace
}  // namespace seatwise
