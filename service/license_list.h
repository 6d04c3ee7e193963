// ListEffectiveLicenses: effective licenses by user and SKU, filtered.
#pragma once

#include <cstddef>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/incremental/live_state.h"
#include "engine/model/facts_view.h"
#include "seatwise/v1/license_service.pb.h"

namespace seatwise {

// Fills the rows of one page, which begins at `place` (user_pages.h); answers the place of the next
// one. `live` and `facts` are of one revision of `tenant`. Errors as the rpc has them.
absl::StatusOr<std::string> FillLicensePage(const LiveState& live, const FactsView& facts,
                                            absl::string_view tenant,
                                            const v1::ListEffectiveLicensesRequest& request,
                                            absl::string_view place, size_t page_size,
                                            v1::ListEffectiveLicensesResponse& reply);

}  // namespace seatwise
