#include "engine/plan/draft.h"

namespace seatwise {

absl::StatusOr<std::optional<Fact>> Draft::Find(const FactKey& key) const {
  const auto change = changes_.find(key);
  if (change == changes_.end()) return stored_->Find(key);
  const Put* put = std::get_if<Put>(&change->second);
  if (put == nullptr) return std::nullopt;
  return put->fact;
}

void Draft::Add(Change change) {
  FactKey key = KeyOf(change);
  changes_.insert_or_assign(std::move(key), std::move(change));
}

ChangeSet Draft::ToChangeSet() const {
  ChangeSet set;
  for (const auto& [key, change] : changes_) set.changes.push_back(change);
  return set;
}

}  // namespace seatwise
