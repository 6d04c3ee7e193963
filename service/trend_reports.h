// The reports out of the journal, a page at a time, worked out without gRPC.
#pragma once

#include <cstddef>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "base/time.h"
#include "seatwise/v1/report.pb.h"
#include "service/tenant_state.h"

namespace seatwise {

// Fills the rows, the times and the names of the page that begins at `place`; answers the place of
// the next one, empty if there is none. Reads the journal for each page. Errors as the rpc has
// them.
absl::StatusOr<std::string> FillSeatForecasts(const TenantState& state,
                                              const v1::ListSeatForecastsRequest& request,
                                              absl::string_view place, size_t page_size, Time now,
                                              v1::ListSeatForecastsResponse& reply);

// The same, without times.
absl::StatusOr<std::string> FillLicenseChanges(const TenantState& state, absl::string_view tenant,
                                               const v1::ListLicenseChangesRequest& request,
                                               absl::string_view place, size_t page_size,
                                               v1::ListLicenseChangesResponse& reply);

}  // namespace seatwise
