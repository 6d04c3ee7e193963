// How a user came to have what it has, out of the journal.
#pragma once

#include <cstddef>
#include <cstdint>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "seatwise/v1/explain_service.pb.h"
#include "service/tenant_state.h"

namespace seatwise {

// Which part of a history.
struct HistoryPage {
  uint64_t before = UINT64_MAX;  // Only revisions before this one; of these
  size_t most = 100;             // the newest ones, so many.
};

// Fills the entries, the oldest revision kept and the names, for the user with this id; answers
// before which revision there may be older entries, 0 if there are none. Looks at some hundred
// thousand revisions at most, even if it does not find so many entries then. NOT_FOUND; errors of
// the store.
absl::StatusOr<uint64_t> FillHistory(const TenantState& state, absl::string_view tenant,
                                     absl::string_view user_id, const HistoryPage& page,
                                     v1::ListLicenseHistoryResponse& reply);

}  // namespace seatwise
