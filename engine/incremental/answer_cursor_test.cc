#include "engine/incremental/answer_cursor.h"

#include <vector>

#include "absl/types/span.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace seatwise {
namespace {

using ::testing::ElementsAre;

class AnswerCursorTest : public testing::Test {
 protected:
  // 2 and 5 go one way, 3 has no answer; nobody; 7 and 9 go another way.
  std::vector<AnswerList> Lists() {
    const auto pairs = absl::MakeSpan(pairs_);
    return {{early_, early_pairs_, pairs}, {}, {late_, late_pairs_, pairs}};
  }
  // Users from `first` on and their pairs; -1 for none.
  std::vector<std::pair<uint32_t, int>> From(uint32_t first) {
    const std::vector<AnswerList> lists = Lists();
    std::vector<std::pair<uint32_t, int>> seen;
    AnswerCursor cursor(lists, first);
    while (cursor.user() != AnswerCursor::kEnd) {
      const uint32_t user = cursor.user();
      const OutcomePair* pair = cursor.Take();
      seen.emplace_back(user, pair != nullptr ? static_cast<int>(pair - pairs_.data()) : -1);
    }
    return seen;
  }

  std::vector<OutcomePair> pairs_{2};
  const std::vector<uint32_t> early_ = {2, 3, 5}, early_pairs_ = {0, AnswerList::kNone, 0};
  const std::vector<uint32_t> late_ = {7, 9}, late_pairs_ = {1, 1};
};

TEST_F(AnswerCursorTest, AllUsersFromAPlaceOnAreTakenInTheirOrder) {
  using Pair = std::pair<uint32_t, int>;
  EXPECT_THAT(From(0), ElementsAre(Pair(2, 0), Pair(3, -1), Pair(5, 0), Pair(7, 1), Pair(9, 1)));
  EXPECT_THAT(From(5), ElementsAre(Pair(5, 0), Pair(7, 1), Pair(9, 1)));
  EXPECT_THAT(From(6), ElementsAre(Pair(7, 1), Pair(9, 1)));
  EXPECT_THAT(From(10), ElementsAre());
}

TEST_F(AnswerCursorTest, WhoIsAskedForIsFoundAndNobodyElse) {
  const std::vector<AnswerList> lists = Lists();
  AnswerCursor cursor(lists, 1);
  for (uint32_t user = 1; user < 12; ++user) {
    const bool has_answer = user == 2 || user == 5 || user == 7 || user == 9;
    EXPECT_EQ(cursor.PairOf(user) != nullptr, has_answer) << user;
  }
}

TEST_F(AnswerCursorTest, WithoutListsThereIsNobody) {
  AnswerCursor cursor({}, 0);
  EXPECT_EQ(cursor.user(), AnswerCursor::kEnd);
  EXPECT_EQ(cursor.PairOf(0), nullptr);
}

}  // namespace
}  // namespace seatwise
