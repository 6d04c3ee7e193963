// Facts for the door where a benchmark knows that its changes are fine.
#pragma once

#include <cstddef>
#include <optional>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/model/fact_key.h"
#include "engine/model/facts.h"
#include "engine/model/facts_view.h"
#include "engine/model/reference.h"

namespace seatwise {

// Everything that a change names is there, and nothing depends on anything.
class PermissiveFacts final : public FactsView {
 public:
  absl::StatusOr<bool> Contains(const FactKey&) const override { return true; }
  absl::StatusOr<std::optional<Fact>> Find(const FactKey&) const override { return std::nullopt; }
  absl::Status ForEachDependent(const FactKey&, Link,
                                absl::FunctionRef<bool(const FactKey&)>) const override {
    return absl::OkStatus();
  }
  absl::StatusOr<size_t> Count(FactKind) const override { return 1; }
};

}  // namespace seatwise
