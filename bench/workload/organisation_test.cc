#include "bench/workload/organisation.h"

#include <algorithm>
#include <set>
#include <utility>

#include "gtest/gtest.h"

namespace seatwise::workload {
namespace {

Options PresetS(bool nested) {
  return *Resolve(Preset::kS, Shape::kRealistic, Mode::kSkuIndependent, nested, 1, Overrides{});
}

TEST(LayoutTest, EveryGroupHasOneKind) {
  for (uint32_t groups : {10u, 11u, 99u, 250u, 2'000u, 50'000u}) {
    const Layout layout(groups);
    EXPECT_EQ(layout.divisions.begin, 1u);
    EXPECT_EQ(layout.divisions.end, layout.departments.begin);
    EXPECT_EQ(layout.departments.end, layout.communities.begin);
    EXPECT_EQ(layout.communities.end, layout.teams.begin);
    EXPECT_EQ(layout.teams.end, groups);
    for (GroupRange range :
         {layout.divisions, layout.departments, layout.communities, layout.teams}) {
      EXPECT_GE(range.size(), 1u) << groups;
    }
  }
}

TEST(OrganisationTest, MembershipsAreAsManyAsAskedAndNoneIsDouble) {
  const Options options = PresetS(true);
  const People people(1, Layout(options.groups).departments.size());
  Organisation organisation(options, people);
  uint64_t memberships = organisation.nestings().size();
  uint64_t staff = 0;
  std::vector<size_t> counts;
  for (uint32_t user = 0; user < options.users; ++user) {
    std::set<uint32_t> groups;
    for (const Join& join : organisation.JoinsOf(user)) {
      EXPECT_TRUE(groups.insert(join.group).second);
      EXPECT_LT(join.group, options.groups);
      EXPECT_GE(join.time, people.Of(user).created);
    }
    counts.push_back(groups.size());
    memberships += groups.size();
    staff += groups.count(0);
  }
  EXPECT_NEAR(static_cast<double>(memberships) / options.memberships, 1.0, 0.02);
  EXPECT_NEAR(staff, 9'700u, 100u);
  std::sort(counts.begin(), counts.end());
  EXPECT_NEAR(counts[counts.size() / 2], 8u, 1u);
  EXPECT_GT(counts.back(), 80u);
}

TEST(OrganisationTest, NestingHasThreeLevelsAndCycles) {
  const Options options = PresetS(true);
  const People people(1, Layout(options.groups).departments.size());
  const Organisation organisation(options, people);
  const Layout& layout = organisation.layout();
  std::set<std::pair<uint32_t, uint32_t>> edges;
  for (const Nesting& nesting : organisation.nestings()) {
    EXPECT_TRUE(edges.insert({nesting.group, nesting.member}).second);
  }
  int departments = 0, teams = 0, cycles = 0;
  for (const auto& [group, member] : edges) {
    departments += layout.divisions.contains(group) && layout.departments.contains(member);
    teams += layout.departments.contains(group) && layout.teams.contains(member);
    cycles += edges.count({member, group}) > 0;
  }
  EXPECT_EQ(departments, 20);
  EXPECT_GT(teams, 300);
  EXPECT_GE(cycles, 2);
}

TEST(OrganisationTest, WithoutNestingNoGroupIsAMember) {
  const Options options = PresetS(false);
  const People people(1, Layout(options.groups).departments.size());
  EXPECT_TRUE(Organisation(options, people).nestings().empty());
}

}  // namespace
}  // namespace seatwise::workload
