#include "engine/model/overlay_facts.h"

#include "base/status_macros.h"

namespace seatwise {

OverlayFacts::OverlayFacts(const FactsView& stored, const ValidatedChangeSet& changes)
    : stored_(stored) {
  for (const Fact& fact : changes.puts()) {
    changed_.emplace(KeyOf(fact), &fact);
    dependents_.Add(fact);
  }
  for (const FactKey& key : changes.deletes()) changed_.emplace(key, nullptr);
}

absl::StatusOr<bool> OverlayFacts::Contains(const FactKey& key) const {
  const auto it = changed_.find(key);
  if (it != changed_.end()) return it->second != nullptr;
  return stored_.Contains(key);
}

absl::StatusOr<std::optional<Fact>> OverlayFacts::Find(const FactKey& key) const {
  const auto it = changed_.find(key);
  if (it == changed_.end()) return stored_.Find(key);
  return it->second == nullptr ? std::nullopt : std::optional<Fact>(*it->second);
}

absl::Status OverlayFacts::ForEachDependent(const FactKey& named, Link link,
                                            absl::FunctionRef<bool(const FactKey&)> visit) const {
  if (!dependents_.ForEach(named, link, visit)) return absl::OkStatus();
  return stored_.ForEachDependent(
      named, link, [&](const FactKey& key) { return changed_.contains(key) || visit(key); });
}

absl::StatusOr<size_t> OverlayFacts::Count(FactKind kind) const {
  SEATWISE_ASSIGN_OR_RETURN(size_t count, stored_.Count(kind));
  for (const auto& [key, fact] : changed_) {
    if (KindOf(key) != kind) continue;
    SEATWISE_ASSIGN_OR_RETURN(const bool was_there, stored_.Contains(key));
    count = count + (fact != nullptr ? 1 : 0) - (was_there ? 1 : 0);
  }
  return count;
}

}  // namespace seatwise
