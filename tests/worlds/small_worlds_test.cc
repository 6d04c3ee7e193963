// In every small world, every engine derives what the reference does.
//
// The slow engines see a part of the worlds only, unless SEATWISE_EVERY_ENGINE=1 is given with
// --test_env: then all of them see all.
#include "tests/worlds/small_worlds.h"

#include <cstdlib>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "base/sanitizers.h"
#include "gtest/gtest.h"
#include "tests/engines/engines.h"
#include "tests/worlds/describe.h"
#include "tests/worlds/judge.h"

namespace seatwise::worlds {
namespace {

// A part of the worlds of a family: every kParts-th, from `part` on.
struct Part {
  int family;
  uint64_t part;
};
constexpr uint64_t kParts = 4;

std::vector<Part> AllParts() {
  std::vector<Part> parts;
  for (size_t family = 0; family < AllSmallWorlds().size(); ++family) {
    for (uint64_t part = 0; part < kParts; ++part)
      parts.push_back({static_cast<int>(family), part});
  }
  return parts;
}

std::string PartName(const testing::TestParamInfo<Part>& info) {
  return absl::StrCat(AllSmallWorlds()[info.param.family].family, "_", info.param.part);
}

// Engines that differ from the second one by their threads only see a part of the worlds: with two
// users, most of their time is waking threads.
constexpr uint64_t kAllEnginesEvery = 8;
// The last one takes steps on its way, and costs as much as all others together.
constexpr uint64_t kLastEngineEvery = 64;
// Sanitizers see what goes wrong in memory in one of many as well.
constexpr uint64_t kEvery = kSanitized ? 8 : 1;

bool EveryEngineSeesAll() {
  const char* text = std::getenv("SEATWISE_EVERY_ENGINE");
  return text != nullptr && absl::string_view(text) == "1";
}

class SmallWorldsTest : public testing::TestWithParam<Part> {};

TEST_P(SmallWorldsTest, EnginesAgree) {
  const SmallWorlds worlds = AllSmallWorlds()[GetParam().family];
  const std::vector<Engine> all = AllEngines();
  const bool every = EveryEngineSeesAll();
  const auto engines_for = [engines = absl::MakeConstSpan(all), every](uint64_t turn) {
    if (every || turn % kLastEngineEvery == 0) return engines;
    return engines.first(turn % kAllEnginesEvery == 0 ? engines.size() - 1 : 2);
  };
  for (uint64_t number = GetParam().part; number < worlds.count; number += kParts * kEvery) {
    const auto find = [&](const Facts& facts) {
      return FindFault(engines_for(number / kParts), facts);
    };
    const Facts facts = worlds.world(number);
    if (find(facts).empty()) continue;
    FAIL() << "world " << worlds.family << " " << number << "\n" << Explain(facts, find);
  }
}

INSTANTIATE_TEST_SUITE_P(Families, SmallWorldsTest, testing::ValuesIn(AllParts()), PartName);

TEST(SmallWorldsListTest, EveryWorldIsVisitedOnce) {
  uint64_t count = 0;
  for (const SmallWorlds& worlds : AllSmallWorlds()) count += worlds.count;
  EXPECT_EQ(count, 287'920u);
  uint64_t visits = 0;
  std::string last;
  ForEachSmallWorld([&](const Facts&, absl::string_view name) {
    ++visits;
    last = std::string(name);
  });
  EXPECT_EQ(visits, count);
  EXPECT_EQ(last, "capacity 6911");
}

TEST(SmallWorldsListTest, CapacityWorldsAreAllDifferent) {
  const SmallWorlds capacity = AllSmallWorlds().back();
  std::set<std::string> texts;
  for (uint64_t number = 0; number < capacity.count; ++number) {
    texts.insert(Describe(capacity.world(number)));
  }
  EXPECT_EQ(texts.size(), capacity.count);
}

}  // namespace
}  // namespace seatwise::worlds
