// ListViolationCauses: the conflict report, worked out without gRPC.
#pragma once

#include <cstddef>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "base/clock.h"
#include "base/executor.h"
#include "seatwise/v1/explain_service.pb.h"
#include "service/explanation_reply.h"
#include "service/list_cache.h"

namespace seatwise {

// Where a page of causes begins, how long it is, and until when fixes are looked for.
struct CausePage {
  size_t begin = 0;
  size_t most = 100;
  Deadline fixes_until;
  // Keeps the list for the pages behind, under a key that begins so; not needed.
  ListCache* lists = nullptr;
  std::string key;
};

// Fills the causes of one page with names and seats; answers whether there are more. Errors as the
// rpc has them.
absl::StatusOr<bool> FillCauses(const ExplainedState& state,
                                const v1::ListViolationCausesRequest& request,
                                const CausePage& page, Executor& executor,
                                v1::ListViolationCausesResponse& reply);

}  // namespace seatwise
