#include "cli/status.h"

#include <CLI/CLI.hpp>
#include <vector>

#include "cli/call_error.h"
#include "cli/field_value.h"
#include "cli/noun_verb.h"
#include "cli/pages.h"
#include "cli/remote_verb.h"
#include "seatwise/v1/tenant_service.pb.h"
#include "service/names.h"

namespace seatwise::cli {
namespace {

// The keys of a tenant's status are those of the API's message, in its order.
class StatusVerb final : public RemoteVerb {
 public:
  StatusVerb()
      : RemoteVerb({.name = "status",
                    .description = "Show how a server and a tenant are",
                    .examples = "  seatwise status --server 127.0.0.1:7480\n"
                                "  seatwise status --tenant contoso -o json"},
                   TenantUse::kOptional) {}

 private:
  void DeclareOwn(CLI::App&) override {}

  ExitCode Do(Session& session) override {
    return session.tenant.empty() ? OfServer(session) : OfTenant(session);
  }

  static ExitCode OfServer(Session& session) {
    int64_t tenants = 0;
    const absl::Status listed = ForEachPage<v1::ListTenantsResponse>(
        session.client, "seatwise.v1.TenantService/ListTenants", v1::ListTenantsRequest(),
        [&](const v1::ListTenantsResponse& page) {
          tenants += page.tenants_size();
          return true;
        });
    if (!listed.ok()) return ReportCallError(listed, session.console);
    return PrintRecord({{.key = "server"}, {.key = "tenants", .is_number = true}},
                       {std::string("serving"), tenants}, session.form, session.console);
  }

  static ExitCode OfTenant(Session& session) {
    v1::GetTenantStatusRequest request;
    request.set_name(TenantName(session.tenant));
    const auto response = session.client.Call<v1::GetTenantStatusResponse>(
        "seatwise.v1.TenantService/GetTenantStatus", request);
    if (!response.ok()) return ReportCallError(response.status(), session.console);
    std::vector<RecordColumn> columns = {{.key = "tenant_id"}};
    Record record = {session.tenant};
    const google::protobuf::Descriptor& type = *v1::GetTenantStatusResponse::descriptor();
    for (int i = 0; i < type.field_count(); ++i) {
      columns.push_back({.key = type.field(i)->name(), .is_time = IsTime(*type.field(i))});
      record.push_back(ValueOf(*response, *type.field(i)));
    }
    return PrintRecord(columns, record, session.form, session.console);
  }
};

}  // namespace

std::unique_ptr<Verb> MakeStatusVerb() { return MakePlainVerb(std::make_unique<StatusVerb>()); }

}  // namespace seatwise::cli
