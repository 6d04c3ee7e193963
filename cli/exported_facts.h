// All facts of a tenant, as its server exports them.
#pragma once

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "cli/client.h"
#include "engine/model/facts.h"

namespace seatwise::cli {

struct ExportedFacts {
  Facts facts;
  int64_t count = 0;
  int64_t revision = 0;
};

// Reads an export to its end. DATA_LOSS if it ends too early; errors of the call.
absl::StatusOr<ExportedFacts> ExportFacts(Client& client, const std::string& tenant);

}  // namespace seatwise::cli
