#include "service/past_state.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "engine/model/columns_from_facts.h"
#include "engine/model/fact_key.h"
#include "engine/model/loaded_facts.h"
#include "engine/model/memory_facts.h"
#include "engine/model/overlay_facts.h"
#include "engine/model/validate.h"
#include "service/errors.h"
#include "storage/facts_snapshot.h"
#include "storage/journal.h"
#include "storage/undo.h"

namespace seatwise {
namespace {

class Present final : public PastState {
 public:
  explicit Present(TenantStatePtr now) : now_(std::move(now)) {}
  const std::shared_ptr<const LiveState>& live() const override { return now_->live; }
  const FactsView& facts() const override { return *now_->facts; }
  std::optional<Time> committed_at() const override { return now_->committed_at; }

 private:
  const TenantStatePtr now_;
};

class Undone final : public PastState {
 public:
  // `changes` were validated against the facts of `base`: those of `now`, or nothing.
  Undone(TenantStatePtr now, std::unique_ptr<const MemoryFacts> nothing, ValidatedChangeSet changes,
         const std::shared_ptr<const LiveState>& base, std::optional<Time> committed_at,
         Executor& executor)
      : now_(std::move(now)),
        nothing_(std::move(nothing)),
        changes_(std::move(changes)),
        facts_(nothing_ != nullptr ? static_cast<const FactsView&>(*nothing_) : *now_->facts,
               changes_),
        live_(Prepare(base, changes_, executor).state),
        committed_at_(committed_at) {}

  const std::shared_ptr<const LiveState>& live() const override { return live_; }
  const FactsView& facts() const override { return facts_; }
  std::optional<Time> committed_at() const override { return committed_at_; }

 private:
  const TenantStatePtr now_;
  const std::unique_ptr<const MemoryFacts> nothing_;
  const ValidatedChangeSet changes_;
  const OverlayFacts facts_;
  const std::shared_ptr<const LiveState> live_;
  const std::optional<Time> committed_at_;
};

absl::Status CheckIsKept(const TenantState& now, uint64_t revision) {
  if (revision > now.revision) return RevisionNotReachedError(revision, now.revision);
  SEATWISE_ASSIGN_OR_RETURN(const uint64_t oldest, OldestRevision(*now.facts));
  if (revision < oldest) return RevisionPrunedError(revision, oldest, now.revision);
  return absl::OkStatus();
}

// Nothing for a revision of which only the facts are kept.
absl::StatusOr<std::optional<Time>> TimeOf(const FactsSnapshot& facts, uint64_t revision) {
  std::optional<Time> time;
  SEATWISE_ASSIGN_OR_RETURN(const uint64_t oldest, OldestRevision(facts));
  if (revision <= oldest) return time;
  SEATWISE_RETURN_IF_ERROR(ReadJournal(facts, revision, [&](const JournalEntry& entry) {
    time = entry.time;
    return false;
  }));
  return time;
}

std::shared_ptr<const LiveState> EmptyState(Executor& executor) {
  LoadedFacts loaded;
  loaded.columns = ColumnsFromFacts(loaded.products);
  return LiveStateFrom(std::move(loaded), executor);
}

}  // namespace

absl::StatusOr<std::unique_ptr<const PastState>> StateAt(const TenantStatePtr& now,
                                                         uint64_t revision, Executor& executor) {
  if (revision == now->revision) return std::make_unique<const Present>(now);
  SEATWISE_RETURN_IF_ERROR(CheckIsKept(*now, revision));
  SEATWISE_ASSIGN_OR_RETURN(const std::optional<Time> time, TimeOf(*now->facts, revision));
  SEATWISE_ASSIGN_OR_RETURN(Undo undo, UndoTo(*now->facts, revision));
  std::unique_ptr<const MemoryFacts> nothing;
  if (undo.from_nothing) nothing = std::make_unique<const MemoryFacts>();
  const FactsView& base_facts =
      nothing != nullptr ? static_cast<const FactsView&>(*nothing) : *now->facts;
  SEATWISE_ASSIGN_OR_RETURN(ValidationResult valid, Validate(std::move(undo.changes), base_facts));
  if (!valid.changes.has_value()) {
    return absl::InternalError(absl::StrCat(
        "revision ", revision,
        " cannot be made again: ", valid.errors.empty() ? "" : Describe(valid.errors.front().fact),
        ": ", valid.errors.empty() ? "no reason" : valid.errors.front().message));
  }
  const std::shared_ptr<const LiveState> base =
      nothing != nullptr ? EmptyState(executor) : now->live;
  return std::make_unique<const Undone>(now, std::move(nothing), *std::move(valid.changes), base,
                                        time, executor);
}

}  // namespace seatwise
