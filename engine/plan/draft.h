// Changes in the making: facts are read as they will be, and what was decided last counts.
#pragma once

#include <optional>
#include <utility>
#include <variant>

#include "absl/container/btree_map.h"
#include "absl/status/statusor.h"
#include "base/status_macros.h"
#include "engine/model/change.h"
#include "engine/model/fact_key.h"
#include "engine/model/facts.h"
#include "engine/model/facts_view.h"

namespace seatwise {

// A value. What follows from a deletion (deletion.h) is not looked at.
class Draft {
 public:
  // `stored` outlives it.
  explicit Draft(const FactsView& stored) : stored_(&stored) {}

  // The fact with this key, which is normalised, once all changes are made; nothing if there is
  // none. Fails where the stored facts fail.
  absl::StatusOr<std::optional<Fact>> Find(const FactKey& key) const;
  // The same of one kind.
  template <typename Row>
  absl::StatusOr<std::optional<Row>> Get(const FactKey& key) const {
    SEATWISE_ASSIGN_OR_RETURN(const std::optional<Fact> fact, Find(key));
    if (!fact.has_value()) return std::nullopt;
    return std::get<Row>(*fact);
  }

  // Replaces what was decided about the same key.
  void Add(Change change);

  bool Changes(const FactKey& key) const { return changes_.contains(key); }

  // By key.
  ChangeSet ToChangeSet() const;

  const FactsView& stored() const { return *stored_; }

 private:
  const FactsView* stored_;
  absl::btree_map<FactKey, Change> changes_;
};

}  // namespace seatwise
