// The reports on what is assigned more than needed, a page at a time, worked out without gRPC.
#pragma once

#include <cstddef>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "seatwise/v1/report.pb.h"
#include "service/tenant_state.h"

namespace seatwise {

// Fills the rows and names of the page that begins at `place`; answers the place of the next one,
// empty if there is none. Errors as the rpc has them. So do all below.
absl::StatusOr<std::string> FillDoubleAssignments(const TenantState& state,
                                                  absl::string_view tenant,
                                                  const v1::ListDoubleAssignmentsRequest& request,
                                                  absl::string_view place, size_t page_size,
                                                  v1::ListDoubleAssignmentsResponse& reply);

// By trying out: for half a second, then the page ends.
absl::StatusOr<std::string> FillRedundantAssignments(
    const TenantState& state, absl::string_view tenant,
    const v1::ListRedundantAssignmentsRequest& request, absl::string_view place, size_t page_size,
    v1::ListRedundantAssignmentsResponse& reply);

// Works out all rows for each page.
absl::StatusOr<std::string> FillOverlappingSkus(const TenantState& state, absl::string_view tenant,
                                                const v1::ListOverlappingSkusRequest& request,
                                                absl::string_view place, size_t page_size,
                                                v1::ListOverlappingSkusResponse& reply);

// Reads users from the store.
absl::StatusOr<std::string> FillBlockedAndGuestLicenses(
    const TenantState& state, absl::string_view tenant,
    const v1::ListBlockedAndGuestLicensesRequest& request, absl::string_view place,
    size_t page_size, v1::ListBlockedAndGuestLicensesResponse& reply);

}  // namespace seatwise
