// What names a plan: the changes that were asked for, and their effect. Equal changes with equal
// effects have equal tokens but for the revision, which is only told.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "engine/incremental/live_state.h"
#include "engine/model/license_delta.h"

namespace seatwise {

// A token, opened. Nothing in it is secret, and nobody gains by making one up: it only ever stops a
// change.
struct PlanToken {
  uint64_t revision = 0;  // That the plan was made for.
  // Pairs of user and SKU (Impact).
  int64_t gained = 0;
  int64_t lost = 0;
  int64_t changed = 0;
  std::string changes;  // What was asked for: a digest, of whoever asks, of 16 bytes.
  std::string effect;   // A digest of how licenses change, of 16 bytes.
};

// What the caller sees: about 60 letters, digits, '-' and '_'.
std::string ToText(const PlanToken& token);
// Nothing if it is not a token.
std::optional<PlanToken> ParsePlanToken(absl::string_view text);

// 16 bytes for PlanToken::changes.
std::string ChangesDigest(absl::string_view bytes);

// The token of changes (a digest) from `before`, of the revision, to `after`, with this delta.
// Users that were there before count by their numbers, new ones by their ids: so others may come in
// between. Takes the time of a look at each user of the delta.
PlanToken PlanTokenOf(std::string changes, uint64_t revision, const LicenseDelta& delta,
                      const LiveState& before, const LiveState& after);

// OK if both have the same effect. PLAN_STALE otherwise: says in what they differ, and what to do.
absl::Status CheckEffect(const PlanToken& planned, const PlanToken& now);

}  // namespace seatwise
