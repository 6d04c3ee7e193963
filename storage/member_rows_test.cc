#include "storage/member_rows.h"

#include <map>
#include <random>
#include <vector>

#include "gtest/gtest.h"

namespace seatwise {
namespace {

using Lists = std::map<uint32_t, std::vector<Posting>>;

// What is visited, which must come in the order of the owners.
struct Visited {
  Lists lists;

  absl::Status operator()(uint32_t owner, absl::Span<const Posting> list) {
    EXPECT_TRUE(lists.empty() || lists.rbegin()->first < owner) << owner;
    lists[owner] = {list.begin(), list.end()};
    return absl::OkStatus();
  }
};

TEST(MemberRowsTest, BothDirectionsComeInOrderWhateverTheOrderOfTheRows) {
  const uint32_t seed = std::random_device()();
  SCOPED_TRACE(seed);
  std::mt19937 random(seed);
  for (const bool by_group : {false, true}) {
    std::map<uint32_t, std::map<uint32_t, int64_t>> model;
    for (int i = 0; i < 2'000; ++i) model[random() % 40][random() % 300] = i;
    std::vector<MemberRow> given;
    Lists of_groups, of_users;
    for (const auto& [group, users] : model) {
      for (const auto& [user, time] : users) {
        given.push_back({group, user, Time{time}});
        of_groups[group].push_back({user, Time{time}});
        of_users[user].push_back({.number = group});
      }
    }
    if (!by_group) std::shuffle(given.begin(), given.end(), random);
    MemberRows rows;
    for (const MemberRow& row : given) rows.Add(row);
    EXPECT_TRUE(rows.Sort().empty());
    Visited groups, users;
    ASSERT_TRUE(rows.ForEachGroup(std::ref(groups)).ok());
    ASSERT_TRUE(rows.ForEachUser(std::ref(users)).ok());
    EXPECT_EQ(groups.lists, of_groups);
    EXPECT_EQ(users.lists, of_users);
  }
}

TEST(MemberRowsTest, EachRepetitionIsAnswered) {
  MemberRows rows;
  for (const auto& [group, user] : {std::pair(1u, 5u), {0u, 5u}, {1u, 6u}, {1u, 5u}, {1u, 5u}}) {
    rows.Add({group, user, Time{}});
  }
  EXPECT_EQ(rows.Sort(), (std::vector<MemberRow>{{1, 5, Time{}}, {1, 5, Time{}}}));
}

TEST(MemberRowsTest, NoRowsAreNoLists) {
  MemberRows rows;
  EXPECT_TRUE(rows.Sort().empty());
  Visited visited;
  ASSERT_TRUE(rows.ForEachGroup(std::ref(visited)).ok());
  ASSERT_TRUE(rows.ForEachUser(std::ref(visited)).ok());
  EXPECT_TRUE(visited.lists.empty());
}

TEST(MemberRowsTest, AFailureEndsTheVisit) {
  MemberRows rows;
  rows.Add({0, 0, Time{}}), rows.Add({1, 1, Time{}});
  rows.Sort();
  int visits = 0;
  const auto fail = [&](uint32_t, absl::Span<const Posting>) {
    ++visits;
    return absl::AbortedError("no");
  };
  EXPECT_EQ(rows.ForEachGroup(fail), absl::AbortedError("no"));
  EXPECT_EQ(rows.ForEachUser(fail), absl::AbortedError("no"));
  EXPECT_EQ(visits, 2);
}

}  // namespace
}  // namespace seatwise
