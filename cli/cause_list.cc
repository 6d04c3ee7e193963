#include "cli/cause_list.h"

#include "base/status_macros.h"
#include "cli/pages.h"
#include "seatwise/v1/explain_service.pb.h"

namespace seatwise::cli {

absl::StatusOr<v1::ListViolationCausesResponse> ListCauses(
    Client& client, const v1::ListViolationCausesRequest& request) {
  v1::ListViolationCausesResponse all;
  SEATWISE_RETURN_IF_ERROR(ForEachPage<v1::ListViolationCausesResponse>(
      client, "seatwise.v1.ExplainService/ListViolationCauses", request,
      [&](const v1::ListViolationCausesResponse& page) {
        all.MergeFrom(page);
        return true;
      }));
  return all;
}

}  // namespace seatwise::cli
