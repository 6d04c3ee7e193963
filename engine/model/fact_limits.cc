#include "engine/model/fact_limits.h"

#include <limits>
#include <variant>

#include "base/status_macros.h"
#include "engine/model/limits.h"

namespace seatwise {
namespace {

// By kind: how many of the changes put a fact.
std::array<size_t, kFactKinds> CountPuts(const ChangeSet& changes) {
  std::array<size_t, kFactKinds> puts = {};
  for (const Change& change : changes.changes) {
    if (const Put* put = std::get_if<Put>(&change)) ++puts[put->fact.index()];
  }
  return puts;
}

// The facts of a kind that are stored and that the set does not delete.
absl::StatusOr<size_t> CountKept(FactKind kind, const ChangeSet& changes, const FactsView& stored) {
  SEATWISE_ASSIGN_OR_RETURN(size_t kept, stored.Count(kind));
  for (const Change& change : changes.changes) {
    const Delete* deletion = std::get_if<Delete>(&change);
    if (deletion == nullptr || KindOf(deletion->key) != kind) continue;
    SEATWISE_ASSIGN_OR_RETURN(const bool was_there, stored.Contains(deletion->key));
    if (was_there) --kept;
  }
  return kept;
}

absl::StatusOr<std::optional<size_t>> FindOverflow(FactKind kind, const ChangeSet& changes,
                                                   const ChangeIndex& index,
                                                   const FactsView& stored) {
  SEATWISE_ASSIGN_OR_RETURN(size_t count, CountKept(kind, changes, stored));
  for (size_t i = 0; i < changes.changes.size(); ++i) {
    const Put* put = std::get_if<Put>(&changes.changes[i]);
    if (put == nullptr || KindOf(put->fact) != kind) continue;
    const FactKey key = KeyOf(put->fact);
    if (index.Find(key)->change != i) continue;  // Repeated.
    SEATWISE_ASSIGN_OR_RETURN(const bool was_there, stored.Contains(key));
    if (!was_there && ++count > MaxFacts(kind)) return i;
  }
  return std::nullopt;
}

}  // namespace

size_t MaxFacts(FactKind kind) {
  switch (kind) {
    case FactKind::kTenantSettings:
      return std::numeric_limits<size_t>::max();
    case FactKind::kServicePlan:
      return kMaxPlans;
    case FactKind::kSku:
      return kMaxSkus;
    case FactKind::kPlanConflict:
      return kMaxPlanConflicts;
    case FactKind::kPlanRequirement:
      return kMaxPlanRequirements;
    case FactKind::kPlanProhibition:
      return kMaxPlanProhibitions;
    case FactKind::kSubscription:
      return kMaxSubscriptions;
    case FactKind::kUser:
      return kMaxUsers;
    case FactKind::kGroup:
      return kMaxGroups;
    case FactKind::kMembership:
      return kMaxMemberships;
    case FactKind::kAssignment:
      return kMaxAssignments;
    case FactKind::kObserved:
      return kMaxObserved;
  }
  return 0;
}

absl::StatusOr<std::array<std::optional<size_t>, kFactKinds>> FindOverflows(
    const ChangeSet& changes, const ChangeIndex& index, const FactsView& stored) {
  std::array<std::optional<size_t>, kFactKinds> overflows;
  const std::array<size_t, kFactKinds> puts = CountPuts(changes);
  for (size_t i = 0; i < kFactKinds; ++i) {
    const FactKind kind = static_cast<FactKind>(i);
    if (puts[i] == 0 || kind == FactKind::kTenantSettings) continue;
    SEATWISE_ASSIGN_OR_RETURN(const size_t count, stored.Count(kind));
    if (count + puts[i] <= MaxFacts(kind)) continue;
    SEATWISE_ASSIGN_OR_RETURN(overflows[i], FindOverflow(kind, changes, index, stored));
  }
  return overflows;
}

}  // namespace seatwise
