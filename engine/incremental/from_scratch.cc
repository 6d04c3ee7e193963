// The batch engine says which claims of each user are granted. With that, users can be evaluated
// one by one: for the user at hand a SKU has a seat iff the user ends up holding it, since a seat
// that is there at some place of the queue was there at all places before. Users whose outcome is
// the same in batch have the same here: one of them is evaluated for all (of a million users
// 155,000). That gives the outcomes, these and how many users have them give the demand, and where
// that is short of the capacity nobody has to know who takes the seats. Users with a claim on the
// other SKUs are evaluated each, to learn at which places they take them.
//
// Only which of several missing seats a claim is denied first may come out differently from the
// queue; settling the book puts that right.
#include "engine/incremental/from_scratch.h"

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include "base/check.h"
#include "engine/batch/batch.h"
#include "engine/incremental/evaluator.h"
#include "engine/incremental/outcome_counts.h"
#include "engine/incremental/parallel_leaves.h"
#include "engine/incremental/prepare_options.h"
#include "engine/incremental/recent_outcomes.h"
#include "engine/incremental/user_answers.h"

namespace seatwise {
namespace {

// Seats for the user at hand as batch gave them.
class BatchSeats final : public SeatSource {
 public:
  BatchSeats(const BatchState& batch, const std::vector<SkuNo>& sku_of_rank, size_t skus,
             const std::vector<char>& tracked)
      : batch_(batch), sku_of_rank_(sku_of_rank), tracked_(tracked), held_(skus) {}

  void Load(UserNo rank) {
    for (SkuNo sku : held_list_) held_[sku] = 0;
    held_list_.clear();
    batch_.ForEachLicense(rank, rank + 1, [&](const LicenseRow& row) {
      if (row.state == LicenseState::kError) return;
      held_list_.push_back(sku_of_rank_[row.sku]);
      held_[held_list_.back()] = 1;
    });
  }

  bool IsTracked(SkuNo sku) const override { return tracked_[sku] != 0; }
  bool HasSeat(SkuNo sku, const QueuePlace&) const override {
    return tracked_[sku] == 0 || held_[sku] != 0;
  }

 private:
  const BatchState& batch_;
  const std::vector<SkuNo>& sku_of_rank_;
  const std::vector<char>& tracked_;
  std::vector<char> held_;  // By SKU.
  std::vector<SkuNo> held_list_;
};

// Who stands where in the queue of one SKU.
struct Places {
  std::vector<QueuePlace> of[3];  // By SeatEntry::Kind.
};

class Builder {
 public:
  Builder(LiveFacts facts, const Columns& columns, absl::Span<const uint32_t> user_number,
          Executor& executor)
      : executor_(executor), batch_(Derive(columns, executor)) {
    parts_.facts = std::move(facts);
    parts_.traits = std::make_shared<TraitTable>(parts_.facts.catalog());
    for (SkuNo rank = 0; rank < columns.catalog.skus(); ++rank) {
      const SkuId& id = columns.catalog.sku(rank).id;
      sku_of_rank_.push_back(parts_.facts.catalog().FindSku(id.value()).value());
    }
    rank_of_.resize(parts_.facts.next.user, kNobody);
    for (UserNo rank = 0; rank < user_number.size(); ++rank) rank_of_[user_number[rank]] = rank;
    queues_.resize(skus());
    // Until the demand is known, all seats are given as batch gave them.
    tracked_.assign(skus(), 1);
  }

  LiveParts Build() && {
    FindUsers();
    FindOutcomes();
    GiveOutcomes();
    Count();
    FindEntries();
    BuildQueues();
    Settle();
    return std::move(parts_);
  }

 private:
  static constexpr UserNo kNobody = 0xffffffff;

  size_t skus() const { return parts_.facts.catalog().skus(); }
  uint32_t OutcomeOf(uint32_t user) const { return batch_->OutcomeOf(rank_of_[user]); }

  void FindUsers();
  void FindOutcomes();
  void GiveOutcomes();
  void Count();
  std::vector<uint32_t> FindQueued() const;
  void FindEntries();
  void BuildQueues();
  void Settle();

  Executor& executor_;
  std::unique_ptr<const BatchState> batch_;
  std::vector<SkuNo> sku_of_rank_;
  std::vector<UserNo> rank_of_;  // By stored number.
  std::vector<char> tracked_;    // By SKU.

  std::vector<uint32_t> first_users_;  // One for each outcome; ascending.
  // By outcome of the batch engine.
  std::vector<int64_t> users_;  // How many have it.
  std::vector<Ref<Outcome>> outcomes_;

  LiveParts parts_;
  std::vector<SeatQueue> queues_;            // By SKU.
  std::vector<std::vector<Places>> places_;  // By thread and SKU.
};

void Builder::FindUsers() {
  users_.resize(batch_->OutcomeCount());
  for (uint32_t user = 0; user < rank_of_.size(); ++user) {
    if (rank_of_[user] == kNobody) continue;
    if (users_[OutcomeOf(user)]++ == 0) first_users_.push_back(user);
  }
}

void Builder::FindOutcomes() {
  outcomes_.resize(users_.size());
  ParallelShards(executor_, first_users_.size(), [&](Shard shard) {
    RecentOutcomes recent;
    OutcomeTable known(recent);
    Evaluator evaluator(parts_.facts, *parts_.traits, known);
    BatchSeats seats(*batch_, sku_of_rank_, skus(), tracked_);
    for (size_t i = shard.begin; i < shard.end; ++i) {
      const uint32_t user = first_users_[i];
      seats.Load(rank_of_[user]);
      evaluator.Load(user);
      outcomes_[OutcomeOf(user)] = evaluator.Evaluate(seats);
    }
  });
}

void Builder::GiveOutcomes() {
  LiveAnswers::Users users = BuildLeaves<UserAnswer>(
      executor_, parts_.facts.next.user, [](uint32_t) { return 0; },
      [&](int, uint32_t first, auto& values) {
        for (uint32_t i = 0; i < values.size() && first + i < rank_of_.size(); ++i) {
          if (rank_of_[first + i] == kNobody) continue;
          values[i].outcome = UserOutcome::Numbered(OutcomeOf(first + i));
        }
      });
  parts_.answers.Set(std::move(users), outcomes_);
}

void Builder::Count() {
  std::vector<GroupCounts> groups(parts_.facts.next.group);
  for (size_t i = 0; i < outcomes_.size(); ++i) {
    if (!outcomes_[i]) continue;
    for (const LiveOutcomeLicense& license : outcomes_[i]->licenses) {
      queues_[license.sku].demand += license.may_pass ? users_[i] : 0;
      queues_[license.sku].consumed += license.held ? users_[i] : 0;
    }
    const uint32_t users = static_cast<uint32_t>(users_[i]);
    ForEachGroupOf(*outcomes_[i], [&](CountedGroup group) {
      groups[group.group].members += users;
      groups[group.group].with_errors += group.has_error ? users : 0;
    });
  }
  parts_.groups.Resize(parts_.facts.next.group);
  for (uint32_t group = 0; group < groups.size(); ++group) {
    if (groups[group].members != 0) parts_.groups.Set(group, groups[group]);
  }
  for (SkuNo sku = 0; sku < skus(); ++sku) {
    const int64_t capacity = parts_.facts.products.supply(sku).capacity();
    const bool tracked = IsWorthTracking(queues_[sku].demand, capacity);
    queues_[sku].tracked = tracked;
    tracked_[sku] = tracked ? 1 : 0;
  }
}

// The users with a claim on a tracked SKU.
std::vector<uint32_t> Builder::FindQueued() const {
  std::vector<char> queued(outcomes_.size());  // By outcome.
  for (size_t outcome = 0; outcome < outcomes_.size(); ++outcome) {
    if (!outcomes_[outcome]) continue;
    const auto& licenses = outcomes_[outcome]->licenses;
    queued[outcome] = std::any_of(licenses.begin(), licenses.end(),
                                  [&](const auto& license) { return tracked_[license.sku] != 0; });
  }
  std::vector<uint32_t> users;
  for (uint32_t user = 0; user < rank_of_.size(); ++user) {
    if (rank_of_[user] != kNobody && queued[OutcomeOf(user)] != 0) users.push_back(user);
  }
  return users;
}

void Builder::FindEntries() {
  const std::vector<uint32_t> queued = FindQueued();
  std::vector<Ref<SeatEntries>> entries_of(queued.size());
  places_.resize(static_cast<size_t>(executor_.threads()));
  ParallelShards(executor_, queued.size(), [&](Shard shard) {
    std::vector<Places>& found = places_[static_cast<size_t>(shard.index)];
    found.resize(skus());
    OutcomeTable known;
    Evaluator evaluator(parts_.facts, *parts_.traits, known);
    BatchSeats seats(*batch_, sku_of_rank_, skus(), tracked_);
    for (size_t i = shard.begin; i < shard.end; ++i) {
      seats.Load(rank_of_[queued[i]]);
      evaluator.Load(queued[i]);
      evaluator.FindEntries(seats, *outcomes_[OutcomeOf(queued[i])]);
      if (evaluator.entries().empty()) continue;
      auto list = std::make_unique<SeatEntries>();
      list->list.assign(evaluator.entries().begin(), evaluator.entries().end());
      for (const SeatEntry& entry : list->list) {
        found[entry.sku].of[static_cast<size_t>(entry.kind)].push_back(entry.place);
      }
      entries_of[i] = Ref<SeatEntries>::Adopt(list.release());
    }
  });
  for (size_t i = 0; i < queued.size(); ++i) {
    if (!entries_of[i]) continue;
    parts_.answers.SetEntries(queued[i], std::move(entries_of[i]));
  }
}

// Users are ordered by their ranks, which nobody has to look up an id for.
void Builder::BuildQueues() {
  const auto before = [&](const QueuePlace& x, const QueuePlace& y) {
    const int by_times = CompareTimes(x, y);
    return by_times != 0 ? by_times < 0 : rank_of_[x.user] < rank_of_[y.user];
  };
  executor_.Run(static_cast<int>(3 * skus()), [&](int task) {
    const size_t sku = static_cast<size_t>(task) / 3, kind = static_cast<size_t>(task) % 3;
    std::vector<QueuePlace> all;
    for (const std::vector<Places>& part : places_) {
      if (part.empty()) continue;
      all.insert(all.end(), part[sku].of[kind].begin(), part[sku].of[kind].end());
    }
    std::sort(all.begin(), all.end(), before);
    SeatQueue& queue = queues_[sku];
    PersistentTree<QueuePlace>* trees[] = {&queue.takes, &queue.denied, &queue.waiting};
    *trees[kind] = PersistentTree<QueuePlace>::BuildSorted(all);
  });
  parts_.seats.Resize(static_cast<uint32_t>(skus()));
  for (SkuNo sku = 0; sku < skus(); ++sku) {
    parts_.seats.Set(sku, Ref<SeatQueue>::Make(queues_[sku]));
  }
}

void Builder::Settle() {
  const PrepareLimits no_limits{.share = 2};
  UserAnswers answers(parts_, parts_.facts, no_limits, executor_);
  for (SkuNo sku = 0; sku < skus(); ++sku) {
    if (tracked_[sku] != 0) answers.Unsettle(sku);
  }
  SEATWISE_CHECK(answers.Finish().has_value()) << "the batch engine is not trusted";
}

}  // namespace

LiveParts FromScratch(LiveFacts facts, const Columns& columns,
                      absl::Span<const uint32_t> user_number, Executor& executor) {
  return Builder(std::move(facts), columns, user_number, executor).Build();
}

}  // namespace seatwise
