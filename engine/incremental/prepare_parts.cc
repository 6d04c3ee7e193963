// Facts first, then answers: the changes are made to a version of the facts; users that they reach
// are answered for; and whoever gains or loses a seat by that, until all agree. Everybody else's
// answer is shared with the base.
#include "engine/incremental/prepare_parts.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "engine/incremental/answer_cursor.h"
#include "engine/incremental/answer_list.h"
#include "engine/incremental/apply_changes.h"
#include "engine/incremental/from_scratch.h"
#include "engine/incremental/license_diff.h"
#include "engine/incremental/live_facts.h"
#include "engine/incremental/recent_outcomes.h"
#include "engine/incremental/sku_users.h"
#include "engine/incremental/unload_live_facts.h"
#include "engine/incremental/user_answers.h"
#include "engine/incremental/warm_up.h"

namespace seatwise {
namespace {

std::vector<uint32_t> AllUsers(const LiveFacts& facts) {
  std::vector<uint32_t> users;
  facts.users.ForEach([&](uint32_t user, const Ref<UserRecord>& record) {
    if (record) users.push_back(user);
  });
  return users;
}

class Preparation {
 public:
  Preparation(const LiveParts& base, const PrepareLimits& limits, Executor& executor)
      : base_(base), limits_(limits), executor_(executor) {}

  PreparedParts Run(const ValidatedChangeSet& changes) && {
    next_ = std::make_unique<LiveParts>(base_);
    WarmUp(base_, changes);
    Affected affected = ApplyChanges(base_.facts, next_->facts, changes);
    if (affected.all) affected.users = AllUsers(next_->facts);
    statistics_.users_affected = affected.users.size() + affected.gone.size();
    std::optional<LicenseDelta> delta = AnswerFor(affected);
    if (!delta.has_value()) delta = StartAnew();
    return {.parts = std::move(next_), .delta = *std::move(delta), .statistics = statistics_};
  }

 private:
  bool MostWouldQueue(const Affected& affected) const;
  // Nothing if too many seats are in question to look at users one by one.
  std::optional<LicenseDelta> AnswerFor(const Affected& affected);
  LicenseDelta StartAnew();
  std::vector<SkuNo> Switched(absl::Span<const SkuNo> supply) const;
  LicenseDelta DiffOf(const AnswerList& swapped, absl::Span<const uint32_t> users) const;
  static std::vector<LicenseDiff::RunList> ListsOf(const AnswerList& swapped, Shard part,
                                                   LicenseDiff& diff);
  LicenseDelta DiffOfPart(const AnswerList& swapped, absl::Span<const uint32_t> users,
                          Shard part) const;

  static constexpr LicenseDiff::RunList kUnknown{.begin = 1, .end = 0};

  const LiveParts& base_;
  const PrepareLimits& limits_;
  Executor& executor_;
  std::unique_ptr<LiveParts> next_;
  PrepareStatistics statistics_;
};

// Whether a group asks for something new of which there are fewer seats than members that this
// reaches, and these are more than anybody answers for one by one: that would be found at last.
bool Preparation::MostWouldQueue(const Affected& affected) const {
  const size_t users = affected.users.size();
  if (!affected.swapped.has_value() || !affected.swapped->after) return false;
  if (users <= limits_.LimitFor(next_->facts.user_count)) return false;
  const auto is_short = [&](const ShapeItem& item) {
    return next_->facts.products.supply(item.sku).capacity() < static_cast<int64_t>(users);
  };
  const auto stays = [&](const Ref<ClaimShape>& shape) {
    const Ref<GroupShapes>& before = affected.swapped->before;
    return before &&
           std::find(before->list.begin(), before->list.end(), shape) != before->list.end();
  };
  const auto& list = affected.swapped->after->list;
  return std::any_of(list.begin(), list.end(), [&](const Ref<ClaimShape>& shape) {
    return !stays(shape) && std::any_of(shape->items.begin(), shape->items.end(), is_short);
  });
}

std::optional<LicenseDelta> Preparation::AnswerFor(const Affected& affected) {
  if (MostWouldQueue(affected)) return std::nullopt;
  if (next_->facts.products.catalog() != base_.facts.products.catalog()) {
    next_->traits = std::make_shared<TraitTable>(next_->facts.catalog(), *base_.traits);
    next_->recent = std::make_shared<RecentOutcomes>();
  }
  UserAnswers answers(*next_, base_.facts, limits_, executor_);
  answers.Drop(affected.gone);
  const SwappedShapes* swapped = affected.swapped.has_value() ? &*affected.swapped : nullptr;
  if (!answers.Answer(affected.users, swapped)) return std::nullopt;
  for (SkuNo sku : affected.supply) answers.Unsettle(sku);
  const std::optional<uint64_t> repairs = answers.Finish();
  if (!repairs.has_value()) return std::nullopt;
  statistics_.queue_repairs = *repairs;
  std::vector<uint32_t> users = answers.touched();
  const std::vector<SkuNo> switched = Switched(affected.supply);
  if (!switched.empty()) {
    const std::vector<uint32_t> holders = UsersWithClaimOn(next_->facts, switched);
    users.insert(users.end(), holders.begin(), holders.end());
  }
  // Nearly all of many users stand in order already.
  const auto sorted = std::is_sorted_until(users.begin(), users.end());
  std::sort(sorted, users.end());
  std::inplace_merge(users.begin(), sorted, users.end());
  users.erase(std::unique(users.begin(), users.end()), users.end());
  return DiffOf(answers.swapped(), users);
}

LicenseDelta Preparation::StartAnew() {
  statistics_.fell_back = true;
  const LoadedFacts loaded = UnloadLiveFacts(next_->facts, executor_);
  *next_ = FromScratch(std::move(next_->facts), loaded.columns, loaded.user_number, executor_);
  std::vector<uint32_t> everybody(next_->facts.next.user);
  for (uint32_t user = 0; user < everybody.size(); ++user) everybody[user] = user;
  return DiffOf({}, everybody);
}

// The SKUs of `supply` that went off or came back: whoever holds one has another state (O2).
std::vector<SkuNo> Preparation::Switched(absl::Span<const SkuNo> supply) const {
  const LiveProducts& before = base_.facts.products;
  std::vector<SkuNo> switched;
  for (SkuNo sku : supply) {
    const bool was_off = sku < before.catalog()->skus() && before.supply(sku).off();
    if (next_->facts.products.supply(sku).off() != was_off) switched.push_back(sku);
  }
  return switched;
}

// `users` ascend, each once; what `swapped` says counts for others only.
LicenseDelta Preparation::DiffOf(const AnswerList& swapped,
                                 absl::Span<const uint32_t> users) const {
  const size_t all = next_->facts.next.user;
  if (swapped.users.size() + users.size() < limits_.many) {
    return DiffOfPart(swapped, users, {.index = 0, .begin = 0, .end = all});
  }
  std::vector<LicenseDelta> parts(static_cast<size_t>(executor_.threads()));
  ParallelShards(executor_, all, [&](Shard part) {
    parts[static_cast<size_t>(part.index)] = DiffOfPart(swapped, users, part);
  });
  return UniteDeltas(std::move(parts));
}

// What changes for the users of each pair, as far as they change alike; kUnknown for the others,
// whose users are mostly in one part.
std::vector<LicenseDiff::RunList> Preparation::ListsOf(const AnswerList& swapped, Shard part,
                                                       LicenseDiff& diff) {
  std::vector<LicenseDiff::RunList> lists(swapped.pairs.size(), kUnknown);
  std::optional<LicenseDiff::RunList> alike;
  size_t alike_users = 0;
  for (size_t i = 0; i < lists.size(); ++i) {
    const OutcomePair& pair = swapped.pairs[i];
    if (!pair.alike || pair.users == 0) continue;
    if (!alike.has_value()) alike = diff.Compare(pair.before, pair.after);
    lists[i] = *alike;
    alike_users += static_cast<size_t>(pair.users);
  }
  // The other parts' users come behind those of the first (UniteDeltas).
  const bool is_first = part.begin == 0;
  if (alike.has_value()) diff.Reserve(*alike, is_first ? alike_users : part.end - part.begin);
  return lists;
}

// Of users whose numbers are in `part`.
LicenseDelta Preparation::DiffOfPart(const AnswerList& swapped, absl::Span<const uint32_t> users,
                                     Shard part) const {
  LicenseDiff diff(base_.facts.products, next_->facts.products);
  std::vector<LicenseDiff::RunList> lists = ListsOf(swapped, part, diff);
  const auto add_pair = [&](uint32_t user, const OutcomePair& pair) {
    LicenseDiff::RunList& list = lists[static_cast<size_t>(&pair - swapped.pairs.data())];
    if (list == kUnknown) list = diff.Compare(pair.before, pair.after);
    diff.Add(user, list);
  };
  const auto add = [&](uint32_t user) {
    const Outcome* before = user < base_.answers.size() ? base_.answers.OutcomeOf(user) : nullptr;
    const Outcome* after = next_->answers.OutcomeOf(user);
    if (before != nullptr || after != nullptr) diff.Add(user, before, after);
  };
  const uint32_t end = static_cast<uint32_t>(part.end);
  AnswerCursor cursor({&swapped, 1}, static_cast<uint32_t>(part.begin));
  auto user = std::lower_bound(users.begin(), users.end(), part.begin);
  for (;;) {
    const uint32_t at = user != users.end() ? std::min(*user, end) : end;
    while (cursor.user() < at) {
      const uint32_t one = cursor.user();
      const OutcomePair* pair = cursor.Take();
      if (pair != nullptr) add_pair(one, *pair);
    }
    if (at == end) break;
    cursor.PairOf(at);
    add(*user++);
  }
  return std::move(diff).Take();
}

}  // namespace

PreparedParts PrepareParts(const LiveParts& base, const ValidatedChangeSet& changes,
                           const PrepareLimits& limits, Executor& executor) {
  return Preparation(base, limits, executor).Run(changes);
}

}  // namespace seatwise
