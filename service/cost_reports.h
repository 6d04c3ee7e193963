// The reports on money, a page at a time, worked out without gRPC.
#pragma once

#include <cstddef>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "base/time.h"
#include "seatwise/v1/report.pb.h"
#include "service/list_cache.h"
#include "service/tenant_state.h"

namespace seatwise {

// Fills the rows and names of the page that begins at `place`; answers the place of the next one,
// empty if there is none. All rows are worked out for the first page, and kept in `lists` for those
// behind. Errors as the rpc has them.
absl::StatusOr<std::string> FillCosts(const TenantState& state, absl::string_view tenant,
                                      const v1::ListCostsRequest& request, absl::string_view place,
                                      size_t page_size, ListCache& lists,
                                      v1::ListCostsResponse& reply);

// The same of renewals; also fills what counts as now.
absl::StatusOr<std::string> FillRenewals(const TenantState& state, absl::string_view tenant,
                                         const v1::ListRenewalsRequest& request,
                                         absl::string_view place, size_t page_size, Time now,
                                         v1::ListRenewalsResponse& reply);

}  // namespace seatwise
