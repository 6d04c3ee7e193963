// The batch engine says which SKUs each user holds. With that, each user can be evaluated alone:
// for the user at hand a SKU has a seat iff the user ends up holding it, since a seat that is there
// at some place of the queue was there at all places before. That gives the outcomes, these give
// the demand, and where that is short of the capacity nobody has to know who takes the seats. Users
// with a claim on the other SKUs are evaluated again to learn at which places they take them.
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
#include "engine/incremental/prepare_options.h"
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

class Builder {
 public:
  Builder(LiveFacts facts, const Columns& columns, absl::Span<const uint32_t> user_number,
          Executor& executor)
      : columns_(columns),
        user_number_(user_number),
        executor_(executor),
        batch_(Derive(columns, executor)) {
    parts_.facts = std::move(facts);
    parts_.traits = std::make_shared<TraitTable>(parts_.facts.catalog());
    for (SkuNo rank = 0; rank < columns.catalog.skus(); ++rank) {
      const SkuId& id = columns.catalog.sku(rank).id;
      sku_of_rank_.push_back(parts_.facts.catalog().FindSku(id.value()).value());
    }
    queues_.resize(skus());
    // Until the demand is known, all seats are given as batch gave them.
    tracked_.assign(skus(), 1);
  }

  LiveParts Build() && {
    FindOutcomes();
    Count();
    FindEntries();
    BuildQueues();
    Settle();
    return std::move(parts_);
  }

 private:
  // Who stands where in the queue of one SKU.
  struct Places {
    std::vector<QueuePlace> of[3];  // By SeatEntry::Kind.
  };

  size_t skus() const { return parts_.facts.catalog().skus(); }

  void FindOutcomes();
  void Count();
  void FindEntries();
  void BuildQueues();
  void Settle();

  const Columns& columns_;
  absl::Span<const uint32_t> user_number_;
  Executor& executor_;
  std::unique_ptr<const BatchState> batch_;
  std::vector<SkuNo> sku_of_rank_;
  std::vector<char> tracked_;  // By SKU.

  LiveParts parts_;
  std::vector<SeatQueue> queues_;  // By SKU.
  std::vector<Places> places_;     // By SKU.
};

void Builder::FindOutcomes() {
  std::vector<Ref<Outcome>> outcome_of(user_number_.size());
  ParallelShards(executor_, user_number_.size(), [&](Shard shard) {
    OutcomeTable known({}, true);
    Evaluator evaluator(parts_.facts, *parts_.traits, known);
    BatchSeats seats(*batch_, sku_of_rank_, skus(), tracked_);
    for (size_t rank = shard.begin; rank < shard.end; ++rank) {
      seats.Load(static_cast<UserNo>(rank));
      evaluator.Load(user_number_[rank]);
      outcome_of[rank] = evaluator.Evaluate(seats);
    }
  });
  parts_.answers.Resize(parts_.facts.next.user);
  for (size_t rank = 0; rank < user_number_.size(); ++rank) {
    parts_.answers.Mutable(user_number_[rank]).outcome = std::move(outcome_of[rank]);
  }
}

void Builder::Count() {
  std::vector<GroupCounts> groups(parts_.facts.next.group);
  parts_.answers.ForEach([&](uint32_t, const UserAnswer& answer) {
    if (!answer.outcome) return;
    for (const LiveOutcomeLicense& license : answer.outcome->licenses) {
      queues_[license.sku].demand += license.may_pass ? 1 : 0;
      queues_[license.sku].consumed += license.held ? 1 : 0;
    }
    ForEachGroupOf(*answer.outcome, [&](CountedGroup group) {
      ++groups[group.group].members;
      groups[group.group].with_errors += group.has_error ? 1 : 0;
    });
  });
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

void Builder::FindEntries() {
  std::vector<Ref<SeatEntries>> entries_of(user_number_.size());
  std::vector<std::vector<Places>> places(static_cast<size_t>(executor_.threads()));
  ParallelShards(executor_, user_number_.size(), [&](Shard shard) {
    std::vector<Places>& found = places[static_cast<size_t>(shard.index)];
    found.resize(skus());
    OutcomeTable known({}, true);
    Evaluator evaluator(parts_.facts, *parts_.traits, known);
    BatchSeats seats(*batch_, sku_of_rank_, skus(), tracked_);
    for (size_t rank = shard.begin; rank < shard.end; ++rank) {
      const Outcome* outcome = parts_.answers[user_number_[rank]].outcome.get();
      if (outcome == nullptr) continue;
      const auto& licenses = outcome->licenses;
      if (std::none_of(licenses.begin(), licenses.end(),
                       [&](const auto& license) { return tracked_[license.sku] != 0; })) {
        continue;
      }
      seats.Load(static_cast<UserNo>(rank));
      evaluator.Load(user_number_[rank]);
      evaluator.Evaluate(seats);
      if (evaluator.entries().empty()) continue;
      auto list = std::make_unique<SeatEntries>();
      list->list.assign(evaluator.entries().begin(), evaluator.entries().end());
      for (const SeatEntry& entry : list->list) {
        found[entry.sku].of[static_cast<size_t>(entry.kind)].push_back(entry.place);
      }
      entries_of[rank] = Ref<SeatEntries>::Adopt(list.release());
    }
  });
  for (size_t rank = 0; rank < user_number_.size(); ++rank) {
    if (!entries_of[rank]) continue;
    parts_.answers.Mutable(user_number_[rank]).entries = std::move(entries_of[rank]);
  }
  places_.resize(skus());
  for (const std::vector<Places>& part : places) {
    if (part.empty()) continue;
    for (SkuNo sku = 0; sku < skus(); ++sku) {
      for (size_t kind = 0; kind < 3; ++kind) {
        std::vector<QueuePlace>& all = places_[sku].of[kind];
        all.insert(all.end(), part[sku].of[kind].begin(), part[sku].of[kind].end());
      }
    }
  }
}

void Builder::BuildQueues() {
  const auto id_of = [&](uint32_t user) { return parts_.facts.UserIdOf(user); };
  const PlaceOrder order(id_of);
  parts_.seats.Resize(static_cast<uint32_t>(skus()));
  for (SkuNo sku = 0; sku < skus(); ++sku) {
    SeatQueue& queue = queues_[sku];
    PersistentTree<QueuePlace>* trees[] = {&queue.takes, &queue.denied, &queue.waiting};
    for (size_t kind = 0; kind < 3; ++kind) {
      std::vector<QueuePlace>& places = places_[sku].of[kind];
      std::sort(places.begin(), places.end(), order);
      *trees[kind] = PersistentTree<QueuePlace>::BuildSorted(places);
    }
    parts_.seats.Set(sku, Ref<SeatQueue>::Make(queue));
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
