// All causes of rejected claims that a server knows.
#pragma once

#include "absl/status/statusor.h"
#include "cli/client.h"
#include "interchange/progress.h"

namespace seatwise::v1 {
class ListViolationCausesRequest;
class ListViolationCausesResponse;
}  // namespace seatwise::v1

namespace seatwise::cli {

// The pages of `request` as one. Errors: those of the call.
absl::StatusOr<v1::ListViolationCausesResponse> ListCauses(
    Client& client, const v1::ListViolationCausesRequest& request);

// The same with a fix for each, in small pages, since each fix takes a while to find: tells
// `progress`, if there is one, how many of all causes are done.
absl::StatusOr<v1::ListViolationCausesResponse> ListCausesWithFixes(
    Client& client, v1::ListViolationCausesRequest request, const Progress& progress);

}  // namespace seatwise::cli
