#include "engine/incremental/live_nesting.h"

#include <limits>
#include <map>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/histories/live_facts.h"

namespace seatwise {
namespace {

using histories::LiveFactsOf;

using ::testing::ElementsAre;

constexpr Time kAlways{std::numeric_limits<int64_t>::min()};

TEST(LiveNestingTest, TheEarliestLatestTimeOfAllChainsCounts) {
  const LiveFacts facts = LiveFactsOf(
      "tenant nested\ngroup b in a @5\ngroup c in b @1\ngroup c in a @7\ngroup a in c @2\n"
      "group d in c @9\ngroup e in e @1\n");
  NestingSearch search(facts);
  EXPECT_THAT(search.From(0), ElementsAre(GroupLink{0, kAlways}, GroupLink{1, Time{5}},
                                          GroupLink{2, Time{5}}, GroupLink{3, Time{9}}));
  EXPECT_THAT(search.From(4), ElementsAre(GroupLink{4, kAlways}));
}

TEST(LiveNestingTest, WithoutNestedGroupsAGroupReachesItself) {
  const LiveFacts facts = LiveFactsOf("group b in a @5\n");
  EXPECT_THAT(NestingSearch(facts).From(0), ElementsAre(GroupLink{0, kAlways}));
}

// Times by group.
std::map<uint32_t, Time> MapOf(const std::vector<GroupLink>& links) {
  std::map<uint32_t, Time> times;
  for (const GroupLink& link : links) times[link.group] = link.added_at;
  return times;
}

// A nested tenant with random edges, two of its groups licensed.
class RandomEdges {
 public:
  explicit RandomEdges(uint32_t seed) : random_(seed), groups_(3 + Below(10)) {
    for (uint32_t i = Below(2 * groups_); i > 0; --i) Change();
  }

  uint32_t Below(uint32_t n) { return static_cast<uint32_t>(random_() % n); }

  // An edge appears, vanishes or changes its time. Answers its subgroup.
  std::string Change() {
    const uint32_t child = Below(groups_);
    times_[{Below(groups_), child}] = static_cast<int>(Below(6));
    return absl::StrCat("g", child);
  }

  LiveFacts Tenant() const {
    std::string text = "tenant nested\ngroup g0 -> s\ngroup g2 -> s\n";
    for (uint32_t i = 0; i < groups_; ++i) absl::StrAppend(&text, "group g", i, "\n");
    for (const auto& [edge, time] : times_) {
      if (time == 0) continue;  // It is not there.
      absl::StrAppend(&text, "group g", edge.second, " in g", edge.first, " @", time, "\n");
    }
    return LiveFactsOf(text);
  }

 private:
  std::mt19937 random_;
  uint32_t groups_;
  std::map<std::pair<uint32_t, uint32_t>, int> times_;  // By (group, subgroup).
};

TEST(LiveNestingTest, RepairFindsWhatASearchFromTheTopFinds) {
  int changes = 0;
  for (uint32_t seed = 0; seed < 300; ++seed) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    RandomEdges edges(seed);
    const LiveFacts before = edges.Tenant();
    std::vector<uint32_t> children;
    for (uint32_t i = 1 + edges.Below(4); i > 0; --i) {
      children.push_back(before.FindGroup(edges.Change()).value());
    }
    const LiveFacts after = edges.Tenant();
    LiveFacts stale = after;
    stale.carriers = before.carriers;
    NestingRepair repair(stale, children);
    NestingSearch search_before(before);
    NestingSearch search_after(after);
    for (uint32_t group = 0; group < after.groups.size(); ++group) {
      if (!after.shapes[group]) continue;
      std::map<uint32_t, Time> times = MapOf(search_before.From(group));
      const NestingRepair::Reached& repaired = repair.From(group);
      for (const auto& [reached, at] : MapOf(repaired.before)) {
        ASSERT_EQ(times.at(reached), at);
        times.erase(reached);
      }
      times.merge(MapOf(repaired.after));
      ASSERT_EQ(times, MapOf(search_after.From(group))) << "from " << group;
      changes += repaired.before != repaired.after;
    }
  }
  EXPECT_GT(changes, 100) << "or nothing is tested";
}

}  // namespace
}  // namespace seatwise
