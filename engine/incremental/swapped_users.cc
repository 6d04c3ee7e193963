// By outcome, in rounds on all threads:
//
//   1  by users      counts who has which number of the table (live_answers.h)
//   2  by outcomes   finds what each of the table becomes (shape_swap.h)
//   3  by users      those who have an outcome of their own, or one that says nothing of their
//                    traits, by outcome and traits as round 2: mostly few
//   4  by users      passes that on to the users, and asks them for its conditions
//
// A pair has the number of the outcome in the table, so that for nearly all users nothing is to be
// looked up. A million users have some hundred thousand outcomes.
#include "engine/incremental/swapped_users.h"

#include <algorithm>
#include <atomic>
#include <iterator>
#include <optional>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/functional/function_ref.h"
#include "base/prefetch.h"
#include "engine/incremental/evaluator.h"
#include "engine/incremental/outcome.h"
#include "engine/incremental/outcome_table.h"
#include "engine/incremental/ref.h"
#include "engine/incremental/shape_swap.h"
#include "engine/incremental/turn_condition.h"
#include "engine/incremental/user_answer.h"
#include "engine/rules/traits.h"

namespace seatwise {
namespace {

constexpr uint32_t kNone = AnswerList::kNone;

// What decides about a user.
struct Key {
  const Outcome* before = nullptr;
  Traits traits = 0;

  friend bool operator==(const Key&, const Key&) = default;
  template <typename H>
  friend H AbslHashValue(H state, const Key& key) {
    return H::combine(std::move(state), key.before, key.traits);
  }
};

// What round 2 says of a pair.
enum class Fate : char { kUnknown, kFound, kConditional, kStale };

}  // namespace

class SwappedUsers::Finder {
 public:
  Finder(SwappedUsers& found, const LiveParts& parts, const SeatBook& book,
         const SwappedShapes& swapped, Executor& executor)
      : found_(found),
        parts_(parts),
        book_(book),
        swapped_(swapped),
        executor_(executor),
        threads_(static_cast<size_t>(executor.threads())) {}

  void Run() {
    CountNumbers();
    SwapTable();
    SwapOthers();
    PassOn();
  }

 private:
  // One thread's part of the users.
  struct Part {
    std::vector<uint32_t> counts;  // By number of the table.
    std::vector<uint32_t> others;  // Positions of users for round 3.
    std::vector<Key> keys;         // Of these, each once.
    std::vector<uint32_t> key_of;  // By position in `others`.
    std::vector<int64_t> users;    // By key.
    std::vector<uint32_t> rest;    // Users without an answer, ascending.
    std::vector<uint32_t> unmet;   // The pairs that some of them would have had, one for each.
  };
  // What users have to meet for a pair: some of what a part of the pairs collected.
  struct ConditionList {
    uint32_t part = 0;
    uint32_t begin = 0;
    uint32_t count = 0;
  };

  const LiveAnswers& answers() const { return parts_.answers; }
  // Calls work(part, positions) by threads.
  template <typename Work>
  void ByUsers(Work work);

  void CountNumbers();
  void SwapTable();
  void AddStale(Part& part, Shard positions);
  void FindKeys(Part& part);
  void NumberKeys();
  void SwapOthers();
  void SwapFrom(size_t first, absl::FunctionRef<void(size_t)> prepare);
  void Swap(Shard pairs, ShapeSwap& swap, Evaluator& evaluator);
  std::optional<Traits> TraitsOf(size_t pair) const;
  std::optional<Traits> TraitsIn(const Outcome* before) const;
  void Prefetch(size_t pair, size_t end) const;
  void PassOn();
  void PassOn(Part& part, Shard positions);
  void Ask(Part& part, const std::vector<uint32_t>& asked);
  absl::Span<const TurnCondition> ConditionsOf(uint32_t pair) const {
    const ConditionList& list = conditions_of_[pair];
    return absl::MakeConstSpan(conditions_[list.part]).subspan(list.begin, list.count);
  }

  SwappedUsers& found_;
  const LiveParts& parts_;
  const SeatBook& book_;
  const SwappedShapes& swapped_;
  Executor& executor_;
  const size_t threads_;
  std::vector<Part> user_parts_;
  // By pair: numbers of the table, then what round 3 adds.
  std::vector<Fate> fates_;
  std::vector<Traits> traits_;  // Of round 3's.
  std::vector<ConditionList> conditions_of_;
  std::vector<std::vector<TurnCondition>> conditions_;  // By part.
  std::vector<GroupTurn> turns_;                        // Of the claims that come or go.
  std::vector<const CarrierList*> carriers_;
};

template <typename Work>
void SwappedUsers::Finder::ByUsers(Work work) {
  ParallelShards(executor_, found_.users_.size(),
                 [&](Shard shard) { work(user_parts_[static_cast<size_t>(shard.index)], shard); });
}

void SwappedUsers::Finder::CountNumbers() {
  const size_t numbers = answers().table().size();
  user_parts_.resize(threads_);
  for (Part& part : user_parts_) part.counts.resize(numbers);
  ByUsers([&](Part& part, Shard shard) {
    LiveAnswers::Reader reader(answers().users());
    for (size_t i = shard.begin; i < shard.end; ++i) {
      const UserOutcome& outcome = reader[found_.users_[i]].outcome;
      if (outcome.has_number()) {
        found_.pair_of_[i] = outcome.number();
        ++part.counts[outcome.number()];
      } else {
        part.others.push_back(static_cast<uint32_t>(i));
      }
    }
  });
}

void SwappedUsers::Finder::SwapTable() {
  const LiveAnswers::Table& table = answers().table();
  found_.pairs_.resize(table.size());
  SwapFrom(0, [&](size_t number) {
    OutcomePair& pair = found_.pairs_[number];
    pair.before = table[number].get();
    pair.number = static_cast<uint32_t>(number);
    for (const Part& part : user_parts_) pair.users += part.counts[number];
  });
}

// All pairs from `first` on, each after a call of prepare(pair). Some need much more time than
// others, so there are more parts than threads.
void SwappedUsers::Finder::SwapFrom(size_t first, absl::FunctionRef<void(size_t)> prepare) {
  const size_t end = found_.pairs_.size();
  fates_.resize(end);
  conditions_of_.resize(end);
  const size_t parts = 4 * threads_, first_part = conditions_.size();
  conditions_.resize(first_part + parts);
  found_.tallies_.resize(first_part + parts);
  std::atomic<size_t> next{0};
  executor_.Run(static_cast<int>(threads_), [&](int thread) {
    OutcomeTable known;
    Evaluator evaluator(parts_.facts, *parts_.traits, known);
    ShapeSwap swap(parts_.facts, *parts_.traits, swapped_, book_);
    if (thread == 0) turns_ = swap.turns();
    for (size_t part; (part = next.fetch_add(1)) < parts;) {
      const size_t pairs = end - first;
      const Shard shard{.index = static_cast<int>(first_part + part),
                        .begin = first + pairs * part / parts,
                        .end = first + pairs * (part + 1) / parts};
      for (size_t pair = shard.begin; pair < shard.end; ++pair) prepare(pair);
      Swap(shard, swap, evaluator);
    }
  });
}

// Nobody has a key yet whose outcome is stale.
void SwappedUsers::Finder::SwapOthers() {
  const size_t first = fates_.size();
  const bool stale = std::find(fates_.begin(), fates_.end(), Fate::kStale) != fates_.end();
  ByUsers([&](Part& part, Shard shard) {
    if (stale) AddStale(part, shard);
    FindKeys(part);
  });
  NumberKeys();
  if (found_.pairs_.size() > first) SwapFrom(first, [](size_t) {});
}

void SwappedUsers::Finder::AddStale(Part& part, Shard positions) {
  std::vector<uint32_t> others;
  size_t own = 0;  // Those that are there already.
  for (size_t i = positions.begin; i < positions.end; ++i) {
    const bool is_own = own < part.others.size() && part.others[own] == i;
    own += is_own ? 1 : 0;
    if (is_own || fates_[found_.pair_of_[i]] == Fate::kStale) {
      others.push_back(static_cast<uint32_t>(i));
    }
  }
  part.others = std::move(others);
}

void SwappedUsers::Finder::FindKeys(Part& part) {
  absl::flat_hash_map<Key, uint32_t> numbers;
  for (const uint32_t i : part.others) {
    const uint32_t user = found_.users_[i];
    const Outcome* before = answers().OutcomeOf(user);
    const std::optional<Traits> traits = TraitsIn(before);
    const Key key{before, traits ? *traits : TraitsOfUser(parts_.facts, *parts_.traits, user)};
    const auto [it, is_new] = numbers.try_emplace(key, static_cast<uint32_t>(part.keys.size()));
    if (is_new) {
      part.keys.push_back(key);
      part.users.push_back(0);
    }
    ++part.users[it->second];
    part.key_of.push_back(it->second);
  }
}

// Appends a pair for each key of all parts.
void SwappedUsers::Finder::NumberKeys() {
  absl::flat_hash_map<Key, uint32_t> pairs;
  for (Part& part : user_parts_) {
    std::vector<uint32_t> pair_of_key;
    for (size_t i = 0; i < part.keys.size(); ++i) {
      const auto [it, is_new] =
          pairs.try_emplace(part.keys[i], static_cast<uint32_t>(found_.pairs_.size()));
      if (is_new) {
        found_.pairs_.push_back({.before = part.keys[i].before, .made = {}});
        traits_.push_back(part.keys[i].traits);
      }
      found_.pairs_[it->second].users += part.users[i];
      pair_of_key.push_back(it->second);
    }
    for (size_t i = 0; i < part.others.size(); ++i) {
      // Whoever shares a number goes more ways than one, by traits.
      uint32_t& pair_of = found_.pair_of_[part.others[i]];
      const uint32_t pair = pair_of_key[part.key_of[i]];
      if (pair_of != kNone) found_.pairs_[pair].number = pair_of;
      pair_of = pair;
    }
  }
}

void SwappedUsers::Finder::Swap(Shard pairs, ShapeSwap& swap, Evaluator& evaluator) {
  static const Outcome& nothing = *new Outcome;
  std::vector<TurnCondition> conditions;
  OutcomeTally tally;
  const OutcomePair* alike = nullptr;  // One for all of them.
  int64_t alike_users = 0;
  for (size_t i = pairs.begin; i < pairs.end; ++i) {
    Prefetch(i, pairs.end);
    OutcomePair& pair = found_.pairs_[i];
    if (pair.users == 0) continue;
    const std::optional<Traits> traits = TraitsOf(i);
    if (!traits.has_value()) {
      fates_[i] = Fate::kStale;
      pair.users = 0;
      continue;
    }
    std::optional<ShapeSwap::Answer> after =
        swap.After(pair.before != nullptr ? *pair.before : nothing, *traits, evaluator);
    if (!after.has_value()) {
      pair.users = 0;
      continue;
    }
    pair.SetAfter(std::move(after->outcome));
    pair.alike = after->alike;
    fates_[i] = after->conditions.empty() ? Fate::kFound : Fate::kConditional;
    if (!after->conditions.empty()) {
      conditions_of_[i] = {.part = static_cast<uint32_t>(pairs.index),
                           .begin = static_cast<uint32_t>(conditions.size()),
                           .count = static_cast<uint32_t>(after->conditions.size())};
      conditions.insert(conditions.end(), after->conditions.begin(), after->conditions.end());
    }
    if (pair.alike) {
      alike = &pair;
      alike_users += pair.users;
    } else {
      tally.Add(pair.before, pair.after, pair.users);
    }
  }
  if (alike != nullptr) tally.Add(alike->before, alike->after, alike_users);
  conditions_[static_cast<size_t>(pairs.index)] = std::move(conditions);
  found_.tallies_[static_cast<size_t>(pairs.index)] = std::move(tally);
}

std::optional<Traits> SwappedUsers::Finder::TraitsOf(size_t pair) const {
  const size_t of_table = answers().table().size();
  return pair < of_table ? TraitsIn(found_.pairs_[pair].before) : traits_[pair - of_table];
}

// Nothing where the outcome does not say it, and users with equal ones may differ.
std::optional<Traits> SwappedUsers::Finder::TraitsIn(const Outcome* before) const {
  if (before == nullptr || before->traits_version != parts_.traits->version()) return std::nullopt;
  return before->traits;
}

// Of an outcome further on.
void SwappedUsers::Finder::Prefetch(size_t pair, size_t end) const {
  constexpr size_t kAhead = 8;
  const std::vector<OutcomePair>& pairs = found_.pairs_;
  if (pair + 2 * kAhead < end) PrefetchBytes(pairs[pair + 2 * kAhead].before, sizeof(Outcome));
  if (pair + kAhead >= end || pairs[pair + kAhead].users == 0) return;
  const Outcome* outcome = pairs[pair + kAhead].before;
  if (outcome == nullptr) return;
  PrefetchLine(outcome->claims.data());
  PrefetchBytes(outcome->licenses.data(), 2 * kCacheLine);
}

void SwappedUsers::Finder::PassOn() {
  if (std::find(fates_.begin(), fates_.end(), Fate::kConditional) != fates_.end()) {
    carriers_ = CarriersOf(parts_.facts, executor_);
  }
  ByUsers([&](Part& part, Shard shard) { PassOn(part, shard); });
  for (const Part& part : user_parts_) {
    found_.rest_.insert(found_.rest_.end(), part.rest.begin(), part.rest.end());
    // They were counted before anybody was asked.
    for (uint32_t position : part.unmet) {
      OutcomePair& pair = found_.pairs_[position];
      --pair.users;
      found_.tallies_[0].Add(pair.before, pair.after, -1);
    }
  }
}

void SwappedUsers::Finder::PassOn(Part& part, Shard positions) {
  std::vector<uint32_t> asked;  // Positions.
  for (size_t i = positions.begin; i < positions.end; ++i) {
    uint32_t& pair = found_.pair_of_[i];
    const Fate fate = fates_[pair];
    if (fate == Fate::kFound) continue;
    if (fate == Fate::kConditional) {
      asked.push_back(static_cast<uint32_t>(i));
    } else {
      pair = kNone;
      part.rest.push_back(found_.users_[i]);
    }
  }
  if (!asked.empty()) Ask(part, asked);
}

// Takes the pair from those of whom the conditions are not true.
void SwappedUsers::Finder::Ask(Part& part, const std::vector<uint32_t>& asked) {
  std::vector<uint32_t> who;
  who.reserve(asked.size());
  for (uint32_t i : asked) who.push_back(found_.users_[i]);
  const size_t known = part.rest.size();
  const auto conditions_of = [&](size_t i) { return ConditionsOf(found_.pair_of_[asked[i]]); };
  TurnReader(parts_.facts, carriers_, turns_).ForEachUnmet(who, conditions_of, [&](size_t i) {
    uint32_t& pair = found_.pair_of_[asked[i]];
    part.unmet.push_back(pair);
    part.rest.push_back(who[i]);
    pair = kNone;
  });
  std::inplace_merge(part.rest.begin(), part.rest.begin() + static_cast<ptrdiff_t>(known),
                     part.rest.end());
}

SwappedUsers::SwappedUsers(const LiveParts& parts, const SeatBook& book,
                           const SwappedShapes& swapped, absl::Span<const uint32_t> users,
                           Executor& executor)
    : users_(users), pair_of_(users.size(), kNone) {
  Finder(*this, parts, book, swapped, executor).Run();
}

}  // namespace seatwise
