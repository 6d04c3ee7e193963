#include "bench/workload/roster.h"

#include "gtest/gtest.h"

namespace seatwise::workload {
namespace {

// User u is in the groups 0 and 1 + u % 2.
class TwoGroups final : public JoinSource {
 public:
  absl::Span<const Join> JoinsOf(uint32_t user) override {
    joins_ = {{0, user + 100}, {1 + user % 2, user + 200}};
    return joins_;
  }

 private:
  std::vector<Join> joins_;
};

TEST(RosterTest, HasEveryMembershipUnderItsGroup) {
  TwoGroups joins;
  const Roster roster(joins, 5, 4);
  EXPECT_EQ(roster.groups(), 4u);
  EXPECT_EQ(roster.size(), 10u);
  EXPECT_EQ(roster.SizeOf(0), 5u);
  EXPECT_EQ(roster.SizeOf(1), 3u);
  EXPECT_EQ(roster.SizeOf(2), 2u);
  EXPECT_EQ(roster.SizeOf(3), 0u);
  EXPECT_EQ(roster.MembersOf(2)[0].user, 1u);
  EXPECT_EQ(roster.MembersOf(2)[1].user, 3u);
  EXPECT_EQ(roster.MembersOf(2)[1].time, 203u);
}

}  // namespace
}  // namespace seatwise::workload
