// Whom no scarce seat matters to depends on nobody else. Who queues may stand
// where it stood: then nobody else can tell, and if the seats of others change
// later on, settling finds out.
//
// Most users share their outcomes, before and after, with many others: what
// follows from a pair of outcomes is done once for all users that have it.
#include "engine/incremental/answer_part.h"

#include "base/prefetch.h"

namespace seatwise {
QueuedUser QueuedAs(const Evaluator& evaluator, uint32_t user,
                    absl::Span<const SeatEntry> entries) {
  return {
      .first_place = evaluator.first_place(), .user = user, .moved = !evaluator.StandsAt(entries)};
}

AnswerPart::AnswerPart(const LiveParts& parts, const SeatBook& book)
    : parts_(parts), book_(book), evaluator_(parts.facts, *parts.traits, known_) {}

void AnswerPart::Answer(absl::Span<const uint32_t> users) {
  settled_.reserve(users.size());
  pair_of_.reserve(users.size());
  for (size_t i = 0; i < users.size(); ++i) {
    Prefetch(users.subspan(i));
    AnswerOne(users[i]);
  }
  for (const OutcomePair& pair : pairs_) tally_.Add(pair.before, pair.after, pair.users);
}

// What lies behind a reference is fetched once the reference was.
void AnswerPart::Prefetch(absl::Span<const uint32_t> users) const {
  constexpr size_t kNear = 8, kFar = 16;
  constexpr size_t kRecordBytes = 3 * kCacheLine;  // Of nearly all, those with their groups.
  if (users.size() > kFar) {
    const uint32_t user = users[kFar];
    PrefetchBytes(parts_.facts.users[user].get(), kRecordBytes);
    parts_.answers.EntriesOf(user).PrefetchToRead();
  }
  if (users.size() <= kNear) return;
  const Ref<SeatEntries>& entries = parts_.answers.EntriesOf(users[kNear]);
  if (entries) PrefetchLine(entries->list.data());
}

void AnswerPart::AnswerOne(uint32_t user) {
  const absl::Span<const SeatEntry> own = parts_.answers.EntryListOf(user);
  evaluator_.Load(user);
  const bool queues = evaluator_.AsksForTracked(book_);
  Ref<Outcome> outcome = evaluator_.Evaluate(SeatsOfOthers(book_, own));
  if (queues && evaluator_.entries() != own) {
    queued_.push_back(QueuedAs(evaluator_, user, own));
    return;
  }
  settled_.push_back(user);
  pair_of_.push_back(PairOf(parts_.answers.users()[user].outcome, std::move(outcome)));
  ++pairs_[pair_of_.back()].users;
  if (!queues && !own.empty()) leaving_.push_back(user);
}

uint32_t AnswerPart::PairOf(const UserOutcome& before, Ref<Outcome> after) {
  const uint32_t number = before.has_number() ? before.number() : OutcomePair::kOwn;
  const Outcome* outcome = parts_.answers.Find(before);
  const auto [it, is_new] = pair_of_outcomes_.try_emplace({outcome, number, after.get()},
                                                          static_cast<uint32_t>(pairs_.size()));
  if (is_new) {
    pairs_.push_back({.before = outcome, .number = number, .made = {}});
    pairs_.back().SetAfter(std::move(after));
  }
  return it->second;
}

}  // namespace seatwise
