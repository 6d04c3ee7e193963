#include "engine/model/dependent_index.h"

namespace seatwise {

void DependentIndex::Add(const Fact& fact) {
  const FactKey key = KeyOf(fact);
  ForEachReference(
      fact, [&](Link link, const FactKey& named) { dependents_[{named, link}].insert(key); });
}

void DependentIndex::Remove(const Fact& fact) {
  const FactKey key = KeyOf(fact);
  ForEachReference(fact, [&](Link link, const FactKey& named) {
    const auto it = dependents_.find({named, link});
    if (it == dependents_.end()) return;
    it->second.erase(key);
    if (it->second.empty()) dependents_.erase(it);
  });
}

bool DependentIndex::ForEach(const FactKey& named, Link link,
                             absl::FunctionRef<bool(const FactKey&)> visit) const {
  const auto it = dependents_.find({named, link});
  if (it == dependents_.end()) return true;
  for (const FactKey& key : it->second) {
    if (!visit(key)) return false;
  }
  return true;
}

}  // namespace seatwise
