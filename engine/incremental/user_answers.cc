#include "engine/incremental/user_answers.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "engine/incremental/answer_cursor.h"
#include "engine/incremental/outcome_counts.h"
#include "engine/incremental/parallel_leaves.h"
#include "engine/incremental/persistent_vector.h"
#include "engine/incremental/sku_users.h"

namespace seatwise {
UserAnswers::UserAnswers(LiveParts& parts, const LiveFacts& before, const PrepareLimits& limits,
                         Executor& executor)
    : parts_(parts),
      limits_(limits),
      executor_(executor),
      id_of_{parts.facts, before},
      capacity_of_{parts.facts},
      order_(id_of_),
      known_(*parts.recent),
      book_(std::move(parts.seats), parts.facts.catalog().skus(), capacity_of_, order_),
      evaluator_(parts.facts, *parts.traits, known_) {
  parts_.answers.Resize(parts_.facts.next.user);
  parts_.groups.Resize(parts_.facts.next.group);
}

absl::Span<const SeatEntry> UserAnswers::EntriesOf(uint32_t user) const {
  const Ref<SeatEntries>& entries = parts_.answers[user].entries;
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
  parts_.answers.Mutable(user).entries = std::move(list);
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
bool UserAnswers::Answer(absl::Span<const uint32_t> users, const SwappedShapes* swapped) {
  std::vector<QueuedUser> queued =
      users.size() < limits_.many ? AnswerUnqueued(users) : AnswerUnqueuedByThreads(users, swapped);
  queued_ += queued.size();
  if (queued_ > limits_.LimitFor(parts_.facts.user_count)) return false;
  for (const QueuedUser& one : queued) {
    if (one.moved) Leave(one.user);
  }
  std::sort(queued.begin(), queued.end(), [&](const QueuedUser& x, const QueuedUser& y) {
    return order_(x.first_place, y.first_place);
  });
  for (const QueuedUser& one : queued) {
    evaluator_.Load(one.user);
    AnswerLoaded(one.user);
  }
  return true;
}

std::vector<QueuedUser> UserAnswers::AnswerUnqueued(absl::Span<const uint32_t> users) {
  std::vector<QueuedUser> queued;
  for (uint32_t user : users) {
    evaluator_.Load(user);
    if (evaluator_.AsksForTracked(book_)) {
      queued.push_back(QueuedAs(evaluator_, user, EntriesOf(user)));
    } else {
      AnswerLoaded(user);
    }
  }
  return queued;
}

std::vector<QueuedUser> UserAnswers::AnswerUnqueuedByThreads(absl::Span<const uint32_t> users,
                                                             const SwappedShapes* swapped) {
  if (swapped != nullptr) {
    swapped_.emplace(parts_, book_, *swapped, users, executor_);
    users = swapped_->rest();
  }
  std::vector<std::optional<AnswerPart>> parts(static_cast<size_t>(executor_.threads()));
  ParallelShards(executor_, users.size(), [&](Shard shard) {
    std::optional<AnswerPart>& part = parts[static_cast<size_t>(shard.index)];
    part.emplace(parts_, book_);
    part->Answer(users.subspan(shard.begin, shard.end - shard.begin));
  });
  std::vector<QueuedUser> queued;
  std::vector<AnswerList> lists;
  for (const std::optional<AnswerPart>& part : parts) {
    if (!part.has_value()) continue;
    queued.insert(queued.end(), part->queued().begin(), part->queued().end());
    Take(part->tally());
    for (uint32_t user : part->leaving()) Leave(user);
    lists.push_back(part->answers());
    touched_.insert(touched_.end(), lists.back().users.begin(), lists.back().users.end());
  }
  if (swapped != nullptr) {
    for (const OutcomeTally& tally : swapped_->tallies()) Take(tally);
    Give({swapped_->answers()});
  }
  Give(lists);
  return queued;
}

void UserAnswers::Take(const OutcomeTally& tally) {
  for (const auto& [sku, change] : tally.skus()) {
    if (change.demand != 0) book_.AddDemand(sku, change.demand);
    if (change.consumed != 0) book_.AddConsumed(sku, change.consumed);
  }
  for (const auto& [group, change] : tally.groups()) {
    CountGroup(group, change.members, change.with_errors);
  }
}

void UserAnswers::Give(absl::Span<const AnswerList> lists) {
  size_t users = 0;
  bool sorted = true;
  const uint32_t* last = nullptr;  // Of the lists so far.
  for (const AnswerList& list : lists) {
    users += list.users.size();
    if (list.users.empty()) continue;
    sorted = sorted && (last == nullptr || *last < list.users.front()) &&
             std::is_sorted(list.users.begin(), list.users.end());
    last = &list.users.back();
  }
  if (sorted && users >= parts_.answers.size() / 2) {
    GiveToMost(lists);
  } else {
    for (const AnswerList& list : lists) GiveToSome(list);
  }
}

void UserAnswers::GiveToSome(const AnswerList& list) {
  for (size_t i = 0; i < list.users.size(); ++i) {
    if (list.pair_of[i] == AnswerList::kNone) continue;
    const OutcomePair& pair = list.pairs[list.pair_of[i]];
    if (pair.before != pair.after.get()) parts_.answers.Mutable(list.users[i]).outcome = pair.after;
  }
}

// Where nearly all leaves are copied anyway, a new vector costs no more, and threads can fill it.
// Each outcome is counted once for all users that get it: a count apart for each is most of the
// work, since these lie anywhere in memory, and both threads write to them.
void UserAnswers::GiveToMost(absl::Span<const AnswerList> lists) {
  for (const AnswerList& list : lists) {
    for (const OutcomePair& pair : list.pairs) {
      if (pair.after) pair.after->Share(static_cast<uint32_t>(pair.users));
    }
  }
  const auto fill = [&](AnswerCursor& cursor, uint32_t first, auto& values) {
    const UserAnswer* before = &parts_.answers[first];
    for (uint32_t i = 0; i < values.size() && first + i < parts_.answers.size(); ++i) {
      const OutcomePair* pair = cursor.PairOf(first + i);
      values[i].outcome =
          pair != nullptr ? Ref<Outcome>::Adopt(pair->after.get()) : before[i].outcome;
      values[i].entries = before[i].entries;
    }
  };
  parts_.answers = BuildLeaves<UserAnswer>(
      executor_, parts_.answers.size(), [&](uint32_t user) { return AnswerCursor(lists, user); },
      fill);
}

void UserAnswers::AnswerLoaded(uint32_t user) {
  SetOutcome(user, evaluator_.Evaluate(SeatsOfOthers(book_, EntriesOf(user))));
  SetEntries(user, evaluator_.entries());
  touched_.push_back(user);
}

void UserAnswers::SetOutcome(uint32_t user, Ref<Outcome> outcome) {
  const Ref<Outcome>& before = parts_.answers[user].outcome;
  if (before == outcome) return;
  Count(before.get(), outcome.get());
  parts_.answers.Mutable(user).outcome = std::move(outcome);
}

void UserAnswers::Count(const Outcome* before, const Outcome* after) {
  ForEachCountChange(
      before, after,
      [&](SkuNo sku, int demand, int consumed) {
        if (demand != 0) book_.AddDemand(sku, demand);
        if (consumed != 0) book_.AddConsumed(sku, consumed);
      },
      [&](uint32_t group, int members, int with_errors) {
        CountGroup(group, members, with_errors);
      });
}

void UserAnswers::CountGroup(uint32_t group, int64_t members, int64_t with_errors) {
  if (members == 0 && with_errors == 0) return;
  GroupCounts& counts = parts_.groups.Mutable(group);
  // Wraps around as it must.
  counts.members += static_cast<uint32_t>(members);
  counts.with_errors += static_cast<uint32_t>(with_errors);
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
  return repairs;
}

}  // namespace seatwise
