// reliability.md, test 6: one bit flips anywhere in a store at rest. It is refused, or a read says
// DATA_LOSS, or it makes no difference; it never makes a store that silently has less or other
// writes, and no backup is made of what cannot be read.
#include <random>

#include "storage/rocks_backup.h"
#include "storage/scripted_load.h"
#include "storage/store_damage.h"

namespace seatwise {
namespace {

constexpr int kWrites = 38;
constexpr LoadProgress kEverything{kWrites, kWrites, true};

// The files of a store whose process died, with writes in tables and in the log.
std::string KilledStore() {
  const std::string path = FreshPath();
  const RocksStoreOptions options = LoadOptions(path, nullptr);
  EXPECT_TRUE(RunLoad(options, kWrites - 3).finished);
  const auto store = OpenRocksStore(options).value();
  const Owner owners[2] = {store->OpenTenant({1}).value(), store->OpenTenant({2}).value()};
  Ticket last;
  for (int i = kWrites - 2; i <= kWrites; ++i) last = AppendWrite(*store, owners, i).value();
  EXPECT_TRUE(store->AwaitDurable(last).ok());
  return CopyOf(path);
}

enum class Outcome { kRefused, kReadFails, kHarmless, kSilent };

Outcome OutcomeOf(const std::string& path, std::string& told) {
  const auto store = OpenRocksStore(LoadOptions(path, nullptr));
  if (!store.ok()) {
    told = store.status().ToString();
    const bool clear =
        absl::IsDataLoss(store.status()) || absl::IsFailedPrecondition(store.status());
    return clear ? Outcome::kRefused : Outcome::kSilent;
  }
  told = FaultOf(**store, kEverything);
  if (told.empty()) return Outcome::kHarmless;
  if (told.find("unreadable: DATA_LOSS") == std::string::npos) return Outcome::kSilent;
  const std::string backups = FreshPath("backups");
  const absl::Status backup = (*store)->Backup(backups);
  std::filesystem::remove_all(backups);
  if (!backup.ok()) return Outcome::kReadFails;
  told = "a backup was made of a store that cannot be read";
  return Outcome::kSilent;
}

// Flips bits of one file of the store, each in a copy, and counts outcomes.
std::map<Outcome, int> FlipBitsOf(const std::string& store, const std::string& name, int flips,
                                  std::mt19937& random) {
  std::map<Outcome, int> outcomes;
  const uint64_t bits = 8 * std::filesystem::file_size(store + "/" + name);
  for (int i = 0; i < flips; ++i) {
    const std::string copy = CopyOf(store);
    const uint64_t bit = std::uniform_int_distribution<uint64_t>(0, bits - 1)(random);
    FlipBit(copy + "/" + name, bit);
    std::string told;
    const Outcome outcome = OutcomeOf(copy, told);
    EXPECT_NE(outcome, Outcome::kSilent) << name << ", bit " << bit << ": " << told;
    ++outcomes[outcome];
    std::filesystem::remove_all(copy);
  }
  return outcomes;
}

bool Ends(const std::string& text, const std::string& end) { return text.ends_with(end); }

TEST(BitFlipTest, EachIsRefusedToldOfOrHarmless) {
  const uint32_t seed = std::random_device()();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  const std::string store = KilledStore();
  int tables = 0;
  for (const auto& [name, content] : FilesOf(store)) {
    if (content.empty() || name.find("OPTIONS") != std::string::npos) continue;
    const bool log = Ends(name, ".log");
    const bool table = Ends(name, ".sst");
    const bool manifest = name.find("MANIFEST") != std::string::npos;
    const int flips = log ? 60 : manifest ? 40 : table ? 15 : 12;
    auto outcomes = FlipBitsOf(store, name, flips, random);
    // Each bit of a log was acknowledged and counts; most of a table is writes.
    EXPECT_LE(outcomes[Outcome::kHarmless], log ? 0 : table ? flips - 1 : flips) << name;
    tables += table ? 1 : 0;
  }
  EXPECT_GE(tables, 2);
}

}  // namespace
}  // namespace seatwise
