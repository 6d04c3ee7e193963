// Lists of rows by user, page by page: how LicenseService and ReportService walk through users.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/incremental/live_state.h"

namespace seatwise {

// Calls visit with the members of a group (M1; M2 in a nested tenant), ascending by number, from
// the first that is not less than `user` on, until it answers false.
void ForEachMemberFrom(const LiveState& live, uint32_t group, uint32_t user,
                       absl::FunctionRef<bool(uint32_t)> visit);

// What a user brought to a page.
struct AddedRows {
  size_t rows = 0;   // All that the user has, those before and behind the page as well.
  size_t bytes = 0;  // Of those that were added.
};

// Adds rows of one user to a page, those from `skip` on, at most `room`.
using AddRows =
    absl::FunctionRef<AddedRows(uint32_t user, absl::string_view id, size_t skip, size_t room)>;

// How large a page gets. It ends behind the user with whom it reaches the limit of bytes or users,
// whatever it holds then: no answer may be larger than what gRPC lets pass (4 MiB, if the client
// does not say otherwise), and no call may take for ever because few rows pass its filters.
struct PageLimits {
  size_t rows = 0;
  size_t bytes = size_t{2} << 20;
  size_t users = 50'000;
};

// Makes a page that begins at `place`, which is that of the page before or empty. Answers the place
// of the next page, empty if there is none. Without `group` the users come by the bytes of their
// ids, with it the members of that group by number. INVALID_ARGUMENT if `place` is none of this
// list.
absl::StatusOr<std::string> AddUserPage(const LiveState& live, std::optional<uint32_t> group,
                                        absl::string_view place, const PageLimits& limits,
                                        AddRows add);

}  // namespace seatwise
