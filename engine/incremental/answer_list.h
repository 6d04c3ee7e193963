// Answers for many users, by what they had before and have now.
#pragma once

#include <cstdint>

#include "absl/types/span.h"
#include "engine/incremental/outcome.h"
#include "engine/incremental/ref.h"

namespace seatwise {

// How an outcome changed; nothing stands for no claims. The one before lives as long as the version
// that has it.
struct OutcomePair {
  static constexpr uint32_t kOwn = 0xffffffff;

  const Outcome* before = nullptr;
  uint32_t number = kOwn;  // Of the one before in the table of the version (live_answers.h).
  Ref<Outcome> after;
  int64_t users = 0;  // How many went this way.
  // Licenses and counts differ as in every other pair of a list of which this is said.
  bool alike = false;
};

// Refers to what somebody else keeps.
struct AnswerList {
  static constexpr uint32_t kNone = 0xffffffff;

  absl::Span<const uint32_t> users;    // Ascending.
  absl::Span<const uint32_t> pair_of;  // By position in `users`; kNone for one without an answer.
  absl::Span<const OutcomePair> pairs;
};

}  // namespace seatwise
