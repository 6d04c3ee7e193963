#include "cli/remote_reconcile.h"

#include <chrono>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "cli/call_error.h"
#include "cli/text.h"
#include "google/longrunning/operations.pb.h"
#include "seatwise/v1/reconciliation_service.pb.h"
#include "service/names.h"

namespace seatwise::cli {
namespace {

using google::longrunning::Operation;

constexpr std::chrono::milliseconds kBetweenQuestions(20);

absl::StatusOr<v1::Reconciliation> ResultOf(const Operation& operation) {
  if (operation.has_error()) {
    return absl::Status(static_cast<absl::StatusCode>(operation.error().code()),
                        operation.error().message());
  }
  v1::Reconciliation result;
  if (!operation.response().UnpackTo(&result)) {
    return absl::InternalError("the server's answer makes no sense; is it another version?");
  }
  return result;
}

absl::StatusOr<v1::Reconciliation> Run(Client& client, const std::string& tenant) {
  v1::RunReconciliationRequest request;
  request.set_parent(TenantName(tenant));
  SEATWISE_ASSIGN_OR_RETURN(
      Operation operation,
      client.Call<Operation>("seatwise.v1.ReconciliationService/RunReconciliation", request));
  while (!operation.done()) {
    std::this_thread::sleep_for(kBetweenQuestions);
    google::longrunning::GetOperationRequest question;
    question.set_name(operation.name());
    SEATWISE_ASSIGN_OR_RETURN(
        operation, client.Call<Operation>("google.longrunning.Operations/GetOperation", question));
  }
  return ResultOf(operation);
}

}  // namespace

ExitCode ReconcileRemotely(Client& client, const std::string& tenant, OutputForm form,
                           Console& console) {
  const absl::StatusOr<v1::Reconciliation> run = Run(client, tenant);
  if (!run.ok()) return ReportCallError(run.status(), console);
  const std::vector<RecordColumn> columns = {{.key = "revision", .is_number = true},
                                             {.key = "users", .is_number = true},
                                             {.key = "claims_granted", .is_number = true},
                                             {.key = "claims_rejected", .is_number = true},
                                             {.key = "users_with_errors", .is_number = true},
                                             {.key = "against_live", .is_number = true},
                                             {.key = "against_previous", .is_number = true},
                                             {.key = "previous"}};
  RecordValue against_previous;
  if (run->has_against_previous()) {
    against_previous.emplace<int64_t>(run->against_previous().licenses());
  }
  const ExitCode printed =
      PrintRecord(columns,
                  {int64_t{run->revision()}, int64_t{run->users()}, int64_t{run->claims_granted()},
                   int64_t{run->claims_rejected()}, int64_t{run->users_with_errors()},
                   int64_t{run->against_live().licenses()}, against_previous, run->previous()},
                  form, console);
  if (printed != ExitCode::kOk || run->against_live().licenses() == 0) return printed;
  return console.Fail(absl::StrCat(Counted(run->against_live().licenses(), "license"),
                                   " that the server answers with do not follow from its facts; "
                                   "report it"));
}

}  // namespace seatwise::cli
