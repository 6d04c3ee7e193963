// Lists of rows by user, page by page: how LicenseService and ReportService walk through users.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/incremental/live_state.h"

namespace seatwise {

// The users that are members of a group (M1; M2 in a nested tenant), ascending by number.
std::vector<uint32_t> MembersOf(const LiveState& live, uint32_t group);

// Adds rows of one user to a page, those from `skip` on, at most `room`. Answers how many rows the
// user has, those before and behind as well.
using AddRows =
    absl::FunctionRef<size_t(uint32_t user, absl::string_view id, size_t skip, size_t room)>;

// Makes a page of at most `page_size` rows that begins at `place`, which is that of the page before
// or empty. Answers the place of the next page, empty if there is none. Without `group` the users
// come by the bytes of their ids, with it the members of that group by number.
//
// After `most_users` users a page ends, whatever it holds: no call may take for ever because few
// rows pass its filters. INVALID_ARGUMENT if `place` is none of this list.
inline constexpr size_t kMaxUsersOfAPage = 50'000;
absl::StatusOr<std::string> AddUserPage(const LiveState& live, std::optional<uint32_t> group,
                                        absl::string_view place, size_t page_size, AddRows add,
                                        size_t most_users = kMaxUsersOfAPage);

}  // namespace seatwise
