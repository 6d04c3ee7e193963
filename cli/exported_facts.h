// The facts of a tenant, as its server exports them.
#pragma once

#include <cstdint>
#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "cli/client.h"
#include "engine/model/facts.h"

namespace seatwise::cli {

// What was exported.
struct Exported {
  int64_t count = 0;
  int64_t revision = 0;
};

// Calls visit with each fact of a tenant, until it fails. DATA_LOSS if the export ends too early:
// what was visited is not all then. Errors of the call, and of `visit`.
absl::StatusOr<Exported> ForEachExportedFact(Client& client, const std::string& tenant,
                                             absl::FunctionRef<absl::Status(Fact)> visit);

// All facts of a small tenant at once.
absl::StatusOr<Facts> ExportFacts(Client& client, const std::string& tenant);

}  // namespace seatwise::cli
