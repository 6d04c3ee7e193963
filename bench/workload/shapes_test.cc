// Each adversarial shape, generated small and read back, is what it promises to be.
#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "bench/workload/folder_reader.h"
#include "bench/workload/generator.h"
#include "bench/workload/options.h"
#include "gtest/gtest.h"

namespace seatwise::workload {
namespace {

using Links = std::map<std::string, std::set<std::string>>;

class ShapesTest : public testing::Test {
 protected:
  void Make(Shape shape, const Overrides& overrides) {
    const absl::StatusOr<Options> options =
        Resolve(Preset::kS, shape, Mode::kSkuIndependent, true, 1, overrides);
    ASSERT_TRUE(options.ok()) << options.status();
    folder_ = absl::StrCat(testing::TempDir(), "/", AbslUnparseFlag(shape));
    const absl::StatusOr<Summary> summary = Generate(*options, folder_);
    ASSERT_TRUE(summary.ok()) << summary.status();
    summary_ = *summary;
    for (const auto& row : Read("members.csv")) {
      auto& links = row[1] == "group" ? groups_below_ : groups_of_user_;
      const bool nesting = row[1] == "group";
      links[row[nesting ? 0 : 2]].insert(row[nesting ? 2 : 0]);
    }
    for (const auto& row : Read("assignments.csv")) skus_of_[row[1]].insert(row[2]);
  }

  Table Read(absl::string_view name) const { return ReadTable(folder_, name); }

  // The longest way down from a group, which must not be in a cycle.
  size_t Depth(const std::string& group) const {
    size_t below = 0;
    const auto members = groups_below_.find(group);
    if (members == groups_below_.end()) return 1;
    for (const std::string& member : members->second) below = std::max(below, Depth(member));
    return below + 1;
  }

  std::string folder_;
  Summary summary_;
  Links groups_of_user_;
  Links groups_below_;
  Links skus_of_;
};

TEST_F(ShapesTest, OneGroupHoldsEverybody) {
  Make(Shape::kOneGroup, {.users = 300});
  EXPECT_EQ(Read("groups.csv").size(), 1u);
  EXPECT_EQ(groups_of_user_.size(), 300u);
  EXPECT_EQ(Read("members.csv").size(), 300u);
  EXPECT_EQ(skus_of_.begin()->second.size(), 4u);
  EXPECT_EQ(summary_.touching, 300u);
}

TEST_F(ShapesTest, AllDifferentHasNoTwoUsersInTheSameGroups) {
  Make(Shape::kAllDifferent,
       {.users = 1'000, .licensed_groups = 40, .memberships = 5'000, .skus = 10});
  std::set<std::set<std::string>> sets;
  for (const auto& [user, groups] : groups_of_user_) {
    EXPECT_EQ(groups.size(), 5u);
    EXPECT_TRUE(sets.insert(groups).second);
    for (const std::string& group : groups) EXPECT_TRUE(skus_of_.count(group));
  }
  EXPECT_EQ(sets.size(), 1'000u);
}

TEST_F(ShapesTest, AllContendedHasFewerSeatsOfEverySkuThanAskForIt) {
  Make(Shape::kAllContended, {});
  EXPECT_EQ(summary_.scarce_skus, 20u);
  EXPECT_GT(summary_.touching, 9'700u);
}

TEST_F(ShapesTest, ManyAssignmentsGiveAThousandClaimsAUser) {
  Make(Shape::kManyAssignments, {.users = 10});
  ASSERT_EQ(groups_of_user_.size(), 10u);
  for (const auto& [user, groups] : groups_of_user_) {
    size_t claims = skus_of_[user].size();
    EXPECT_EQ(claims, 200u);
    for (const std::string& group : groups) claims += skus_of_[group].size();
    EXPECT_EQ(claims, 1'000u);
  }
  EXPECT_EQ(Read("plan_conflicts.csv").size(), 20u);
  EXPECT_EQ(summary_.claims, 10'000u);
}

TEST_F(ShapesTest, DeepNestingHasChainsOfFifty) {
  Make(Shape::kDeepNesting, {.users = 500, .groups = 1'000, .memberships = 5'000});
  EXPECT_EQ(skus_of_.size(), 40u);
  size_t tops = 0;
  for (const auto& [group, skus] : skus_of_) {
    const size_t depth = Depth(group);
    EXPECT_TRUE(depth == 50 || depth == 25) << depth;
    tops += depth == 50;
  }
  EXPECT_EQ(tops, 20u);
  EXPECT_EQ(Read("members.csv").size(), 5'000u);
}

TEST_F(ShapesTest, WideDiamondsHaveThousandsOfPaths) {
  Make(Shape::kWideDiamonds, {.users = 100, .groups = 400, .memberships = 6'000});
  EXPECT_EQ(skus_of_.size(), 6u);
  for (const auto& [top, skus] : skus_of_) {
    EXPECT_EQ(Depth(top), 6u);
    // The number of paths to each group of a layer.
    std::map<std::string, int> paths = {{top, 1}};
    for (int layer = 0; layer < 5; ++layer) {
      std::map<std::string, int> next;
      for (const auto& [group, count] : paths) {
        for (const std::string& member : groups_below_[group]) next[member] += count;
      }
      paths = next;
    }
    ASSERT_EQ(paths.size(), 1u);
    EXPECT_EQ(paths.begin()->second, 65'536);
  }
}

TEST_F(ShapesTest, SharedAddressIsOwnedByATenth) {
  Make(Shape::kSharedAddress, {});
  std::map<std::string, int> counts;
  for (const auto& row : Read("users.csv")) {
    for (absl::string_view address : absl::StrSplit(row[7], ';')) {
      ++counts[absl::AsciiStrToLower(address)];
    }
  }
  EXPECT_EQ(counts["smtp:everyone@contoso.example"], 1'000);
  EXPECT_EQ(counts["smtp:cluster.0@contoso.example"], 1'000);
}

TEST_F(ShapesTest, HealingChainsRequireOneAfterTheOther) {
  Make(Shape::kHealingChains, {.users = 30, .skus = 40});
  std::map<std::string, std::string> required;
  for (const auto& row : Read("plan_requirements.csv")) required[row[0]] = row[1];
  EXPECT_EQ(required.size(), 39u);
  size_t longest = 0;
  for (const auto& [plan, before] : required) {
    size_t length = 1;
    for (std::string at = plan; required.count(at); at = required[at]) ++length;
    longest = std::max(longest, length);
  }
  EXPECT_EQ(longest, 40u);
  for (const auto& [user, groups] : groups_of_user_) EXPECT_EQ(groups.size(), 40u);
}

TEST_F(ShapesTest, HealingChainsStandReversedShuffledAndInOrder) {
  Make(Shape::kHealingChains, {.users = 30, .skus = 40});
  std::map<std::string, int> numbers;
  for (const auto& row : Read("skus.csv")) {
    const int number = static_cast<int>(numbers.size());
    numbers[row[0]] = number;
  }
  std::map<int, int> factors;  // Of priority to place in the chain.
  for (const auto& row : Read("assignments.csv")) {
    const int link = numbers[row[2]];
    if (link > 0) ++factors[std::stoi(row[4]) / link];
  }
  EXPECT_EQ(factors, (std::map<int, int>{{-1, 39}, {0, 39}, {1, 39}}));
}

}  // namespace
}  // namespace seatwise::workload
