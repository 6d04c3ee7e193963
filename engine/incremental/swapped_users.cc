// Three rounds, each on all threads:
//
//   1  by users      numbers the outcomes that a thread's part of the users had
//   2  by outcomes   makes one list of these, and finds what each becomes (shape_swap.h)
//   3  by users      passes that on to the users, and asks them for its conditions
//
// A million users have some hundred thousand outcomes. Each thread would meet most of them, so that
// finding what becomes of them thread by thread would cost nearly twice as much, and leave twice
// the outcomes behind.
#include "engine/incremental/swapped_users.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "base/prefetch.h"
#include "engine/incremental/evaluator.h"
#include "engine/incremental/outcome.h"
#include "engine/incremental/outcome_numbers.h"
#include "engine/incremental/outcome_table.h"
#include "engine/incremental/persistent_vector.h"
#include "engine/incremental/ref.h"
#include "engine/incremental/shape_swap.h"
#include "engine/incremental/turn_condition.h"
#include "engine/rules/traits.h"

namespace seatwise {
namespace {

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

class OutcomePart;

// Rounds 1 and 3 for a part of the users.
class UserPart {
 public:
  explicit UserPart(const LiveParts& parts) : parts_(parts) {}

  void Number(absl::Span<const uint32_t> users);

  // By number.
  const std::vector<Key>& keys() const { return keys_; }
  const std::vector<int64_t>& counts() const { return counts_; }

  // Where round 2 put what the number is about.
  void SetPlace(size_t number, uint32_t thread, uint32_t pair) { places_[number] = {thread, pair}; }
  // Round 3 for the users that were numbered: by user, which of all pairs it is, or kNone.
  void PassOn(absl::Span<const uint32_t> users, absl::Span<const OutcomePart> parts,
              absl::Span<uint32_t> pair_of);
  // The pairs of users who do not meet their conditions, once for each user.
  const std::vector<uint32_t>& unmet() const { return unmet_; }

 private:
  struct Place {
    uint32_t thread = 0;
    uint32_t pair = 0;
  };

  std::vector<char> FindTraits();
  void NumberByTraits(absl::Span<const uint32_t> users, const std::vector<char>& differ);
  void Add(const Key& key);
  void Ask(absl::Span<const uint32_t> users, absl::Span<const uint32_t> asked,
           absl::Span<const OutcomePart> parts, absl::Span<uint32_t> pair_of);

  const LiveParts& parts_;
  std::vector<Key> keys_;
  std::vector<int64_t> counts_;
  std::vector<uint32_t> numbers_;
  std::vector<Place> places_;
  std::vector<uint32_t> unmet_;
};

void UserPart::Number(absl::Span<const uint32_t> users) {
  constexpr size_t kAhead = 16;
  OutcomeNumbers numbers;
  std::array<const Outcome*, kAhead> fetched;  // Of the users to come.
  PersistentVector<UserAnswer>::Reader answers(parts_.answers);
  numbers_.reserve(users.size());
  for (size_t i = 0; i < users.size() + kAhead; ++i) {
    const Outcome*& place = fetched[i % kAhead];
    if (i >= kAhead) {
      const uint32_t number = numbers.NumberOf(place);
      if (number == keys_.size()) Add({place, 0});
      numbers_.push_back(number);
      ++counts_[number];
    }
    if (i >= users.size()) continue;
    place = answers[users[i]].outcome.get();
    numbers.Fetch(place);
  }
  NumberByTraits(users, FindTraits());
  places_.resize(keys_.size());
}

// By number: whether users with the outcome may have different traits. Takes those of the others
// from the outcome.
std::vector<char> UserPart::FindTraits() {
  constexpr size_t kAhead = 16;
  std::vector<char> differ(keys_.size());
  for (size_t i = 0; i < keys_.size(); ++i) {
    if (i + kAhead < keys_.size()) PrefetchLine(keys_[i + kAhead].before);
    const Outcome* before = keys_[i].before;
    if (before != nullptr && before->traits_version == parts_.traits->version()) {
      keys_[i].traits = before->traits;
    } else {
      differ[i] = 1;
    }
  }
  return differ;
}

// Gives users whose outcome says nothing of their traits another number.
void UserPart::NumberByTraits(absl::Span<const uint32_t> users, const std::vector<char>& differ) {
  if (std::find(differ.begin(), differ.end(), 1) == differ.end()) return;
  absl::flat_hash_map<Key, uint32_t> numbers;
  for (size_t i = 0; i < users.size(); ++i) {
    uint32_t& number = numbers_[i];
    if (differ[number] == 0) continue;
    const Key key{keys_[number].before, TraitsOfUser(parts_.facts, *parts_.traits, users[i])};
    const auto [it, is_new] = numbers.try_emplace(key, static_cast<uint32_t>(keys_.size()));
    if (is_new) Add(key);
    --counts_[number];
    number = it->second;
    ++counts_[number];
  }
}

void UserPart::Add(const Key& key) {
  keys_.push_back(key);
  counts_.push_back(0);
}

// Which thread looks at an outcome in round 2.
uint32_t ThreadFor(const Outcome* outcome, uint32_t threads) {
  const uint64_t mixed = reinterpret_cast<uintptr_t>(outcome) * 0x9e3779b97f4a7c15u;
  return static_cast<uint32_t>((mixed >> 32) * threads >> 32);
}

// Round 2 for one thread's part of the outcomes.
class OutcomePart {
 public:
  // Takes the keys of `thread` out of all parts of the users, and notes there where they are.
  void Collect(absl::Span<UserPart> parts, uint32_t thread);
  // Finds what becomes of them. A pair for which nothing was found has no users then.
  void Swap(const LiveParts& parts, const SeatBook& book, const SwappedShapes& swapped);

  // What the users of a pair have to meet for it: nothing for most pairs.
  absl::Span<const TurnCondition> ConditionsOf(uint32_t pair) const {
    return conditions_[conditions_of_[pair]];
  }
  bool found(uint32_t pair) const { return found_[pair] != 0; }

  std::vector<OutcomePair> pairs;
  uint32_t first_pair = 0;       // Where they are among all.
  std::vector<GroupTurn> turns;  // Of the claims that come or go, the same in every part.
  OutcomeTally tally;

 private:
  void Prefetch(size_t i) const;

  std::vector<Traits> traits_;           // By pair.
  std::vector<char> found_;              // By pair.
  std::vector<uint32_t> conditions_of_;  // By pair: a position in these.
  std::vector<std::vector<TurnCondition>> conditions_ = {{}};
};

void OutcomePart::Collect(absl::Span<UserPart> parts, uint32_t thread) {
  absl::flat_hash_map<Key, uint32_t> numbers;
  const uint32_t threads = static_cast<uint32_t>(parts.size());
  for (UserPart& part : parts) {
    for (size_t i = 0; i < part.keys().size(); ++i) {
      const Key& key = part.keys()[i];
      if (part.counts()[i] == 0 || ThreadFor(key.before, threads) != thread) continue;
      const auto [it, is_new] = numbers.try_emplace(key, static_cast<uint32_t>(pairs.size()));
      if (is_new) {
        pairs.push_back({.before = key.before, .after = {}});
        traits_.push_back(key.traits);
      }
      pairs[it->second].users += part.counts()[i];
      part.SetPlace(i, thread, it->second);
    }
  }
}

void OutcomePart::Swap(const LiveParts& parts, const SeatBook& book, const SwappedShapes& swapped) {
  static const Outcome& nothing = *new Outcome;
  OutcomeTable known;
  Evaluator evaluator(parts.facts, *parts.traits, known);
  ShapeSwap swap(parts.facts, *parts.traits, swapped, book);
  turns = swap.turns();
  const OutcomePair* alike = nullptr;  // One for all of them.
  int64_t alike_users = 0;
  found_.assign(pairs.size(), 1);
  conditions_of_.assign(pairs.size(), 0);
  for (size_t i = 0; i < pairs.size(); ++i) {
    Prefetch(i);
    OutcomePair& pair = pairs[i];
    std::optional<ShapeSwap::Answer> after =
        swap.After(pair.before != nullptr ? *pair.before : nothing, traits_[i], evaluator);
    if (!after.has_value()) {
      pair.users = 0;
      found_[i] = 0;
      continue;
    }
    pair.after = std::move(after->outcome);
    pair.alike = after->alike;
    if (!after->conditions.empty()) {
      conditions_of_[i] = static_cast<uint32_t>(conditions_.size());
      conditions_.push_back(std::move(after->conditions));
    }
    if (pair.alike) {
      alike = &pair;
      alike_users += pair.users;
    } else {
      tally.Add(pair.before, pair.after.get(), pair.users);
    }
  }
  if (alike != nullptr) tally.Add(alike->before, alike->after.get(), alike_users);
}

// Of an outcome further on.
void OutcomePart::Prefetch(size_t i) const {
  constexpr size_t kAhead = 8;
  if (i + 2 * kAhead < pairs.size()) PrefetchBytes(pairs[i + 2 * kAhead].before, sizeof(Outcome));
  if (i + kAhead >= pairs.size() || pairs[i + kAhead].before == nullptr) return;
  const Outcome& outcome = *pairs[i + kAhead].before;
  PrefetchLine(outcome.claims.data());
  PrefetchLine(outcome.licenses.data());
}

void UserPart::PassOn(absl::Span<const uint32_t> users, absl::Span<const OutcomePart> parts,
                      absl::Span<uint32_t> pair_of) {
  std::vector<uint32_t> pairs(places_.size(), AnswerList::kNone);  // By number.
  std::vector<char> has_conditions(places_.size());                // By number.
  for (size_t number = 0; number < places_.size(); ++number) {
    const Place& place = places_[number];
    if (counts_[number] == 0 || !parts[place.thread].found(place.pair)) continue;
    pairs[number] = parts[place.thread].first_pair + place.pair;
    has_conditions[number] = parts[place.thread].ConditionsOf(place.pair).empty() ? 0 : 1;
  }
  std::vector<uint32_t> asked;  // Positions.
  for (uint32_t i = 0; i < users.size(); ++i) {
    pair_of[i] = pairs[numbers_[i]];
    if (has_conditions[numbers_[i]] != 0) asked.push_back(i);
  }
  if (!asked.empty()) Ask(users, asked, parts, pair_of);
}

// Takes the pair from those of whom the conditions are not true.
void UserPart::Ask(absl::Span<const uint32_t> users, absl::Span<const uint32_t> asked,
                   absl::Span<const OutcomePart> parts, absl::Span<uint32_t> pair_of) {
  TurnReader reader(parts_.facts, parts[0].turns);
  std::vector<uint32_t> who;
  who.reserve(asked.size());
  for (uint32_t i : asked) who.push_back(users[i]);
  for (size_t i = 0; i < who.size(); ++i) {
    reader.Prefetch(absl::MakeConstSpan(who).subspan(i));
    const Place& place = places_[numbers_[asked[i]]];
    if (reader.Holds(who[i], parts[place.thread].ConditionsOf(place.pair))) continue;
    uint32_t& pair = pair_of[asked[i]];
    unmet_.push_back(pair);
    pair = AnswerList::kNone;
  }
}

}  // namespace

SwappedUsers::SwappedUsers(const LiveParts& parts, const SeatBook& book,
                           const SwappedShapes& swapped, absl::Span<const uint32_t> users,
                           Executor& executor)
    : users_(users), pair_of_(users.size()) {
  const size_t threads = static_cast<size_t>(executor.threads());
  std::vector<UserPart> user_parts(threads, UserPart(parts));
  ParallelShards(executor, users.size(), [&](Shard shard) {
    user_parts[static_cast<size_t>(shard.index)].Number(
        users.subspan(shard.begin, shard.end - shard.begin));
  });
  std::vector<OutcomePart> outcome_parts(threads);
  executor.Run(static_cast<int>(threads), [&](int thread) {
    OutcomePart& part = outcome_parts[static_cast<size_t>(thread)];
    part.Collect(absl::MakeSpan(user_parts), static_cast<uint32_t>(thread));
    part.Swap(parts, book, swapped);
  });
  for (OutcomePart& part : outcome_parts) {
    part.first_pair = static_cast<uint32_t>(pairs_.size());
    pairs_.insert(pairs_.end(), std::make_move_iterator(part.pairs.begin()),
                  std::make_move_iterator(part.pairs.end()));
    tallies_.push_back(std::move(part.tally));
  }
  std::vector<std::vector<uint32_t>> rest(threads);
  ParallelShards(executor, users.size(), [&](Shard shard) {
    const size_t index = static_cast<size_t>(shard.index);
    const absl::Span<uint32_t> pair_of =
        absl::MakeSpan(pair_of_).subspan(shard.begin, shard.end - shard.begin);
    user_parts[index].PassOn(users.subspan(shard.begin, pair_of.size()), outcome_parts, pair_of);
    for (size_t i = shard.begin; i < shard.end; ++i) {
      if (pair_of_[i] == AnswerList::kNone) rest[index].push_back(users[i]);
    }
  });
  for (const std::vector<uint32_t>& part : rest)
    rest_.insert(rest_.end(), part.begin(), part.end());
  for (const UserPart& part : user_parts) TakeOut(part.unmet());
}

// Of what was counted before anybody was asked.
void SwappedUsers::TakeOut(absl::Span<const uint32_t> unmet) {
  for (uint32_t position : unmet) {
    OutcomePair& pair = pairs_[position];
    --pair.users;
    tallies_[0].Add(pair.before, pair.after.get(), -1);
  }
}

}  // namespace seatwise
