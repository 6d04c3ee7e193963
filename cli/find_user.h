// Users as people name them.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "cli/client.h"

namespace seatwise::cli {

// The id of the one user with this user principal name or else with this display name, whatever
// the case of ASCII letters. NOT_FOUND if there is none; FAILED_PRECONDITION, naming some, if there
// are several. Costs the server a look at all names.
absl::StatusOr<std::string> FindUserByName(Client& client, const std::string& tenant,
                                           absl::string_view name);

}  // namespace seatwise::cli
