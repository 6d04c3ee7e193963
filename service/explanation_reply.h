// What ExplainLicense answers, worked out without gRPC.
#pragma once

#include <memory>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "base/executor.h"
#include "base/time.h"
#include "engine/incremental/live_state.h"
#include "engine/model/facts_view.h"
#include "seatwise/v1/explain_service.pb.h"

namespace seatwise {

// What is explained from: one revision of a tenant, which may be past.
struct ExplainedState {
  absl::string_view tenant;
  std::shared_ptr<const LiveState> live;
  const FactsView& facts;  // Those that `live` follows from.
  Time now;                // For fixes that assign something.
};

// Fills the user, the licenses and the names for the user with this id, without fixes.
// NOT_FOUND for the user and for `sku_id`, if it is not empty.
absl::Status FillExplanation(const ExplainedState& state, absl::string_view user_id,
                             absl::string_view sku_id, v1::ExplainLicenseResponse& reply);

// Adds fixes to what FillExplanation filled, and the names of what they speak of.
absl::Status AddFixes(const ExplainedState& state, Executor& executor,
                      v1::ExplainLicenseResponse& reply);

}  // namespace seatwise
