// By which attributes of users a page tells costs apart.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "cli/client.h"

namespace seatwise::cli {

// Attributes by which users fall into groups: those of the first thousand users of which at most
// half as many values are different as users have one. At most `most`, those that most users have;
// by name. Errors of the call.
absl::StatusOr<std::vector<std::string>> GroupingAttributes(Client& client,
                                                            const std::string& tenant, size_t most);

}  // namespace seatwise::cli
