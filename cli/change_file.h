// A file of changes: JSON as ApplyChanges takes it, {"changes": [...]}.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "seatwise/v1/fact.pb.h"

namespace seatwise::cli {

// The changes in the file. Fields are spelled as in the API, `parent` may be left out, and a name
// to be deleted may begin behind the tenant: "groups/sales". NOT_FOUND if there is no such file,
// INVALID_ARGUMENT if it is something else.
absl::StatusOr<std::vector<v1::Change>> ReadChangeFile(const std::string& path,
                                                       const std::string& tenant);

}  // namespace seatwise::cli
