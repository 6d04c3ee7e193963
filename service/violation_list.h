// ListViolations: the claim items that are rejected, with all details.
#pragma once

#include <cstddef>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/incremental/live_state.h"
#include "engine/model/facts_view.h"
#include "seatwise/v1/report_service.pb.h"

namespace seatwise {

// Fills the rows of one page, which begins at `place` (user_pages.h); answers the place of the next
// one. `live` and `facts` are of one revision of `tenant`. Errors as the rpc has them.
absl::StatusOr<std::string> FillViolationPage(const LiveState& live, const FactsView& facts,
                                              absl::string_view tenant,
                                              const v1::ListViolationsRequest& request,
                                              absl::string_view place, size_t page_size,
                                              v1::ListViolationsResponse& reply);

}  // namespace seatwise
