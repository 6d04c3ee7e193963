#include "tests/histories/history.h"

#include <optional>
#include <utility>

#include "base/check.h"
#include "engine/model/memory_facts.h"
#include "engine/model/validate.h"

namespace seatwise::histories {
Admitted Admit(ChangeSet changes, const FactsView& facts) {
  const size_t given = changes.changes.size();
  for (;;) {
    absl::StatusOr<ValidationResult> result = Validate(changes, facts);
    SEATWISE_CHECK(result.ok()) << result.status();
    if (result->changes.has_value()) {
      const size_t refused = given - changes.changes.size();
      return {std::move(changes), *std::move(result->changes), refused};
    }
    // One at a time: others may be wrong only because of this one.
    const std::optional<size_t> wrong = result->errors.front().change;
    SEATWISE_CHECK(wrong.has_value());
    changes.changes.erase(changes.changes.begin() + static_cast<ptrdiff_t>(*wrong));
  }
}

Facts FactsAfter(const History& history, size_t steps) {
  MemoryFacts facts(history.start);
  for (size_t i = 0; i < steps; ++i) facts.Apply(Admit(history.steps[i], facts).changes);
  return facts.ToFacts();
}

}  // namespace seatwise::histories
