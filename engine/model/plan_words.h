// Sets of service plans of which most words are empty, as a list of the others: of 1,000 plans a
// set has 16 words (plan_bits.h), but what a claim needs of other claims is a plan or two.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/numeric/bits.h"
#include "absl/types/span.h"
#include "engine/model/plan_bits.h"

namespace seatwise {

// A word of a set that is not empty.
struct PlanWord {
  uint32_t at = 0;  // Its position in the set.
  uint64_t bits = 0;
};

// A set that somebody else holds: ascending by position.
using FewPlans = absl::Span<const PlanWord>;

// Appends the words of `set` that are not empty.
inline void AppendWords(PlanBits set, std::vector<PlanWord>& words) {
  for (size_t i = 0; i < set.size(); ++i) {
    if (set[i] != 0) words.push_back({static_cast<uint32_t>(i), set[i]});
  }
}

// Whether a plan is in both sets; they are of the same catalog.
inline bool Intersects(FewPlans a, PlanBits b) {
  uint64_t common = 0;
  for (const PlanWord& word : a) common |= word.bits & b[word.at];
  return common != 0;
}

// Calls visit(plan) for each plan of the set, ascending.
template <typename Visit>
void ForEachPlan(FewPlans set, Visit visit) {
  for (const PlanWord& word : set) {
    for (uint64_t bits = word.bits; bits != 0; bits &= bits - 1) {
      visit(word.at * 64 + static_cast<uint32_t>(absl::countr_zero(bits)));
    }
  }
}

}  // namespace seatwise
