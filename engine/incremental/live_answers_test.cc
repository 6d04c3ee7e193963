#include "engine/incremental/live_answers.h"

#include <cstdint>
#include <tuple>
#include <vector>

#include "engine/incremental/outcome.h"
#include "engine/incremental/ref.h"
#include "engine/incremental/user_answer.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace seatwise {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Other = std::tuple<uint32_t, const Outcome*, const Outcome*>;

// Four users: 0 and 2 have the first of the table, 1 the second, 3 nothing.
class LiveAnswersTest : public testing::Test {
 protected:
  LiveAnswersTest() {
    LiveAnswers::Users users;
    for (const uint32_t number : {0u, 1u, 0u}) {
      users.PushBack({.outcome = UserOutcome::Numbered(number), .entries = {}});
    }
    users.PushBack({});
    answers_.Set(std::move(users), {a_, b_});
  }
  std::vector<Other> Others(const LiveAnswers& before) const {
    std::vector<Other> others;
    answers_.ForEachOtherOutcome(before, [&](uint32_t user, const Outcome* was, const Outcome* is) {
      others.emplace_back(user, was, is);
    });
    return others;
  }

  const Ref<Outcome> a_ = Ref<Outcome>::Make();
  const Ref<Outcome> b_ = Ref<Outcome>::Make();
  const Ref<Outcome> c_ = Ref<Outcome>::Make();
  LiveAnswers answers_;
};

TEST_F(LiveAnswersTest, AUserHasWhatTheNumberStandsForOrAnOutcomeOfItsOwn) {
  EXPECT_EQ(answers_.OutcomeOf(0), a_.get());
  EXPECT_EQ(answers_.OutcomeOf(3), nullptr);
  answers_.SetOutcome(2, c_);
  EXPECT_EQ(answers_.OutcomeOf(0), a_.get());
  EXPECT_EQ(answers_.OutcomeOf(2), c_.get());
  answers_.SetOutcome(2, {});
  EXPECT_EQ(answers_.OutcomeOf(2), nullptr);
  std::vector<uint32_t> with_claims;
  answers_.ForEachOutcome([&](uint32_t user, const Outcome&) { with_claims.push_back(user); });
  EXPECT_THAT(with_claims, ElementsAre(0, 1));
}

TEST_F(LiveAnswersTest, VersionsDifferWhereUsersOrWhatNumbersStandForDo) {
  const LiveAnswers before = answers_;
  EXPECT_THAT(Others(before), IsEmpty());
  answers_.SetOutcome(3, b_);
  EXPECT_THAT(Others(before), ElementsAre(Other(3, nullptr, b_.get())));
  answers_.SetTable({c_, b_});
  answers_.Resize(6);
  answers_.SetOutcome(5, c_);
  EXPECT_THAT(Others(before),
              ElementsAre(Other(0, a_.get(), c_.get()), Other(2, a_.get(), c_.get()),
                          Other(3, nullptr, b_.get()), Other(5, nullptr, c_.get())));
  EXPECT_EQ(before.OutcomeOf(0), a_.get());
}

TEST_F(LiveAnswersTest, EachReferenceToAnOwnOutcomeIsCountedAndNoNumberIs) {
  {
    UserOutcome own(c_);
    EXPECT_FALSE(c_->IsUnique());
    UserOutcome copy = own;
    UserOutcome moved = std::move(own);
    EXPECT_EQ(moved, copy);
    copy = UserOutcome::Numbered(7);
    EXPECT_EQ(copy.number(), 7u);
    EXPECT_EQ(copy.own(), nullptr);
    EXPECT_EQ(moved.own(), c_.get());
  }
  EXPECT_TRUE(c_->IsUnique());
  const UserOutcome last = UserOutcome::Numbered(0xffffffff);
  EXPECT_EQ(last.number(), 0xffffffffu);
  EXPECT_FALSE(UserOutcome().has_number());
}

}  // namespace
}  // namespace seatwise
