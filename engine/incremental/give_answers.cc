// Three ways, by how many users there are:
//
//   few            each gets an outcome of its own
//   most           the table has other outcomes under the numbers that users have; who does not go
//                  the way of most with the same number gets an outcome of its own
//   most, and      all users and the table are made anew: where those would be many, since a
//   many ways      number was shared with users who stay, or users had outcomes of their own
#include "engine/incremental/give_answers.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "engine/incremental/answer_cursor.h"
#include "engine/incremental/outcome.h"
#include "engine/incremental/parallel_leaves.h"
#include "engine/incremental/ref.h"
#include "engine/incremental/user_answer.h"

namespace seatwise {
namespace {

using Table = LiveAnswers::Table;

// Another reference to an outcome that somebody has; nothing for nullptr.
Ref<Outcome> Hold(const Outcome* outcome) {
  if (outcome != nullptr) outcome->Share();
  return Ref<Outcome>::Adopt(outcome);
}

void GiveToSome(LiveAnswers& answers, absl::Span<const AnswerList> lists) {
  for (const AnswerList& list : lists) {
    for (size_t i = 0; i < list.users.size(); ++i) {
      if (list.pair_of[i] == AnswerList::kNone) continue;
      const OutcomePair& pair = list.pairs[list.pair_of[i]];
      if (pair.IsChange()) answers.SetOutcome(list.users[i], Hold(pair.after));
    }
  }
}

class Giver {
 public:
  Giver(LiveAnswers& answers, absl::Span<const AnswerList> lists, Executor& executor)
      : answers_(answers), lists_(lists), executor_(executor) {}

  // By other outcomes in the table. False, and no change, if too many users need one of their own.
  bool ChangeTable() {
    FindWays();
    FindExceptions();
    size_t exceptions = 0;
    for (const Part& part : parts_) exceptions += part.exceptions.size();
    if (exceptions > answers_.size() / kFewPart) return false;
    Table table = MakeTable();
    for (const Part& part : parts_) {
      for (const auto& [user, outcome] : part.exceptions) {
        answers_.SetOutcome(user, Hold(outcome));
      }
    }
    answers_.SetTable(std::move(table));
    return true;
  }

  void MakeAnew() {
    Table table = Renumber();
    AppendAfter(table);
    answers_.Set(MakeUsers(), std::move(table));
  }

 private:
  static constexpr size_t kFewPart = 64;  // More than one of so many users is not few.
  static constexpr uint32_t kNone = 0xffffffff;

  // What one thread found about its part of the users.
  struct Part {
    std::vector<char> used;  // By number: somebody keeps it.
    // Users who need an outcome of their own.
    std::vector<std::pair<uint32_t, const Outcome*>> exceptions;
  };

  // Visits all users, by threads: visit(part, user, outcome, pair), no pair for one who stays.
  template <typename Visit>
  void VisitAll(Visit visit);
  void FindWays();
  void FindExceptions();
  Table MakeTable();
  Table Renumber();
  void AppendAfter(Table& table);
  LiveAnswers::Users MakeUsers();
  // Whether somebody keeps the number.
  bool IsUsed(size_t number) const {
    return std::any_of(parts_.begin(), parts_.end(),
                       [&](const Part& part) { return part.used[number] != 0; });
  }

  LiveAnswers& answers_;
  const absl::Span<const AnswerList> lists_;
  Executor& executor_;
  std::vector<OutcomePair*> ways_;  // By number: where most with the number go, or nullptr.
  std::vector<Part> parts_;         // By thread.
  std::vector<uint32_t> numbers_;   // Those anew, by number before.
  std::vector<std::vector<uint32_t>> pair_numbers_;  // Anew, by list and pair; kNone for nothing.
};

template <typename Visit>
void Giver::VisitAll(Visit visit) {
  parts_.assign(static_cast<size_t>(executor_.threads()), {});
  for (Part& part : parts_) part.used.resize(answers_.table().size());
  ParallelLeaves(executor_, answers_.users(), [&](Shard shard) {
    Part& part = parts_[static_cast<size_t>(shard.index)];
    LiveAnswers::Reader reader(answers_.users());
    AnswerCursor cursor(lists_, static_cast<uint32_t>(shard.begin));
    for (uint32_t user = static_cast<uint32_t>(shard.begin); user < shard.end; ++user) {
      visit(part, user, reader[user].outcome, cursor.PairOf(user));
    }
  });
}

// Of several pairs with one number the one with the most users; the first of equal ones. A pair may
// have a number that is not good any more: whoever has it is seen to all the same.
void Giver::FindWays() {
  ways_.assign(answers_.table().size(), nullptr);
  for (const AnswerList& list : lists_) {
    for (OutcomePair& pair : list.pairs) {
      if (pair.number >= ways_.size() || pair.users == 0 || !pair.IsChange()) continue;
      OutcomePair*& way = ways_[pair.number];
      if (way == nullptr || pair.users > way->users) way = &pair;
    }
  }
}

void Giver::FindExceptions() {
  VisitAll([&](Part& part, uint32_t user, const UserOutcome& before, const OutcomePair* pair) {
    const OutcomePair* way = before.has_number() ? ways_[before.number()] : nullptr;
    if (pair != way) {
      const Outcome* const old = answers_.Find(before);
      const Outcome* const now = pair != nullptr ? pair->after : old;
      if (now != (way != nullptr ? way->after : old)) {
        part.exceptions.push_back({user, now});
        return;
      }
    }
    if (before.has_number()) part.used[before.number()] = 1;
  });
}

Table Giver::MakeTable() {
  Table table(answers_.table().size());
  ParallelShards(executor_, table.size(), [&](Shard shard) {
    for (size_t number = shard.begin; number < shard.end; ++number) {
      if (!IsUsed(number)) continue;
      OutcomePair* const way = ways_[number];
      table[number] = way != nullptr ? std::move(way->made) : answers_.table()[number];
    }
  });
  return table;
}

// The outcomes of users with a number who stay.
Table Giver::Renumber() {
  VisitAll([&](Part& part, uint32_t, const UserOutcome& before, const OutcomePair* pair) {
    if (pair == nullptr && before.has_number()) part.used[before.number()] = 1;
  });
  Table table;
  numbers_.assign(answers_.table().size(), kNone);
  for (size_t number = 0; number < numbers_.size(); ++number) {
    if (!IsUsed(number)) continue;
    numbers_[number] = static_cast<uint32_t>(table.size());
    table.push_back(answers_.table()[number]);
  }
  return table;
}

void Giver::AppendAfter(Table& table) {
  for (const AnswerList& list : lists_) {
    std::vector<uint32_t>& numbers = pair_numbers_.emplace_back(list.pairs.size(), kNone);
    for (size_t i = 0; i < numbers.size(); ++i) {
      if (list.pairs[i].users == 0 || list.pairs[i].after == nullptr) continue;
      numbers[i] = static_cast<uint32_t>(table.size());
      table.push_back(std::move(list.pairs[i].made));
    }
  }
}

LiveAnswers::Users Giver::MakeUsers() {
  const LiveAnswers::Users& before = answers_.users();
  const auto outcome_of = [&](const UserOutcome& outcome, AnswerCursor& cursor, uint32_t user) {
    if (cursor.user() == user) {
      const size_t list = cursor.list();
      const OutcomePair* pair = cursor.Take();
      if (pair != nullptr) {
        const size_t place = static_cast<size_t>(pair - lists_[list].pairs.data());
        const uint32_t number = pair_numbers_[list][place];
        return number == kNone ? UserOutcome() : UserOutcome::Numbered(number);
      }
    }
    return outcome.has_number() ? UserOutcome::Numbered(numbers_[outcome.number()]) : outcome;
  };
  return BuildLeaves<UserAnswer>(
      executor_, before.size(), [&](uint32_t user) { return AnswerCursor(lists_, user); },
      [&](AnswerCursor& cursor, uint32_t first, auto& values) {
        const UserAnswer* old = &before[first];
        for (uint32_t i = 0; i < values.size() && first + i < before.size(); ++i) {
          values[i].outcome = outcome_of(old[i].outcome, cursor, first + i);
          values[i].entries = old[i].entries;
        }
      });
}

bool AreMost(const LiveAnswers& answers, absl::Span<const AnswerList> lists) {
  size_t users = 0;
  for (const AnswerList& list : lists) users += list.users.size();
  return users >= answers.size() / 2;
}

// Whether users ascend, from list to list.
bool Ascend(absl::Span<const AnswerList> lists) {
  const uint32_t* last = nullptr;  // Of the lists so far.
  for (const AnswerList& list : lists) {
    if (list.users.empty()) continue;
    if (last != nullptr && *last >= list.users.front()) return false;
    if (!std::is_sorted(list.users.begin(), list.users.end())) return false;
    last = &list.users.back();
  }
  return true;
}

}  // namespace

void GiveAnswers(LiveAnswers& answers, absl::Span<const AnswerList> lists, Executor& executor) {
  if (!AreMost(answers, lists) || !Ascend(lists)) return GiveToSome(answers, lists);
  Giver giver(answers, lists, executor);
  if (!giver.ChangeTable()) giver.MakeAnew();
}

}  // namespace seatwise
