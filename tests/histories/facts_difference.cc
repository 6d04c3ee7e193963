#include "tests/histories/facts_difference.h"

#include "absl/container/btree_map.h"
#include "engine/model/fact_key.h"

namespace seatwise::histories {
namespace {

absl::btree_map<FactKey, Fact> ByKey(const Facts& facts) {
  absl::btree_map<FactKey, Fact> by_key;
  for (const Fact& fact : ListOf(facts)) by_key.insert_or_assign(KeyOf(fact), Normalised(fact));
  return by_key;
}

}  // namespace

std::vector<Fact> ListOf(const Facts& facts) {
  std::vector<Fact> list = {facts.settings};
  const auto add = [&](const auto& rows) { list.insert(list.end(), rows.begin(), rows.end()); };
  add(facts.plans);
  add(facts.skus);
  add(facts.conflicts);
  add(facts.requirements);
  add(facts.prohibitions);
  add(facts.subscriptions);
  add(facts.users);
  add(facts.groups);
  add(facts.memberships);
  add(facts.assignments);
  add(facts.observed);
  return list;
}

ChangeSet ChangesBetween(const Facts& before, const Facts& after) {
  const absl::btree_map<FactKey, Fact> old_facts = ByKey(before);
  const absl::btree_map<FactKey, Fact> new_facts = ByKey(after);
  ChangeSet changes;
  for (const auto& [key, fact] : new_facts) {
    const auto old = old_facts.find(key);
    if (old == old_facts.end() || old->second != fact) changes.changes.push_back(Put{fact});
  }
  for (const auto& [key, fact] : old_facts) {
    if (new_facts.contains(key)) continue;
    // A SKU stands in its own way: its plans count as use. All other uses are named here.
    changes.changes.push_back(Delete{key, /*cascade=*/KindOf(key) == FactKind::kSku});
  }
  return changes;
}

}  // namespace seatwise::histories
