#include "bench/workload/licensing.h"

#include <algorithm>
#include <map>
#include <set>

#include "bench/workload/catalog.h"
#include "bench/workload/people.h"
#include "gtest/gtest.h"

namespace seatwise::workload {
namespace {

class LicensingTest : public testing::Test {
 protected:
  explicit LicensingTest(const Overrides& overrides = {})
      : options_(
            *Resolve(Preset::kS, Shape::kRealistic, Mode::kSkuIndependent, true, 1, overrides)),
        people_(1, Layout(options_.groups).departments.size()),
        organisation_(options_, people_),
        roster_(organisation_, options_.users, options_.groups),
        catalog_(MakeCatalog(1, options_.skus)) {}

  std::vector<Assignment> ToGroups() const {
    return AssignToGroups(options_, organisation_.layout(), roster_, catalog_);
  }

  Options options_;
  People people_;
  Organisation organisation_;
  Roster roster_;
  Catalog catalog_;
};

TEST_F(LicensingTest, AsManyGroupsAreLicensedAsAskedFor) {
  for (uint32_t count : {1u, 2u, 7u, 100u, 1'500u, 2'000u}) {
    options_.licensed_groups = count;
    std::set<uint32_t> groups;
    std::set<std::pair<uint32_t, uint32_t>> keys;
    for (const Assignment& assignment : ToGroups()) {
      groups.insert(assignment.principal);
      EXPECT_TRUE(keys.insert({assignment.principal, assignment.sku}).second);
      EXPECT_LT(assignment.sku, options_.skus);
    }
    EXPECT_EQ(groups.size(), count);
  }
}

TEST_F(LicensingTest, AllStaffHasTwoSkusAndEverySkuIsAssigned) {
  std::map<uint32_t, std::set<uint32_t>> groups_of_sku;
  for (const Assignment& assignment : ToGroups()) {
    groups_of_sku[assignment.sku].insert(assignment.principal);
  }
  EXPECT_EQ(groups_of_sku.size(), options_.skus);
  EXPECT_TRUE(groups_of_sku[0].count(0));
  EXPECT_TRUE(groups_of_sku[1].count(0));
}

TEST_F(LicensingTest, HalfOfTheUsersAreInALicensedCircleOnAverage) {
  const GroupRange teams = organisation_.layout().teams;
  std::set<uint32_t> licensed;
  for (const Assignment& assignment : ToGroups()) licensed.insert(assignment.principal);
  uint64_t members = 0;
  for (uint32_t group : licensed) {
    const bool circle = organisation_.layout().communities.contains(group) || teams.contains(group);
    members += circle ? roster_.SizeOf(group) : 0;
  }
  EXPECT_NEAR(static_cast<double>(members) / options_.users, 0.5, 0.05);
}

TEST_F(LicensingTest, OnePercentOfTheUsersHaveDirectAssignments) {
  const std::vector<Assignment> assignments = AssignToUsers(options_, catalog_);
  std::set<uint32_t> users;
  std::set<std::pair<uint32_t, uint32_t>> keys;
  uint32_t last = 0;
  for (const Assignment& assignment : assignments) {
    EXPECT_GE(assignment.principal, last);
    last = assignment.principal;
    users.insert(assignment.principal);
    EXPECT_TRUE(keys.insert({assignment.principal, assignment.sku}).second);
  }
  EXPECT_NEAR(users.size(), 100u, 40u);
}

TEST_F(LicensingTest, DrawsDisabledPlansAsOftenAsAskedForAndPriorityMostlyZero) {
  Random random(1, Stream::kLicensing, 1);
  int disabled = 0, zero = 0;
  for (int i = 0; i < 10'000; ++i) {
    const Assignment assignment = DrawAssignment(catalog_, 0, 5, 300'000, random);
    disabled += !assignment.disabled.empty();
    zero += assignment.priority == 0;
    EXPECT_TRUE(std::is_sorted(assignment.disabled.begin(), assignment.disabled.end()));
    EXPECT_EQ(std::adjacent_find(assignment.disabled.begin(), assignment.disabled.end()),
              assignment.disabled.end());
  }
  EXPECT_NEAR(disabled, 3'000, 200);
  EXPECT_NEAR(zero, 9'000, 200);
}

}  // namespace
}  // namespace seatwise::workload
