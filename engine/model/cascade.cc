// Dependents are gathered while deletions are checked. Shrinking waits until all deletions are
// known, so that a set from which two deletions take plans is written once:
//
//   AUDIO requires any of {LINE, CALLS}; LINE and CALLS are deleted: not {LINE}, not {CALLS}, none
#include "engine/model/cascade.h"

#include <array>
#include <iterator>
#include <optional>
#include <variant>

#include "base/check.h"
#include "base/status_macros.h"

namespace seatwise {
namespace {

// Facts or keys by kind, each kind in the order of adding.
template <typename Value>
class ByKind {
 public:
  void Add(Value value) {
    buckets_[static_cast<size_t>(KindOf(value))].push_back(std::move(value));
  }

  std::vector<Value> Take(bool last_kind_first) && {
    std::vector<Value> all;
    for (size_t i = 0; i < kFactKinds; ++i) {
      std::vector<Value>& bucket = buckets_[last_kind_first ? kFactKinds - 1 - i : i];
      all.insert(all.end(), std::make_move_iterator(bucket.begin()),
                 std::make_move_iterator(bucket.end()));
      bucket = {};
    }
    return all;
  }

 private:
  std::array<std::vector<Value>, kFactKinds> buckets_;
};

}  // namespace

absl::Status Cascade::Follow(size_t change, const FactKey& key, const DeletionRule& rule) {
  auto& followers = rule.fate == DependentFate::kShrinks ? shrinking_ : deleted_;
  return stored_.ForEachDependent(key, rule.link, [&](const FactKey& dependent) {
    if (index_.Find(dependent) == nullptr) followers.try_emplace(dependent, change);
    return true;
  });
}

absl::StatusOr<ResolvedChanges> Cascade::Resolve(ChangeSet changes) {
  ByKind<Fact> puts;
  ByKind<FactKey> deletes;
  for (Change& change : changes.changes) {
    if (Put* put = std::get_if<Put>(&change)) {
      puts.Add(std::move(put->fact));
      continue;
    }
    FactKey& key = std::get<Delete>(change).key;
    if (const PlanId* plan = std::get_if<PlanId>(&key)) deleted_plans_.insert(*plan);
    deletes.Add(std::move(key));
  }
  for (const auto& [key, change] : shrinking_) {
    if (!deleted_.contains(key)) SEATWISE_RETURN_IF_ERROR(Shrink(key, change));
  }
  for (const auto& [key, put] : put_) puts.Add(put.second);
  for (const auto& [key, change] : deleted_) deletes.Add(key);
  return ResolvedChanges{.puts = std::move(puts).Take(/*last_kind_first=*/false),
                         .deletes = std::move(deletes).Take(/*last_kind_first=*/true)};
}

absl::Status Cascade::Shrink(const FactKey& key, size_t change) {
  SEATWISE_ASSIGN_OR_RETURN(std::optional<Fact> before, stored_.Find(key));
  if (!before) return absl::InternalError(Describe(key) + " is a dependent that does not exist");
  Fact after = WithoutPlans(*before, deleted_plans_);
  if (const auto* requirement = std::get_if<PlanRequirement>(&*before)) {
    return ShrinkRequirement(*requirement, std::move(after), change);
  }
  put_.insert_or_assign(key, std::pair(change, std::move(after)));
  return absl::OkStatus();
}

// A requirement is its own key: it goes, and what is left of it comes, unless that is there already
// or the set has something to say about it.
absl::Status Cascade::ShrinkRequirement(const PlanRequirement& before, Fact after, size_t change) {
  deleted_.try_emplace(before, change);
  if (std::get<PlanRequirement>(after).any_of.empty()) {
    if (deleted_plans_.contains(before.plan)) return absl::OkStatus();
    warnings_.push_back(RequirementDropped(before));
    warnings_.back().change = change;
    return absl::OkStatus();
  }
  const FactKey key = KeyOf(after);
  if (index_.Find(key) != nullptr) return absl::OkStatus();
  SEATWISE_ASSIGN_OR_RETURN(const bool is_there, stored_.Contains(key));
  if (!is_there) put_.try_emplace(key, change, std::move(after));
  return absl::OkStatus();
}

size_t Cascade::ChangeOf(const FactKey& key) const {
  if (const NamedKey* named = index_.Find(key)) return named->change;
  if (const auto it = deleted_.find(key); it != deleted_.end()) return it->second;
  const auto it = put_.find(key);
  SEATWISE_CHECK(it != put_.end()) << Describe(key) << " does not follow from any change";
  return it->second.first;
}

}  // namespace seatwise
