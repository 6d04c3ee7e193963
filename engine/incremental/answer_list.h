// Answers for many users, by what they had before and have now.
#pragma once

#include <cstdint>
#include <utility>

#include "absl/types/span.h"
#include "engine/incremental/outcome.h"
#include "engine/incremental/ref.h"

namespace seatwise {

// How an outcome changed; nullptr stands for no claims. The one before lives as long as the version
// that has it; the one after by `made`, and then by the answers that it was given to.
struct OutcomePair {
  static constexpr uint32_t kOwn = 0xffffffff;

  const Outcome* before = nullptr;
  uint32_t number = kOwn;  // Of the one before in the table of the version (live_answers.h).
  const Outcome* after = nullptr;
  Ref<Outcome> made;
  int64_t users = 0;  // How many went this way.
  // Licenses and counts differ as in every other pair of a list of which this is said.
  bool alike = false;

  bool IsChange() const { return before != after; }
  void SetAfter(Ref<Outcome> outcome) {
    after = outcome.get();
    made = std::move(outcome);
  }
};

// Refers to what somebody else keeps.
struct AnswerList {
  static constexpr uint32_t kNone = 0xffffffff;

  absl::Span<const uint32_t> users;    // Ascending.
  absl::Span<const uint32_t> pair_of;  // By position in `users`; kNone for one without an answer.
  absl::Span<OutcomePair> pairs;
};

}  // namespace seatwise
