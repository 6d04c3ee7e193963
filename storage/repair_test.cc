#include "storage/repair.h"

#include <functional>

#include "storage/store_damage.h"

namespace seatwise {
namespace {

using Keys = std::vector<std::string>;

// A store in which a, b and c were committed, and whose process died.
class RepairTest : public testing::Test {
 protected:
  RepairTest() {
    const std::string path = FreshPath();
    const auto store = OpenRocksStore(OptionsFor(path)).value();
    owner_ = store->OpenTenant({1}).value();
    for (const char* key : {"a", "b", "c"}) {
      Batch batch;
      batch.Put(key, std::string(100, 'v'));
      last_ = store->Commit(owner_, batch, {}).value();
    }
    path_ = CopyOf(path);
  }

  Owner owner_;
  Ticket last_;
  std::string path_;
};

TEST_F(RepairTest, AStoreFromWhichNothingIsMissingIsLeftAlone) {
  const auto before = FilesOf(path_);
  const Repair repair = RepairRocksStore(OptionsFor(path_), true).value();
  EXPECT_FALSE(repair.repaired);
  EXPECT_EQ(repair.generation, 1);
  EXPECT_EQ(repair.text, "Nothing is missing; nothing was changed.\n");
  EXPECT_EQ(FilesOf(path_), before);
}

TEST_F(RepairTest, WithoutConsentNothingIsChanged) {
  CutBy(LogOf(path_), 3);
  const auto before = FilesOf(path_);
  const absl::Status status = RepairRocksStore(OptionsFor(path_), false).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss);
  EXPECT_NE(status.message().find("is missing acknowledged writes"), absl::string_view::npos);
  EXPECT_EQ(FilesOf(path_), before);
}

TEST_F(RepairTest, AnAcceptedLossKeepsWhatIsBeforeItAndFencesEverybody) {
  CutBy(LogOf(path_), 3);
  const std::string damaged = ContentOf(LogOf(path_));
  const Repair repair = RepairRocksStore(OptionsFor(path_), true).value();
  EXPECT_TRUE(repair.repaired);
  EXPECT_EQ(repair.generation, 2);
  EXPECT_EQ(repair.evidence, path_ + "/damaged-2");
  EXPECT_NE(repair.text.find("Acknowledged were writes up to 5; those after 4 are lost.\n"),
            std::string::npos)
      << repair.text;
  bool kept = false;
  for (const auto& [name, content] : FilesOf(repair.evidence)) kept |= content == damaged;
  EXPECT_TRUE(kept);

  const auto store = OpenRocksStore(OptionsFor(path_)).value();
  EXPECT_EQ(store->generation(), 2);
  EXPECT_EQ(KeysOf(*store, {1}), (Keys{"a", "b"}));
  EXPECT_EQ(PutOne(*store, owner_, "x", "").code(), absl::StatusCode::kFailedPrecondition);
  const Owner owner = store->OpenTenant({1}).value();
  EXPECT_GT(owner.epoch, owner_.epoch + (uint64_t{1} << 31));
  Batch batch;
  batch.Put("d", "");
  EXPECT_GT(store->Commit(owner, batch, {}).value(), last_);
}

TEST_F(RepairTest, EachLossOfTheLogOrTheMarkCanBeAccepted) {
  const struct {
    std::string what;
    std::function<void(const std::string& path)> damage;
    Keys left;
  } cases[] = {
      {"no log", [](const std::string& path) { std::filesystem::remove(LogOf(path)); }, {}},
      {"no mark",
       [](const std::string& path) { std::filesystem::remove(path + "/MARK"); },
       {"a", "b", "c"}},
      {"a flipped bit", [](const std::string& path) { FlipBit(LogOf(path), 8 * 10); }, {}},
  };
  for (const auto& [what, damage, left] : cases) {
    const std::string path = CopyOf(path_);
    damage(path);
    ASSERT_EQ(OpenRocksStore(OptionsFor(path)).status().code(), absl::StatusCode::kDataLoss);
    const absl::StatusOr<Repair> repair = RepairRocksStore(OptionsFor(path), true);
    ASSERT_TRUE(repair.ok()) << what << ": " << repair.status();
    const auto store = OpenRocksStore(OptionsFor(path));
    ASSERT_TRUE(store.ok()) << what << ": " << store.status();
    EXPECT_EQ(KeysOf(**store, {1}), left) << what;
  }
}

TEST_F(RepairTest, WhatIsDamagedBesidesTheLogIsNotRepaired) {
  FlipBit(NewestFile(path_, "MANIFEST", ""), 8 * 12);
  const absl::Status status = RepairRocksStore(OptionsFor(path_), true).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss);
  EXPECT_NE(status.message().find("restore a backup"), absl::string_view::npos) << status;
}

TEST_F(RepairTest, WhatIsNoStoreOrIsOpenIsNotRepaired) {
  EXPECT_EQ(RepairRocksStore(OptionsFor(FreshPath()), true).status().code(),
            absl::StatusCode::kNotFound);
  const auto store = OpenRocksStore(OptionsFor(path_)).value();
  EXPECT_EQ(RepairRocksStore(OptionsFor(path_), true).status().code(),
            absl::StatusCode::kUnavailable);
}

}  // namespace
}  // namespace seatwise
