// Looks at facts until it has looked at enough of them.
#pragma once

#include <cstddef>
#include <optional>
#include <utility>
#include <variant>

#include "absl/container/btree_set.h"
#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "base/status_macros.h"
#include "engine/model/fact_key.h"
#include "engine/model/facts.h"
#include "engine/model/facts_view.h"
#include "engine/model/reference.h"

namespace seatwise {

// A view with a number of steps: one for each fact found or visited. Once exhausted it finds
// nothing more, and nothing may be concluded from what was read. Calls fail only if the view does.
class BoundedReader {
 public:
  // `facts` outlives the reader.
  BoundedReader(const FactsView& facts, size_t steps) : facts_(facts), steps_(steps) {}

  bool exhausted() const { return exhausted_; }

  // The fact with this key, of the kind that Row is.
  template <typename Row>
  absl::StatusOr<std::optional<Row>> Find(const FactKey& key) {
    if (!Step()) return std::nullopt;
    SEATWISE_ASSIGN_OR_RETURN(std::optional<Fact> fact, facts_.Find(key));
    if (!fact) return std::nullopt;
    return std::get<Row>(*std::move(fact));
  }

  // FactsView::ForEachDependent.
  absl::Status ForEach(const FactKey& named, Link link,
                       absl::FunctionRef<bool(const FactKey&)> visit);
  absl::StatusOr<absl::btree_set<FactKey>> All(const FactKey& named, Link link);
  absl::StatusOr<bool> Any(const FactKey& named, Link link);

 private:
  bool Step();

  const FactsView& facts_;
  size_t steps_;
  bool exhausted_ = false;
};

}  // namespace seatwise
