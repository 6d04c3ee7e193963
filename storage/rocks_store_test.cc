#include "storage/rocks_store.h"

#include <string>

#include "gtest/gtest.h"
#include "storage/store_conformance.h"
#include "storage/store_damage.h"
#include "storage/store_folder.h"

namespace seatwise {
namespace {

std::unique_ptr<Store> NewRocksStore() { return OpenRocksStore(OptionsFor(FreshPath())).value(); }

INSTANTIATE_TEST_SUITE_P(Rocks, StoreConformance, testing::Values(NewRocksStore));

TEST(RocksStoreTest, WhatWasWrittenIsThereAfterARestart) {
  const std::string path = FreshPath();
  Owner owner;
  Ticket last;
  {
    const auto store = OpenRocksStore(OptionsFor(path)).value();
    owner = store->OpenTenant({1}).value();
    ASSERT_TRUE(PutOne(*store, owner, "a", "1").ok());
    Batch batch;
    batch.Put("b", "appended, not awaited");
    last = store->Append(owner, batch, {}).value();
  }
  RocksStoreOptions options = OptionsFor(path);
  options.create_if_missing = false;
  const auto store = OpenRocksStore(options).value();
  EXPECT_EQ(store->StartNote(), "");
  EXPECT_EQ(store->generation(), 1);
  EXPECT_EQ(store->TakeSnapshot()->Get({1}, "a").value(), "1");
  EXPECT_EQ(store->TakeSnapshot()->Get({1}, "b").value(), "appended, not awaited");
  Batch batch;
  batch.Put("c", "the owner of before the restart still is");
  EXPECT_GT(store->Append(owner, batch, {}).value(), last);
  EXPECT_GT(store->OpenTenant({1}).value().epoch, owner.epoch);
  EXPECT_EQ(store->Append(owner, batch, {}).status().code(), absl::StatusCode::kFailedPrecondition);
}

TEST(RocksStoreTest, WhatIsNoStoreIsNotOpened) {
  const std::string foreign = FreshPath();
  const std::string newer = FreshPath();
  ASSERT_TRUE(StoreFolder(foreign, nullptr).Create().ok());
  ASSERT_TRUE(StoreFolder(foreign, nullptr).WriteDurably("holiday.jpg", "x").ok());
  ASSERT_TRUE(OpenRocksStore(OptionsFor(newer)).ok());
  ASSERT_TRUE(
      StoreFolder(newer, nullptr).WriteDurably(kFormatFile, "seatwise store, format 9\n").ok());
  const struct {
    std::string path;
    bool create;
    absl::StatusCode code;
    std::string says;
  } cases[] = {
      {FreshPath(), false, absl::StatusCode::kNotFound, "there is no store at"},
      {foreign, false, absl::StatusCode::kFailedPrecondition, "is not a store"},
      {foreign, true, absl::StatusCode::kFailedPrecondition, "is not a store"},
      {newer, false, absl::StatusCode::kFailedPrecondition, "says format 9"},
      {newer, true, absl::StatusCode::kFailedPrecondition, "says format 9"},
  };
  for (const auto& [path, create, code, says] : cases) {
    RocksStoreOptions options = OptionsFor(path);
    options.create_if_missing = create;
    const absl::Status status = OpenRocksStore(options).status();
    EXPECT_EQ(status.code(), code) << status;
    EXPECT_NE(std::string(status.message()).find(says), std::string::npos) << status;
  }
  EXPECT_EQ(StoreFolder(foreign, nullptr).List().value().size(), 1);
}

TEST(RocksStoreTest, OnlyOneHasAStoreOpen) {
  const std::string path = FreshPath();
  const auto store = OpenRocksStore(OptionsFor(path)).value();
  const absl::Status status = OpenRocksStore(OptionsFor(path)).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable);
  EXPECT_NE(status.message().find("in use"), absl::string_view::npos) << status;
}

TEST(RocksStoreTest, AStoreThatWasNotFinishedIsMadeAnew) {
  const std::string path = FreshPath();
  const StoreFolder folder(path, nullptr);
  ASSERT_TRUE(folder.Create().ok());
  ASSERT_TRUE(folder.WriteDurably(kCreatingFile, "").ok());
  ASSERT_TRUE(folder.WriteDurably(kMarkFile, "half").ok());
  ASSERT_TRUE(folder.env()->CreateDir(folder.RocksPath()).ok());
  ASSERT_TRUE(folder.WriteDurably("rocks/CURRENT", "MANIFEST-0").ok());
  RocksStoreOptions options = OptionsFor(path);
  options.create_if_missing = false;
  EXPECT_EQ(OpenRocksStore(options).status().code(), absl::StatusCode::kNotFound);
  EXPECT_TRUE(OpenRocksStore(OptionsFor(path)).ok());
  EXPECT_FALSE(folder.Exists(kCreatingFile));
}

TEST(RocksStoreTest, ABulkLoadIsManyAppendsAndOneAwait) {
  const std::string path = FreshPath();
  {
    const auto store = OpenRocksStore(OptionsFor(path)).value();
    const Owner owner = store->OpenTenant({1}).value();
    Ticket last;
    for (int i = 0; i < 20; ++i) {
      Batch batch;
      batch.Put("chunk" + std::to_string(i), std::string(1'000'000, static_cast<char>('a' + i)));
      last = store->Append(owner, batch, {}).value();
    }
    ASSERT_TRUE(store->AwaitDurable(last).ok());
  }
  const auto store = OpenRocksStore(OptionsFor(path)).value();
  int chunks = 0;
  ASSERT_TRUE(store->TakeSnapshot()
                  ->Scan({1}, {"", "", true},
                         [&](absl::string_view, absl::string_view value) {
                           EXPECT_EQ(value.size(), 1'000'000);
                           return ++chunks > 0;
                         })
                  .ok());
  EXPECT_EQ(chunks, 20);
}

}  // namespace
}  // namespace seatwise
