#include "engine/model/memory_facts.h"

#include <utility>
#include <vector>

namespace seatwise {
namespace {

// Puts a fact where its kind lives.
struct Sorter {
  Facts& facts;

  void operator()(const TenantSettings& fact) const { facts.settings = fact; }
  void operator()(const ServicePlan& fact) const { facts.plans.push_back(fact); }
  void operator()(const Sku& fact) const { facts.skus.push_back(fact); }
  void operator()(const PlanConflict& fact) const { facts.conflicts.push_back(fact); }
  void operator()(const PlanRequirement& fact) const { facts.requirements.push_back(fact); }
  void operator()(const PlanProhibition& fact) const { facts.prohibitions.push_back(fact); }
  void operator()(const Subscription& fact) const { facts.subscriptions.push_back(fact); }
  void operator()(const User& fact) const { facts.users.push_back(fact); }
  void operator()(const Group& fact) const { facts.groups.push_back(fact); }
  void operator()(const Membership& fact) const { facts.memberships.push_back(fact); }
  void operator()(const Assignment& fact) const { facts.assignments.push_back(fact); }
  void operator()(const Observed& fact) const { facts.observed.push_back(fact); }
};

}  // namespace

MemoryFacts::MemoryFacts() { Put(TenantSettings()); }

MemoryFacts::MemoryFacts(const Facts& facts) {
  Put(facts.settings);
  PutAll(facts.plans);
  PutAll(facts.skus);
  PutAll(facts.conflicts);
  PutAll(facts.requirements);
  PutAll(facts.prohibitions);
  PutAll(facts.subscriptions);
  PutAll(facts.users);
  PutAll(facts.groups);
  PutAll(facts.memberships);
  PutAll(facts.assignments);
  PutAll(facts.observed);
}

template <typename Row>
void MemoryFacts::PutAll(const std::vector<Row>& rows) {
  for (const Row& row : rows) Put(row);
}

Facts MemoryFacts::ToFacts() const {
  Facts facts;
  for (const auto& [key, fact] : facts_) std::visit(Sorter{facts}, fact);
  return facts;
}

void MemoryFacts::Apply(const ValidatedChangeSet& changes) {
  for (const Fact& fact : changes.puts()) Put(fact);
  for (const FactKey& key : changes.deletes()) Erase(key);
}

void MemoryFacts::Put(Fact fact) {
  fact = Normalised(std::move(fact));
  FactKey key = KeyOf(fact);
  Erase(key);
  dependents_.Add(fact);
  ++counts_[key.index()];
  facts_.insert({std::move(key), std::move(fact)});
}

void MemoryFacts::Erase(const FactKey& key) {
  const auto it = facts_.find(key);
  if (it == facts_.end()) return;
  dependents_.Remove(it->second);
  --counts_[key.index()];
  facts_.erase(it);
}

absl::StatusOr<bool> MemoryFacts::Contains(const FactKey& key) const {
  return facts_.contains(key);
}

absl::StatusOr<std::optional<Fact>> MemoryFacts::Find(const FactKey& key) const {
  const auto it = facts_.find(key);
  return it == facts_.end() ? std::nullopt : std::optional<Fact>(it->second);
}

absl::Status MemoryFacts::ForEachDependent(const FactKey& named, Link link,
                                           absl::FunctionRef<bool(const FactKey&)> visit) const {
  dependents_.ForEach(named, link, visit);
  return absl::OkStatus();
}

absl::StatusOr<size_t> MemoryFacts::Count(FactKind kind) const {
  return counts_[static_cast<size_t>(kind)];
}

}  // namespace seatwise
