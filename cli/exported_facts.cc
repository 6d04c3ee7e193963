#include "cli/exported_facts.h"

#include <memory>
#include <utility>
#include <variant>

#include "absl/status/status.h"
#include "base/status_macros.h"
#include "seatwise/v1/transfer_service.pb.h"
#include "service/errors.h"
#include "service/facts_from_proto.h"
#include "service/names.h"

namespace seatwise::cli {
namespace {

// Puts a fact of any kind among its own.
struct Collector {
  Facts& facts;

  void operator()(TenantSettings fact) const { facts.settings = fact; }
  void operator()(ServicePlan fact) const { facts.plans.push_back(std::move(fact)); }
  void operator()(Sku fact) const { facts.skus.push_back(std::move(fact)); }
  void operator()(PlanConflict fact) const { facts.conflicts.push_back(std::move(fact)); }
  void operator()(PlanRequirement fact) const { facts.requirements.push_back(std::move(fact)); }
  void operator()(PlanProhibition fact) const { facts.prohibitions.push_back(std::move(fact)); }
  void operator()(Subscription fact) const { facts.subscriptions.push_back(std::move(fact)); }
  void operator()(User fact) const { facts.users.push_back(std::move(fact)); }
  void operator()(Group fact) const { facts.groups.push_back(std::move(fact)); }
  void operator()(Membership fact) const { facts.memberships.push_back(std::move(fact)); }
  void operator()(Assignment fact) const { facts.assignments.push_back(std::move(fact)); }
  void operator()(Observed fact) const { facts.observed.push_back(std::move(fact)); }
};

absl::Status VisitFacts(const v1::ExportResponse& message, const std::string& tenant,
                        absl::FunctionRef<absl::Status(Fact)> visit) {
  FieldErrors errors;
  for (const v1::Fact& fact : message.facts()) {
    InputFact input = FactOf(
        fact, {.tenant = tenant, .path = "facts", .within = "", .absent_time = Time()}, errors);
    if (!errors.empty()) return errors.ToStatus();
    SEATWISE_RETURN_IF_ERROR(visit(std::move(input.fact)));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Exported> ForEachExportedFact(Client& client, const std::string& tenant,
                                             absl::FunctionRef<absl::Status(Fact)> visit) {
  v1::ExportRequest request;
  request.set_parent(TenantName(tenant));
  const std::unique_ptr<Stream> stream = client.Open("seatwise.v1.TransferService/Export");
  stream->Write(request);
  stream->WritesDone();
  Exported exported;
  bool complete = false;
  v1::ExportResponse message;
  while (stream->Read(message)) {
    SEATWISE_RETURN_IF_ERROR(VisitFacts(message, tenant, visit));
    exported.count += message.facts_size();
    exported.revision = message.revision();
    complete = message.complete() && message.fact_count() == exported.count;
  }
  SEATWISE_RETURN_IF_ERROR(stream->Finish());
  if (!complete) return absl::DataLossError("the export ended before it was complete; try again");
  return exported;
}

absl::StatusOr<Facts> ExportFacts(Client& client, const std::string& tenant) {
  Facts facts;
  SEATWISE_RETURN_IF_ERROR(ForEachExportedFact(client, tenant, [&](Fact fact) {
                             std::visit(Collector{facts}, std::move(fact));
                             return absl::OkStatus();
                           }).status());
  return facts;
}

}  // namespace seatwise::cli
