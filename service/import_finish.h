// The end of an import: everything that was staged becomes one revision, or a what-if.
#pragma once

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "engine/plan/impact.h"
#include "seatwise/v1/transfer_service.pb.h"
#include "service/import_note.h"
#include "service/tenant.h"

namespace seatwise {

// Finishes import `import_id`, of which `note` is known, as `finish` says, for `actor`. Of one that
// was finished before only a repeated request is answered. A tenant without facts that gets many
// is filled in bulk, on several threads; any other goes through the door as every change does. What
// was staged stays, also after a success: the caller drops it. Blocks.
//
// Answers the impact, whose sums are in the response; nullptr for a repeated request.
//
// Errors: as TransferService.Import documents. All that is wrong is found and counted, and the
// first few are listed.
absl::StatusOr<std::shared_ptr<const Impact>> FinishImport(Tenant& tenant, const std::string& actor,
                                                           const std::string& import_id,
                                                           const ImportNote& note,
                                                           const v1::ImportRequest::Finish& finish,
                                                           v1::ImportResponse::Finished& response);

// From so many facts on a tenant is filled in bulk.
inline constexpr int64_t kFewestInBulk = 20'000;

}  // namespace seatwise
