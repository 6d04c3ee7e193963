#include "tests/histories/batch_again.h"

#include <memory>
#include <utility>

#include "engine/model/derived.h"
#include "engine/model/facts.h"
#include "engine/model/memory_facts.h"
#include "engine/model/validated_change_set.h"
#include "tests/engines/engines.h"
#include "tests/histories/license_table.h"
#include "tests/histories/numbers.h"

namespace seatwise::histories {
namespace {

class AnewVersion final : public TenantVersion {
 public:
  AnewVersion(DeriveFacts derive, MemoryFacts facts, Numbers numbers)
      : derive_(std::move(derive)),
        facts_(std::move(facts)),
        numbers_(std::move(numbers)),
        state_(derive_(facts_.ToFacts())) {}

  Derived State() const override { return state_; }
  Numbers Ids() const override { return numbers_; }

  Next Prepare(const ValidatedChangeSet& changes) const override {
    MemoryFacts facts = facts_;
    facts.Apply(changes);
    Numbers numbers = numbers_;
    numbers.Apply(changes);
    auto next = std::make_shared<AnewVersion>(derive_, std::move(facts), std::move(numbers));
    LicenseDelta delta =
        Difference(LicensesOf(state_, numbers_), LicensesOf(next->state_, next->numbers_));
    return {std::move(next), std::move(delta)};
  }

 private:
  const DeriveFacts derive_;
  const MemoryFacts facts_;
  const Numbers numbers_;
  const Derived state_;
};

}  // namespace

IncrementalEngine AnewBy(DeriveFacts derive) {
  return {"anew", [derive = std::move(derive)](const Facts& facts, const Numbers& numbers) {
            return std::make_shared<AnewVersion>(derive, MemoryFacts(facts), numbers);
          }};
}

IncrementalEngine BatchAgain() {
  for (Engine& engine : AllEngines()) {
    if (engine.name == "batch_1_thread") return AnewBy(std::move(engine.derive));
  }
  std::abort();
}

}  // namespace seatwise::histories
