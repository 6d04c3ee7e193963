#include "storage/start_up.h"

#include "storage/store_damage.h"

namespace seatwise {
namespace {

// A store in which the keys a, b and c were committed, in this order, and whose process died.
class StartUpTest : public testing::Test {
 protected:
  StartUpTest() {
    const std::string path = FreshPath();
    const auto store = OpenRocksStore(OptionsFor(path)).value();
    owner_ = store->OpenTenant({1}).value();
    for (const char* key : {"a", "b", "c"}) {
      size_before_last_ = std::filesystem::file_size(LogOf(path));
      EXPECT_TRUE(PutOne(*store, owner_, key, std::string(100, 'v')).ok());
    }
    killed_ = CopyOf(path);
    Batch batch;
    batch.Put("d", "appended, and nobody was promised");
    EXPECT_TRUE(store->Append(owner_, batch, {}).ok());
    killed_later_ = CopyOf(path);
  }

  // Expects a refusal that says so, and leaves every file as it was.
  static void ExpectRefused(const std::string& path, const std::string& says) {
    const auto before = FilesOf(path);
    const absl::StatusOr<std::unique_ptr<Store>> store = OpenRocksStore(OptionsFor(path));
    EXPECT_EQ(store.status().code(), absl::StatusCode::kDataLoss) << store.status();
    EXPECT_NE(std::string(store.status().message()).find(says), std::string::npos)
        << store.status();
    EXPECT_EQ(FilesOf(path), before);
  }

  Owner owner_;
  uintmax_t size_before_last_ = 0;  // Of the log.
  std::string killed_;
  std::string killed_later_;
};

using Keys = std::vector<std::string>;

// What became of the last record of a log.
struct Tail {
  enum class Fill { kZeros, kGarbage };
  static constexpr uint64_t kAll = ~uint64_t{0};
  static constexpr uint64_t kRest = kAll;

  uint64_t kept = 0;    // Its first bytes, which are there: 7 are the header.
  uint64_t filled = 0;  // Bytes behind those; kRest is up to where the record ended.
  Fill fill = Fill::kZeros;

  friend std::ostream& operator<<(std::ostream& out, const Tail& tail) {
    return out << tail.kept << " bytes kept, " << tail.filled
               << (tail.fill == Fill::kZeros ? " zeros" : " bytes of garbage");
  }
};

// A header with and without its last byte, and some of the content; a file that had grown and was
// not written, or with what lay there before; less and more than a block of the log, which has 32
// KiB.
std::vector<Tail> TornTails() {
  std::vector<Tail> tails;
  for (const uint64_t kept : {1, 5, 6, 7, 8, 40}) tails.push_back({.kept = kept});
  for (const Tail::Fill fill : {Tail::Fill::kZeros, Tail::Fill::kGarbage}) {
    for (const uint64_t kept : {0, 7, 30}) {
      for (const uint64_t filled : {Tail::kRest, uint64_t{70'000}}) {
        tails.push_back({kept, filled, fill});
      }
    }
  }
  return tails;
}

// A copy of the store whose log has such an end behind `begin`.
std::string WithTail(const std::string& store, uint64_t begin, const Tail& tail) {
  const std::string copy = CopyOf(store);
  std::string log = ContentOf(LogOf(copy));
  const uint64_t end = log.size();
  if (tail.kept != Tail::kAll) log.resize(begin + tail.kept);
  const uint64_t filled = tail.filled == Tail::kRest ? end - log.size() : tail.filled;
  for (uint64_t i = 0; i < filled; ++i) {
    log.push_back(tail.fill == Tail::Fill::kZeros ? '\0' : static_cast<char>(i * 131 + 17));
  }
  std::ofstream(LogOf(copy), std::ios::binary) << log;
  return copy;
}

TEST_F(StartUpTest, AfterADeathOfTheProcessEverythingIsThere) {
  const auto store = OpenRocksStore(OptionsFor(killed_later_)).value();
  EXPECT_EQ(KeysOf(*store, {1}), (Keys{"a", "b", "c", "d"}));
  EXPECT_EQ(store->StartNote(), "");
}

TEST_F(StartUpTest, ATornTailThatNobodyWasPromisedIsDroppedAndToldOf) {
  CutBy(LogOf(killed_later_), 3);
  {
    const auto store = OpenRocksStore(OptionsFor(killed_later_)).value();
    EXPECT_EQ(KeysOf(*store, {1}), (Keys{"a", "b", "c"}));
    EXPECT_NE(store->StartNote(), "");
    EXPECT_EQ(store->generation(), 1);
    EXPECT_TRUE(PutOne(*store, owner_, "e", "goes on").ok());
  }
  const auto store = OpenRocksStore(OptionsFor(killed_later_)).value();
  EXPECT_EQ(KeysOf(*store, {1}), (Keys{"a", "b", "c", "e"}));
  EXPECT_EQ(store->StartNote(), "");
}

TEST_F(StartUpTest, HoweverATailIsTornThatNobodyWasPromisedTheRestIsThere) {
  const uint64_t begin = std::filesystem::file_size(LogOf(killed_));
  for (const Tail& tail : TornTails()) {
    SCOPED_TRACE(tail);
    const std::string path = WithTail(killed_later_, begin, tail);
    {
      const auto store = OpenRocksStore(OptionsFor(path));
      ASSERT_TRUE(store.ok()) << store.status();
      EXPECT_EQ(KeysOf(**store, {1}), (Keys{"a", "b", "c"}));
      EXPECT_TRUE(PutOne(**store, owner_, "e", "goes on").ok());
    }
    EXPECT_EQ(KeysOf(*OpenRocksStore(OptionsFor(path)).value(), {1}), (Keys{"a", "b", "c", "e"}));
    std::filesystem::remove_all(path);
  }
}

TEST_F(StartUpTest, HoweverAnAcknowledgedTailIsTornItIsRefused) {
  for (const Tail& tail : TornTails()) {
    SCOPED_TRACE(tail);
    const std::string path = WithTail(killed_, size_before_last_, tail);
    ExpectRefused(path, "is missing acknowledged writes");
    std::filesystem::remove_all(path);
  }
}

TEST_F(StartUpTest, WhatLiesBehindACompleteLogIsNothing) {
  for (const Tail::Fill fill : {Tail::Fill::kZeros, Tail::Fill::kGarbage}) {
    for (const uint64_t filled : {6, 7, 70'000}) {
      const Tail tail = {Tail::kAll, filled, fill};
      const auto store = OpenRocksStore(OptionsFor(WithTail(killed_, size_before_last_, tail)));
      ASSERT_TRUE(store.ok()) << tail << ": " << store.status();
      EXPECT_EQ(KeysOf(**store, {1}), (Keys{"a", "b", "c"})) << tail;
    }
  }
}

TEST_F(StartUpTest, AnAcknowledgedTailThatIsTornIsRefused) {
  CutBy(LogOf(killed_), 3);
  ExpectRefused(killed_, "is missing acknowledged writes");
}

TEST_F(StartUpTest, AnAcknowledgedTailThatIsGoneWithoutATraceIsRefused) {
  std::filesystem::resize_file(LogOf(killed_), size_before_last_);
  ExpectRefused(killed_, "is missing acknowledged writes");
}

TEST_F(StartUpTest, AFlippedBitInTheLogIsRefused) {
  FlipBit(LogOf(killed_), 8 * (size_before_last_ - 20));
  ExpectRefused(killed_, "accept the loss of the rest with `seatwise admin repair --accept-loss`");
}

TEST_F(StartUpTest, ALogThatIsGoneIsRefused) {
  std::filesystem::remove(LogOf(killed_));
  ExpectRefused(killed_, "is missing acknowledged writes");
}

TEST_F(StartUpTest, WithoutAMarkNothingIsTakenForGranted) {
  std::filesystem::remove(killed_ + "/MARK");
  ExpectRefused(killed_, "how many were acknowledged is not known");
}

TEST_F(StartUpTest, AMarkOfAnotherGenerationIsRefused) {
  const StoreFolder folder(killed_, nullptr);
  ASSERT_TRUE(HighWaterMark::Create(folder, {2, 1}).ok());
  ExpectRefused(killed_, "of generation 2");
}

TEST_F(StartUpTest, DamageBesidesTheLogIsRefused) {
  FlipBit(NewestFile(killed_, "MANIFEST", ""), 8 * 12);
  ExpectRefused(killed_, "restore a backup");
  std::filesystem::remove(killed_later_ + "/rocks/CURRENT");
  ExpectRefused(killed_later_, "restore a backup");
}

TEST_F(StartUpTest, AnOldCopyOfRocksdbsFilesBesideANewMarkIsRefused) {
  std::filesystem::remove(killed_later_ + "/MARK");
  const StoreFolder folder(killed_later_, nullptr);
  ASSERT_TRUE(HighWaterMark::Create(folder, {1, 1000}).ok());
  ExpectRefused(killed_later_, "up to write 1000 of generation 1 were acknowledged");
}

}  // namespace
}  // namespace seatwise
