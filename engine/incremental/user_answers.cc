#include "engine/incremental/user_answers.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/hash/hash.h"
#include "engine/incremental/outcome_counts.h"
#include "engine/incremental/sku_users.h"

namespace seatwise {
namespace {

// The seats that others leave to a user who stands in queues.
class SeatsOfOthers final : public SeatSource {
 public:
  SeatsOfOthers(const SeatBook& book, absl::Span<const SeatEntry> own) : book_(book), own_(own) {}

  bool IsTracked(SkuNo sku) const override { return book_.IsTracked(sku); }
  bool HasSeat(SkuNo sku, const QueuePlace& place) const override {
    return book_.HasSeat(sku, place, own_);
  }

 private:
  const SeatBook& book_;
  absl::Span<const SeatEntry> own_;
};

struct RefHash {
  size_t operator()(const Ref<Outcome>& outcome) const { return absl::HashOf(outcome.get()); }
};

}  // namespace

UserAnswers::UserAnswers(LiveParts& parts, const LiveFacts& before, const PrepareLimits& limits,
                         Executor& executor)
    : parts_(parts),
      limits_(limits),
      executor_(executor),
      id_of_{parts.facts, before},
      capacity_of_{parts.facts},
      order_(id_of_),
      known_(std::move(parts.recent), false),
      book_(std::move(parts.seats), parts.facts.catalog().skus(), capacity_of_, order_),
      evaluator_(parts.facts, *parts.traits, known_) {
  parts_.outcomes.Resize(parts_.facts.next.user);
  parts_.entries.Resize(parts_.facts.next.user);
  parts_.groups.Resize(parts_.facts.next.group);
}

absl::Span<const SeatEntry> UserAnswers::EntriesOf(uint32_t user) const {
  const Ref<SeatEntries>& entries = parts_.entries[user];
  return entries ? absl::MakeConstSpan(entries->list) : absl::Span<const SeatEntry>();
}

void UserAnswers::Leave(uint32_t user) { SetEntries(user, {}); }

void UserAnswers::SetEntries(uint32_t user, absl::Span<const SeatEntry> entries) {
  const absl::Span<const SeatEntry> before = EntriesOf(user);
  if (before == entries) return;
  book_.Change(before, entries);
  Ref<SeatEntries> list;
  if (!entries.empty()) {
    auto made = std::make_unique<SeatEntries>();
    made->list.assign(entries.begin(), entries.end());
    list = Ref<SeatEntries>::Adopt(made.release());
  }
  parts_.entries.Set(user, std::move(list));
}

void UserAnswers::Drop(absl::Span<const uint32_t> users) {
  for (uint32_t user : users) {
    Leave(user);
    SetOutcome(user, {});
    touched_.push_back(user);
  }
}

// Who queues is answered for by the first claim, so that few take seats that others take from them;
// and places that nobody has a claim at any more are given up before.
bool UserAnswers::Answer(absl::Span<const uint32_t> users) {
  std::vector<Queued> queued =
      users.size() < limits_.many ? AnswerUnqueued(users) : AnswerUnqueuedByThreads(users);
  queued_ += queued.size();
  if (queued_ > limits_.LimitFor(parts_.facts.user_count)) return false;
  for (const Queued& one : queued) {
    if (one.moved) Leave(one.user);
  }
  std::sort(queued.begin(), queued.end(),
            [&](const Queued& x, const Queued& y) { return order_(x.first_place, y.first_place); });
  for (const Queued& one : queued) {
    evaluator_.Load(one.user);
    AnswerLoaded(one.user);
  }
  return true;
}

UserAnswers::Queued UserAnswers::QueuedUser(const Evaluator& evaluator, uint32_t user) const {
  return {.first_place = evaluator.first_place(),
          .user = user,
          .moved = !evaluator.StandsAt(EntriesOf(user))};
}

std::vector<UserAnswers::Queued> UserAnswers::AnswerUnqueued(absl::Span<const uint32_t> users) {
  std::vector<Queued> queued;
  for (uint32_t user : users) {
    evaluator_.Load(user);
    if (evaluator_.AsksForTracked(book_)) {
      queued.push_back(QueuedUser(evaluator_, user));
    } else {
      AnswerLoaded(user);
    }
  }
  return queued;
}

// Whom no scarce seat matters to depends on nobody else. Who queues may stand where it stood: then
// nobody else can tell, and if the seats of others change later on, settling finds out.
void UserAnswers::AnswerPart(absl::Span<const uint32_t> users, Part& part) const {
  OutcomeTable known(known_.recent(), true);
  Evaluator evaluator(parts_.facts, *parts_.traits, known);
  for (uint32_t user : users) {
    const absl::Span<const SeatEntry> own = EntriesOf(user);
    evaluator.Load(user);
    const bool queues = evaluator.AsksForTracked(book_);
    Ref<Outcome> outcome = evaluator.Evaluate(SeatsOfOthers(book_, own));
    if (queues && evaluator.entries() != own) {
      part.queued.push_back(QueuedUser(evaluator, user));
    } else {
      part.answers.push_back({user, std::move(outcome), !queues && !own.empty()});
    }
  }
}

std::vector<UserAnswers::Queued> UserAnswers::AnswerUnqueuedByThreads(
    absl::Span<const uint32_t> users) {
  std::vector<Part> parts(static_cast<size_t>(executor_.threads()));
  ParallelShards(executor_, users.size(), [&](Shard shard) {
    AnswerPart(users.subspan(shard.begin, shard.end - shard.begin),
               parts[static_cast<size_t>(shard.index)]);
  });
  std::vector<Queued> queued;
  // Most users share their outcomes, before and after, with many others: these are counted once.
  absl::flat_hash_map<Ref<Outcome>, int64_t, RefHash> counts;
  for (Part& part : parts) {
    queued.insert(queued.end(), part.queued.begin(), part.queued.end());
    for (Settled& answer : part.answers) {
      if (answer.leaves) Leave(answer.user);
      touched_.push_back(answer.user);
      if (parts_.outcomes[answer.user] == answer.outcome) continue;
      ++counts[answer.outcome];
      --counts[parts_.outcomes[answer.user]];
      parts_.outcomes.Set(answer.user, std::move(answer.outcome));
    }
  }
  for (const auto& [outcome, users_more] : counts) {
    if (outcome && users_more != 0) Count(nullptr, outcome.get(), users_more);
  }
  return queued;
}

void UserAnswers::AnswerLoaded(uint32_t user) {
  SetOutcome(user, evaluator_.Evaluate(SeatsOfOthers(book_, EntriesOf(user))));
  SetEntries(user, evaluator_.entries());
  touched_.push_back(user);
}

void UserAnswers::SetOutcome(uint32_t user, Ref<Outcome> outcome) {
  const Ref<Outcome>& before = parts_.outcomes[user];
  if (before == outcome) return;
  Count(before.get(), outcome.get(), 1);
  parts_.outcomes.Set(user, std::move(outcome));
}

void UserAnswers::Count(const Outcome* before, const Outcome* after, int64_t users) {
  ForEachCountChange(
      before, after,
      [&](SkuNo sku, int demand, int consumed) {
        if (demand != 0) book_.AddDemand(sku, demand * users);
        if (consumed != 0) book_.AddConsumed(sku, consumed * users);
      },
      [&](uint32_t group, int members, int with_errors) {
        GroupCounts& counts = parts_.groups.Mutable(group);
        // Wraps around as it must.
        counts.members += static_cast<uint32_t>(members * users);
        counts.with_errors += static_cast<uint32_t>(with_errors * users);
      });
}

std::optional<uint64_t> UserAnswers::Finish() {
  const std::vector<SkuNo> started = book_.StartTracking();
  if (!started.empty()) {
    const std::vector<uint32_t> users = UsersWithClaimOn(parts_.facts, started);
    // Entries from before the SKU was tracked are in no queue.
    for (uint32_t user : users) Leave(user);
    if (!Answer(users)) return std::nullopt;
  }
  const uint64_t most = limits_.LimitFor(parts_.facts.user_count);
  const std::optional<uint64_t> repairs = book_.Settle(most, [&](uint32_t user) {
    evaluator_.Load(user);
    AnswerLoaded(user);
  });
  if (!repairs.has_value()) return std::nullopt;
  parts_.seats = std::move(book_).Finish();
  parts_.recent = known_.recent();
  return repairs;
}

}  // namespace seatwise
