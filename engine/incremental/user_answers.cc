#include "engine/incremental/user_answers.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "engine/incremental/give_answers.h"
#include "engine/incremental/outcome_counts.h"
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

void UserAnswers::Leave(uint32_t user) { SetEntries(user, {}); }

void UserAnswers::SetEntries(uint32_t user, absl::Span<const SeatEntry> entries) {
  const absl::Span<const SeatEntry> before = parts_.answers.EntryListOf(user);
  if (before == entries) return;
  book_.Change(before, entries);
  Ref<SeatEntries> list;
  if (!entries.empty()) {
    auto made = std::make_unique<SeatEntries>();
    made->list.assign(entries.begin(), entries.end());
    list = Ref<SeatEntries>::Adopt(made.release());
  }
  parts_.answers.SetEntries(user, std::move(list));
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
      queued.push_back(QueuedAs(evaluator_, user, parts_.answers.EntryListOf(user)));
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
  for (std::optional<AnswerPart>& part : parts) {
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

void UserAnswers::Give(absl::Span<const AnswerList> lists) {
  tables_before_.push_back(parts_.answers.SharedTable());
  GiveAnswers(parts_.answers, lists, executor_);
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

void UserAnswers::AnswerLoaded(uint32_t user) {
  SetOutcome(user, evaluator_.Evaluate(SeatsOfOthers(book_, parts_.answers.EntryListOf(user))));
  SetEntries(user, evaluator_.entries());
  touched_.push_back(user);
}

void UserAnswers::SetOutcome(uint32_t user, Ref<Outcome> outcome) {
  const Outcome* before = parts_.answers.OutcomeOf(user);
  if (before == outcome.get()) return;
  Count(before, outcome.get());
  parts_.answers.SetOutcome(user, std::move(outcome));
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
