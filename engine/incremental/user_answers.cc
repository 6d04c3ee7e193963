#include "engine/incremental/user_answers.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "engine/incremental/outcome_counts.h"
#include "engine/incremental/sku_users.h"

namespace seatwise {

UserAnswers::UserAnswers(LiveParts& parts, const LiveFacts& before, bool many)
    : parts_(parts),
      id_of_{parts.facts, before},
      capacity_of_{parts.facts},
      order_(id_of_),
      known_(std::move(parts.recent), many),
      book_(std::move(parts.seats), parts.facts.catalog().skus(), capacity_of_, order_),
      evaluator_(parts.facts, *parts.traits, known_) {
  parts_.outcomes.Resize(parts_.facts.next.user);
  parts_.entries.Resize(parts_.facts.next.user);
  parts_.groups.Resize(parts_.facts.next.group);
}

void UserAnswers::Leave(uint32_t user) {
  const Ref<SeatEntries>& entries = parts_.entries[user];
  if (!entries) return;
  book_.Leave(entries->list);
  parts_.entries.Set(user, {});
}

void UserAnswers::Drop(absl::Span<const uint32_t> users) {
  for (uint32_t user : users) {
    Leave(user);
    SetOutcome(user, {});
    touched_.push_back(user);
  }
}

// Users are answered for by their first claims, so that few take seats that others take from them.
void UserAnswers::Answer(absl::Span<const uint32_t> users) {
  for (uint32_t user : users) Leave(user);
  std::vector<First> firsts;
  for (uint32_t user : users) {
    evaluator_.Load(user);
    if (users.size() > 1 && evaluator_.AsksForTracked(book_)) {
      firsts.push_back({evaluator_.first_place(), user});
    } else {
      AnswerLoaded(user);
    }
  }
  std::sort(firsts.begin(), firsts.end(),
            [&](const First& x, const First& y) { return order_(x.place, y.place); });
  for (const First& first : firsts) {
    evaluator_.Load(first.user);
    AnswerLoaded(first.user);
  }
}

void UserAnswers::AnswerLoaded(uint32_t user) {
  SetOutcome(user, evaluator_.Evaluate(book_));
  touched_.push_back(user);
  if (evaluator_.entries().empty()) return;
  auto entries = std::make_unique<SeatEntries>();
  entries->list.assign(evaluator_.entries().begin(), evaluator_.entries().end());
  book_.Enter(entries->list);
  parts_.entries.Set(user, Ref<SeatEntries>::Adopt(entries.release()));
}

void UserAnswers::SetOutcome(uint32_t user, Ref<Outcome> outcome) {
  const Ref<Outcome>& before = parts_.outcomes[user];
  if (before == outcome) return;
  if (outcome) Count(*outcome, 1);
  if (before) Count(*before, -1);
  parts_.outcomes.Set(user, std::move(outcome));
}

void UserAnswers::Count(const Outcome& outcome, int sign) {
  for (const OutcomeLicense& license : outcome.licenses) {
    if (license.may_pass) book_.AddDemand(license.sku, sign);
    if (license.held) book_.AddConsumed(license.sku, sign);
  }
  const uint32_t one = static_cast<uint32_t>(sign);  // Wraps around as it must.
  ForEachGroupOf(outcome, [&](uint32_t group, bool has_error) {
    GroupCounts& counts = parts_.groups.Mutable(group);
    counts.members += one;
    if (has_error) counts.with_errors += one;
  });
}

uint64_t UserAnswers::Finish() {
  const std::vector<SkuNo> started = book_.StartTracking();
  if (!started.empty()) Answer(UsersWithClaimOn(parts_.facts, started));
  const uint64_t repairs = book_.Settle([&](uint32_t user) {
    Leave(user);
    evaluator_.Load(user);
    AnswerLoaded(user);
  });
  parts_.seats = std::move(book_).Finish();
  parts_.recent = known_.recent();
  return repairs;
}

}  // namespace seatwise
