#include "engine/incremental/give_answers.h"

#include <cstdint>
#include <map>
#include <random>
#include <tuple>
#include <vector>

#include "base/thread_pool.h"
#include "engine/incremental/answer_list.h"
#include "engine/incremental/live_answers.h"
#include "engine/incremental/outcome.h"
#include "engine/incremental/ref.h"
#include "gtest/gtest.h"

namespace seatwise {
namespace {

// How users come to new outcomes.
struct Mix {
  uint32_t users = 100;
  int own = 0;      // Of a hundred users, how many have an outcome of their own,
  int nothing = 0;  // how many have none,
  int asked = 0;    // and how many are given an answer.
  int stray = 0;    // Of a hundred answers, how many are another than others' with the number.
  bool bad_numbers = false;
};

// Answers, and what is to be given to whom.
class GiveAnswersTest : public testing::Test {
 protected:
  static constexpr uint32_t kNumbers = 12;

  void Make(const Mix& mix, uint64_t seed) {
    random_.seed(seed);
    outcomes_.clear();
    for (uint32_t i = 0; i < 3 * kNumbers; ++i) outcomes_.push_back(Ref<Outcome>::Make());
    answers_ = {};
    answers_.Resize(mix.users);
    LiveAnswers::Users users = answers_.users();
    for (uint32_t user = 0; user < mix.users; ++user) {
      if (Chance(mix.nothing)) continue;
      if (Chance(mix.own)) {
        users.Mutable(user).outcome = UserOutcome(Any());
      } else {
        users.Mutable(user).outcome = UserOutcome::Numbered(Below(kNumbers));
      }
      if (Chance(20)) users.Mutable(user).entries = Ref<SeatEntries>::Make();
    }
    LiveAnswers::Table table(outcomes_.begin(), outcomes_.begin() + kNumbers);
    table[3] = {};
    answers_.Set(std::move(users), std::move(table));
    Ask(mix);
  }

  // Some lists, one behind the other.
  void Ask(const Mix& mix) {
    expected_.clear();
    lists_.assign(3, {});
    for (uint32_t user = 0; user < mix.users; ++user) {
      const Outcome* before = answers_.OutcomeOf(user);
      expected_.push_back(before);
      List& list = lists_[size_t{user} * lists_.size() / mix.users];
      if (!Chance(mix.asked)) {
        if (Chance(10)) list.Add(user, AnswerList::kNone);
        continue;
      }
      const UserOutcome& outcome = answers_.users()[user].outcome;
      uint32_t number = outcome.has_number() ? outcome.number() : OutcomePair::kOwn;
      const Ref<Outcome> after =
          Chance(mix.stray) || number == OutcomePair::kOwn ? Any() : outcomes_[kNumbers + number];
      if (mix.bad_numbers) number = Below(2 * kNumbers);
      list.Add(user, list.PairOf(before, number, after));
      expected_.back() = after.get();
    }
  }

  // Fails where somebody got something wrong, or lost something.
  void ExpectGiven(Executor& executor) {
    const LiveAnswers before = answers_;
    std::vector<const Outcome*> were;
    for (uint32_t user = 0; user < before.size(); ++user) were.push_back(before.OutcomeOf(user));
    std::vector<AnswerList> lists;
    for (List& list : lists_) {
      lists.push_back({list.users, list.pair_of, absl::MakeSpan(list.pairs)});
    }
    GiveAnswers(answers_, lists, executor);
    ASSERT_EQ(answers_.size(), before.size());
    for (uint32_t user = 0; user < before.size(); ++user) {
      ASSERT_EQ(answers_.OutcomeOf(user), expected_[user]) << user;
      ASSERT_EQ(answers_.EntriesOf(user), before.EntriesOf(user)) << user;
      ASSERT_EQ(before.OutcomeOf(user), were[user]) << user << " of the version before";
    }
  }

  // How many users have the same number as before, or the same outcome of their own.
  size_t Same(const LiveAnswers& before) const {
    size_t same = 0;
    for (uint32_t user = 0; user < before.size(); ++user) {
      same += answers_.users()[user].outcome == before.users()[user].outcome ? 1 : 0;
    }
    return same;
  }

  uint32_t Below(uint32_t end) { return static_cast<uint32_t>(random_() % end); }
  bool Chance(int percent) { return static_cast<int>(Below(100)) < percent; }
  Ref<Outcome> Any() { return outcomes_[Below(static_cast<uint32_t>(outcomes_.size()))]; }

  struct List {
    std::vector<uint32_t> users;
    std::vector<uint32_t> pair_of;
    std::vector<OutcomePair> pairs;
    std::map<std::tuple<const Outcome*, uint32_t, const Outcome*>, uint32_t> known;

    void Add(uint32_t user, uint32_t pair) {
      users.push_back(user);
      pair_of.push_back(pair);
      if (pair != AnswerList::kNone) ++pairs[pair].users;
    }
    uint32_t PairOf(const Outcome* before, uint32_t number, const Ref<Outcome>& after) {
      const auto [it, is_new] =
          known.try_emplace({before, number, after.get()}, static_cast<uint32_t>(pairs.size()));
      if (is_new) {
        pairs.push_back({.before = before, .number = number, .made = {}});
        pairs.back().SetAfter(after);
      }
      return it->second;
    }
  };

  std::mt19937_64 random_;
  std::vector<Ref<Outcome>> outcomes_;
  LiveAnswers answers_;
  std::vector<List> lists_;
  std::vector<const Outcome*> expected_;  // By user.
};

TEST_F(GiveAnswersTest, EverybodyHasWhatWasGivenWhateverTheMix) {
  uint64_t seed = 0;
  for (const int own : {0, 5, 60}) {
    for (const int asked : {0, 3, 50, 97, 100}) {
      for (const int stray : {0, 2, 50}) {
        for (int round = 0; round < 12; ++round) {
          const Mix mix{.users = 1 + static_cast<uint32_t>(seed * 7 % 190),
                        .own = own,
                        .nothing = round % 3 * 4,
                        .asked = asked,
                        .stray = stray,
                        .bad_numbers = round % 4 == 3};
          SCOPED_TRACE(testing::Message() << "seed " << seed << " own " << own << " asked " << asked
                                          << " stray " << stray);
          Make(mix, seed++);
          ThreadPool pool(1 + round % 3);
          ExpectGiven(pool);
          if (HasFatalFailure()) return;
        }
      }
    }
  }
}

TEST_F(GiveAnswersTest, WhereAllGoTheSameWayTheUsersStayAsTheyAre) {
  Make({.users = 1000, .asked = 100, .stray = 1}, 1);
  const LiveAnswers before = answers_;
  ThreadPool pool(2);
  ExpectGiven(pool);
  EXPECT_GT(Same(before), 980u);
  EXPECT_LT(Same(before), 1000u) << "some strayed";
  EXPECT_EQ(answers_.table().size(), kNumbers);
}

TEST_F(GiveAnswersTest, FewUsersLeaveTheTableAlone) {
  Make({.users = 1000, .asked = 10}, 1);
  const LiveAnswers before = answers_;
  ThreadPool pool(2);
  ExpectGiven(pool);
  EXPECT_EQ(&answers_.table(), &before.table());
}

// However often that happens, the table does not grow.
TEST_F(GiveAnswersTest, WhereMostHadOutcomesOfTheirOwnAllGetNumbers) {
  for (int round = 0; round < 5; ++round) {
    Make({.users = 1000, .own = 100, .asked = 100}, 1);
    ThreadPool pool(2);
    ExpectGiven(pool);
    for (uint32_t user = 0; user < answers_.size(); ++user) {
      EXPECT_TRUE(answers_.users()[user].outcome.has_number());
    }
    Ask({.users = 1000, .asked = 100, .stray = 100});
    size_t pairs = 0;
    for (List& list : lists_) {
      pairs += list.pairs.size();
      list.pairs.resize(list.pairs.size() + 100);  // That nobody goes.
    }
    ExpectGiven(pool);
    EXPECT_LE(answers_.table().size(), pairs + outcomes_.size());
  }
}

TEST_F(GiveAnswersTest, NothingIsHeldByThoseWhoAreGone) {
  for (const int own : {0, 50}) {
    for (const int asked : {20, 100}) {
      Make({.users = 300, .own = own, .asked = asked, .stray = 5}, 9);
      ThreadPool pool(2);
      ExpectGiven(pool);
      answers_ = {};
      lists_.clear();
      for (const Ref<Outcome>& outcome : outcomes_) EXPECT_TRUE(outcome->IsUnique());
    }
  }
}

}  // namespace
}  // namespace seatwise
