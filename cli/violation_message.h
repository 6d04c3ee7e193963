// Violations out of messages of the API.
#pragma once

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "cli/remote_names.h"
#include "engine/model/derived.h"
#include "engine/model/ids.h"

namespace seatwise::v1 {
class Source;
class Violation;
}  // namespace seatwise::v1

namespace seatwise::cli {

Principal SourceFrom(const v1::Source& message);

// INTERNAL if it is none of the violations that this program knows.
absl::StatusOr<Violation> ViolationFrom(const v1::Violation& message);

// Asks for the names of all that the violation speaks of.
absl::Status NeedNames(const Violation& violation, RemoteNames& names);

}  // namespace seatwise::cli
