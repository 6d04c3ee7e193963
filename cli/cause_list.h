// All causes of rejected claims that a server knows.
#pragma once

#include "absl/status/statusor.h"
#include "cli/client.h"

namespace seatwise::v1 {
class ListViolationCausesRequest;
class ListViolationCausesResponse;
}  // namespace seatwise::v1

namespace seatwise::cli {

// The pages of `request` as one. Errors: those of the call.
absl::StatusOr<v1::ListViolationCausesResponse> ListCauses(
    Client& client, const v1::ListViolationCausesRequest& request);

}  // namespace seatwise::cli
