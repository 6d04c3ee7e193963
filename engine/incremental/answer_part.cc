// Whom no scarce seat matters to depends on nobody else. Who queues may stand
// where it stood: then nobody else can tell, and if the seats of others change
// later on, settling finds out.
//
// Most users share their outcomes, before and after, with many others: what
// follows from a pair of outcomes is done once for all users that have it.
#include "engine/incremental/answer_part.h"

#include "engine/incremental/outcome_counts.h"

namespace seatwise {
namespace {

absl::Span<const SeatEntry> EntriesOf(const LiveParts& parts, uint32_t user) {
  const Ref<SeatEntries>& entries = parts.answers[user].entries;
  return entries ? absl::MakeConstSpan(entries->list) : absl::Span<const SeatEntry>();
}

}  // namespace

QueuedUser QueuedAs(const Evaluator& evaluator, uint32_t user,
                    absl::Span<const SeatEntry> entries) {
  return {
      .first_place = evaluator.first_place(), .user = user, .moved = !evaluator.StandsAt(entries)};
}

AnswerPart::AnswerPart(const LiveParts& parts, const SeatBook& book, const RecentOutcomes& recent,
                       const SwappedShapes* swapped)
    : parts_(parts),
      book_(book),
      known_(recent, true),
      evaluator_(parts.facts, *parts.traits, known_) {
  if (swapped != nullptr) swap_.emplace(parts.facts, *parts.traits, *swapped, book);
}

void AnswerPart::Answer(absl::Span<const uint32_t> users) {
  constexpr size_t kAhead = 16;  // Records are fetched, one line of each, while others are read.
  settled_.reserve(users.size());
  for (size_t i = 0; i < users.size(); ++i) {
    if (i + kAhead < users.size()) parts_.facts.users[users[i + kAhead]].PrefetchToRead();
    AnswerOne(users[i]);
  }
  CountPairs();
}

void AnswerPart::AnswerOne(uint32_t user) {
  const Outcome* before = parts_.answers[user].outcome.get();
  if (swap_.has_value()) {
    const std::optional<uint32_t> pair = PairAfterSwap(before, TraitsOf(user));
    if (pair.has_value()) {
      Settle(user, *pair, false);
      return;
    }
  }
  const absl::Span<const SeatEntry> own = EntriesOf(parts_, user);
  evaluator_.Load(user);
  const bool queues = evaluator_.AsksForTracked(book_);
  Ref<Outcome> outcome = evaluator_.Evaluate(SeatsOfOthers(book_, own));
  if (queues && evaluator_.entries() != own) {
    queued_.push_back(QueuedAs(evaluator_, user, own));
  } else {
    Settle(user, PairOf(before, std::move(outcome)), !queues && !own.empty());
  }
}

void AnswerPart::Settle(uint32_t user, uint32_t pair, bool leaves) {
  ++pairs_[pair].users;
  settled_.push_back({user, pair, leaves});
}

Traits AnswerPart::TraitsOf(uint32_t user) const {
  return parts_.traits->Of(parts_.facts.LocationOf(user), parts_.facts.HasAddressClash(user));
}

std::optional<uint32_t> AnswerPart::PairAfterSwap(const Outcome* before, Traits traits) {
  static const Outcome& nothing = *new Outcome;
  const auto [it, is_new] = swapped_pairs_.try_emplace({before, traits});
  if (is_new) {
    std::optional<Ref<Outcome>> after =
        swap_->After(before != nullptr ? *before : nothing, traits, evaluator_);
    if (after.has_value()) it->second = AddPair(before, *std::move(after));
  }
  return it->second;
}

uint32_t AnswerPart::AddPair(const Outcome* before, Ref<Outcome> after) {
  pairs_.push_back({.before = before, .after = std::move(after)});
  return static_cast<uint32_t>(pairs_.size() - 1);
}

uint32_t AnswerPart::PairOf(const Outcome* before, Ref<Outcome> after) {
  const auto [it, is_new] = pair_of_.try_emplace({before, after.get()});
  if (is_new) it->second = AddPair(before, std::move(after));
  return it->second;
}

void AnswerPart::CountPairs() {
  for (const Pair& pair : pairs_) {
    if (pair.before == pair.after.get()) continue;
    ForEachCountChange(
        pair.before, pair.after.get(),
        [&](SkuNo sku, int demand, int consumed) {
          SkuCounts& counts = skus_[sku];
          counts.demand += demand * pair.users;
          counts.consumed += consumed * pair.users;
        },
        [&](uint32_t group, int members, int with_errors) {
          GroupChange& change = groups_[group];
          change.members += members * pair.users;
          change.with_errors += with_errors * pair.users;
        });
  }
}

}  // namespace seatwise
