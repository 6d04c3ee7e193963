// A folder of facts on its way into a tenant.
#pragma once

#include <functional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "cli/client.h"
#include "interchange/progress.h"
#include "interchange/read_report.h"
#include "seatwise/v1/impact.pb.h"
#include "seatwise/v1/transfer_service.pb.h"

namespace seatwise::cli {

// Takes rows of the impact as they come.
using RowsVisitor = std::function<void(const v1::ImpactRows&)>;

// Reads the folder, sends its facts, and ends with `finish`, of which only what is about chunks is
// filled in here; `rows` are handed on if it asks for them. If the folder is rejected `report` says
// why, nothing is stored, and the answer is INVALID_ARGUMENT. Other errors are those of the call.
absl::StatusOr<v1::ImportResponse::Finished> ImportFolder(Client& client, const std::string& tenant,
                                                          const std::string& folder,
                                                          v1::ImportRequest::Finish finish,
                                                          ReadReport& report,
                                                          const Progress& progress,
                                                          const RowsVisitor& rows = nullptr);

// Makes the tenant if there is none.
absl::Status EnsureTenant(Client& client, const std::string& tenant);

}  // namespace seatwise::cli
