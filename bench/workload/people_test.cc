#include "bench/workload/people.h"

#include <map>

#include "bench/workload/timeline.h"
#include "gtest/gtest.h"

namespace seatwise::workload {
namespace {

constexpr int kUsers = 100'000;

TEST(PeopleTest, SharesAreAsDocumented) {
  const People people(1, 20);
  int staff = 0, guests = 0, enabled = 0, nowhere = 0;
  for (uint32_t user = 0; user < kUsers; ++user) {
    const Person person = people.Of(user);
    staff += person.staff;
    guests += person.guest;
    enabled += person.enabled;
    nowhere += person.location.empty();
    EXPECT_LT(person.department, 20u);
    EXPECT_LT(person.created, kTimelineSeconds);
    EXPECT_FALSE(person.guest && person.staff);
  }
  EXPECT_NEAR(staff, 97'000, 300);
  EXPECT_NEAR(guests, 2'400, 200);
  EXPECT_NEAR(enabled, 98'000, 300);
  EXPECT_NEAR(nowhere, 1'000, 150);
}

TEST(PeopleTest, HalfOfTheUsersWereCreatedInFourWaves) {
  const People people(1, 20);
  std::map<uint32_t, int> created;
  for (uint32_t user = 0; user < kUsers; ++user) ++created[people.Of(user).created];
  int in_waves = 0;
  for (const auto& [time, count] : created) in_waves += count > kUsers / 10 ? count : 0;
  EXPECT_NEAR(in_waves, kUsers / 2, 1000);
}

TEST(PeopleTest, DepartmentsFollowTheirWeights) {
  const People people(1, 3);
  std::vector<double> counts(3);
  for (uint32_t user = 0; user < kUsers; ++user) ++counts[people.Of(user).department];
  const std::vector<uint64_t>& weights = people.department_weights();
  const double sum = static_cast<double>(weights[0] + weights[1] + weights[2]);
  for (int i = 0; i < 3; ++i) EXPECT_NEAR(counts[i] / kUsers, weights[i] / sum, 0.01);
}

}  // namespace
}  // namespace seatwise::workload
