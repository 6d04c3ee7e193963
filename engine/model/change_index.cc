#include "engine/model/change_index.h"

#include <algorithm>
#include <variant>

#include "engine/model/ids.h"

namespace seatwise {
namespace {

// Follows the rules of deletion.h from the dependent's side.
struct TakenAlong {
  const ChangeIndex& index;

  bool operator()(const MembershipKey& key) const {
    return index.Deletes(key.group) || index.Deletes(KeyOf(key.member));
  }
  bool operator()(const AssignmentKey& key) const {
    const FactKey principal = KeyOf(key.principal);
    return (IsDirect(key.principal) ? index.Deletes(principal) : index.Cascades(principal)) ||
           index.Cascades(key.sku);
  }
  bool operator()(const PlanConflict& key) const {
    return index.Cascades(key.a) || index.Cascades(key.b);
  }
  bool operator()(const PlanRequirement& key) const {
    return index.Cascades(key.plan) ||
           std::all_of(key.any_of.begin(), key.any_of.end(),
                       [&](const PlanId& plan) { return index.Cascades(plan); });
  }
  bool operator()(const PlanProhibition& key) const { return index.Cascades(key.plan); }
  template <typename Key>
  bool operator()(const Key&) const {
    return false;
  }
};

}  // namespace

ChangeIndex::ChangeIndex(const ChangeSet& changes) {
  named_.reserve(changes.changes.size());
  for (size_t i = 0; i < changes.changes.size(); ++i) {
    const Delete* deletion = std::get_if<Delete>(&changes.changes[i]);
    named_.try_emplace(KeyOf(changes.changes[i]),
                       NamedKey{.change = i,
                                .is_put = deletion == nullptr,
                                .cascade = deletion != nullptr && deletion->cascade});
  }
}

const NamedKey* ChangeIndex::Find(const FactKey& key) const {
  const auto it = named_.find(key);
  return it == named_.end() ? nullptr : &it->second;
}

bool ChangeIndex::Deletes(const FactKey& key) const {
  const NamedKey* named = Find(key);
  return named != nullptr && !named->is_put;
}

bool ChangeIndex::Cascades(const FactKey& key) const {
  const NamedKey* named = Find(key);
  return named != nullptr && !named->is_put && named->cascade;
}

bool ChangeIndex::TakesAlong(const FactKey& dependent) const {
  return std::visit(TakenAlong{*this}, dependent);
}

}  // namespace seatwise
