// ListSeatUsage and GetGroupStatus: where seats run out, and how groups fare.
#pragma once

#include <cstddef>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/incremental/live_state.h"
#include "engine/model/facts_view.h"
#include "seatwise/v1/report_service.pb.h"

namespace seatwise {

// Fills one page of SKUs by id, which begins at `place`: the id of the first SKU, or empty. Answers
// the place of the next page. `live` and `facts` are of one revision of `tenant`.
absl::StatusOr<std::string> FillSeatPage(const LiveState& live, const FactsView& facts,
                                         absl::string_view tenant,
                                         const v1::ListSeatUsageRequest& request,
                                         absl::string_view place, size_t page_size,
                                         v1::ListSeatUsageResponse& reply);

// All but the revision. NOT_FOUND if there is no such group.
absl::StatusOr<v1::GetGroupStatusResponse> GroupStatusReply(const LiveState& live,
                                                            absl::string_view tenant,
                                                            const std::string& group_id);

}  // namespace seatwise
