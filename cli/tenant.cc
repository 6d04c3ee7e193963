#include "cli/tenant.h"

#include <CLI/CLI.hpp>
#include <list>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "cli/call_error.h"
#include "cli/field_value.h"
#include "cli/noun_verb.h"
#include "cli/pages.h"
#include "cli/remote_verb.h"
#include "cli/text.h"
#include "cli/write_flags.h"
#include "seatwise/v1/tenant.pb.h"
#include "seatwise/v1/tenant_service.pb.h"
#include "service/names.h"

namespace seatwise::cli {
namespace {

const std::vector<RecordColumn>& Columns() {
  static const auto* const kColumns =
      new std::vector<RecordColumn>{{.key = "tenant_id", .may_shrink = true},
                                    {.key = "display_name", .may_shrink = true},
                                    {.key = "assignment_mode"},
                                    {.key = "nested_groups"},
                                    {.key = "default_usage_location"},
                                    {.key = "retention_days", .is_number = true},
                                    {.key = "max_removed_percent", .is_number = true},
                                    {.key = "create_time", .is_time = true}};
  return *kColumns;
}

RecordValue FieldOf(const google::protobuf::Message& message, const char* field) {
  return ValueOf(message, *message.GetDescriptor()->FindFieldByName(field));
}

Record RecordOf(const v1::Tenant& tenant) {
  const v1::TenantSettings& settings = tenant.settings();
  return {tenant.tenant_id(), tenant.display_name(),
          // As in tenant.json.
          v1::TenantSettings::AssignmentMode_Name(settings.assignment_mode()),
          settings.nested_groups(), settings.default_usage_location(),
          int64_t{settings.retention_days()},
          tenant.has_max_removed_percent() ? RecordValue(int64_t{tenant.max_removed_percent()})
                                           : RecordValue(),
          FieldOf(tenant, "create_time")};
}

// The settings as flags.
class SettingsFlags {
 public:
  void Declare(CLI::App& verb) {
    Add(verb, "--name", "display_name", "TEXT", "Name for people");
    Add(verb, "--assignment-mode", "assignment_mode", "MODE", "SKU_INDEPENDENT or GROUP_ATOMIC");
    Add(verb, "--nested-groups", "nested_groups", "BOOL", "Whether groups in groups count");
    Add(verb, "--default-location", "default_usage_location", "CC", "Of users without one");
    Add(verb, "--retention-days", "retention_days", "N", "How long data outlives its plan");
    Add(verb, "--max-removed", "max_removed_percent", "PERCENT",
        "Refuse changes that take more of what is held");
  }

  bool any() const {
    for (const Flag& flag : flags_) {
      if (flag.option->count() > 0) return true;
    }
    return false;
  }

  // Sets what was given, and answers the paths of the fields.
  absl::StatusOr<std::vector<std::string>> ApplyTo(v1::Tenant& tenant) const {
    std::vector<std::string> paths;
    for (const Flag& flag : flags_) {
      if (flag.option->count() == 0) continue;
      const bool own = tenant.GetDescriptor()->FindFieldByName(flag.field) != nullptr;
      google::protobuf::Message& message =
          own ? static_cast<google::protobuf::Message&>(tenant) : *tenant.mutable_settings();
      const absl::Status set =
          SetValue(message, *message.GetDescriptor()->FindFieldByName(flag.field), {flag.typed});
      if (!set.ok()) {
        return absl::InvalidArgumentError(
            absl::StrCat(flag.option->get_name(), ": ", set.message()));
      }
      paths.push_back(own ? flag.field : absl::StrCat("settings.", flag.field));
    }
    return paths;
  }

 private:
  struct Flag {
    std::string field;
    std::string typed;
    const CLI::Option* option = nullptr;
  };

  void Add(CLI::App& verb, const char* name, const char* field, const char* type,
           const char* help) {
    Flag& flag = flags_.emplace_back();
    flag.field = field;
    flag.option = verb.add_option(name, flag.typed, help)->type_name(type);
  }

  std::list<Flag> flags_;
};

void DeclareId(CLI::App& verb, std::string& id) {
  verb.add_option("ID", id, "Which tenant")->required()->type_name("");
}

std::string Called(const std::string& id) { return absl::StrCat("tenant '", Printable(id), "'"); }

class ListVerb final : public RemoteVerb {
 public:
  ListVerb()
      : RemoteVerb({.name = "list",
                    .description = "List all",
                    .examples = "  seatwise tenant list\n  seatwise tenant list -o json",
                    .lists = true},
                   TenantUse::kNone) {}

 private:
  void DeclareOwn(CLI::App&) override {}

  ExitCode Do(Session& session) override {
    RecordPrinter printer(Columns(), session.form, session.console);
    const absl::Status listed = ForEachPage<v1::ListTenantsResponse>(
        session.client, "seatwise.v1.TenantService/ListTenants", v1::ListTenantsRequest(),
        [&](const v1::ListTenantsResponse& page) {
          ExitCode printed = ExitCode::kOk;
          for (const v1::Tenant& tenant : page.tenants()) printed = printer.Add(RecordOf(tenant));
          return printed == ExitCode::kOk;
        });
    if (!listed.ok()) return ReportCallError(listed, session.console);
    return printer.Finish("there is no tenant; make one with: seatwise tenant create");
  }
};

class GetVerb final : public RemoteVerb {
 public:
  GetVerb()
      : RemoteVerb({.name = "get",
                    .description = "Show one with its settings",
                    .examples = "  seatwise tenant get contoso\n"
                                "  seatwise tenant get contoso -o json"},
                   TenantUse::kNone) {}

 private:
  void DeclareOwn(CLI::App& verb) override { DeclareId(verb, id_); }

  ExitCode Do(Session& session) override {
    v1::GetTenantRequest request;
    request.set_name(TenantName(id_));
    const auto response =
        session.client.Call<v1::GetTenantResponse>("seatwise.v1.TenantService/GetTenant", request);
    if (!response.ok()) return ReportCallError(response.status(), session.console);
    return PrintRecord(Columns(), RecordOf(response->tenant()), session.form, session.console);
  }

  std::string id_;
};

// create and update.
class PutVerb final : public RemoteVerb {
 public:
  explicit PutVerb(bool creates)
      : RemoteVerb(WordsOf(creates), TenantUse::kNone), creates_(creates) {}

 private:
  static Words WordsOf(bool creates) {
    if (creates) {
      return {.name = "create",
              .description = "Make a new, empty one",
              .examples =
                  "  seatwise tenant create contoso\n"
                  "  seatwise tenant create contoso --nested-groups true"};
    }
    return {.name = "update",
            .description = "Change its name or settings",
            .examples =
                "  seatwise tenant update contoso --default-location DE\n"
                "  seatwise tenant update contoso --nested-groups false"};
  }

  void DeclareOwn(CLI::App& verb) override {
    DeclareId(verb, id_);
    settings_.Declare(verb);
    write_.Declare(verb);
  }

  ExitCode Check(Console& console) override {
    if (creates_ || settings_.any()) return ExitCode::kOk;
    return console.Fail("name at least one setting to change; see --help", ExitCode::kUsage);
  }

  ExitCode Do(Session& session) override {
    v1::Tenant tenant;
    tenant.set_tenant_id(id_);
    const absl::StatusOr<std::vector<std::string>> paths = settings_.ApplyTo(tenant);
    if (!paths.ok()) return session.console.Fail(paths.status().message(), ExitCode::kUsage);
    return creates_ ? Create(session, tenant) : Update(session, tenant, *paths);
  }

  ExitCode Create(Session& session, const v1::Tenant& tenant) const {
    v1::CreateTenantRequest request;
    *request.mutable_tenant() = tenant;
    write_.Fill(request);
    return Told(session, session.client.Call<v1::CreateTenantResponse>(
                             "seatwise.v1.TenantService/CreateTenant", request));
  }

  ExitCode Update(Session& session, const v1::Tenant& tenant,
                  const std::vector<std::string>& paths) const {
    v1::UpdateTenantRequest request;
    *request.mutable_tenant() = tenant;
    request.mutable_tenant()->set_name(TenantName(id_));
    for (const std::string& path : paths) request.mutable_update_mask()->add_paths(path);
    write_.Fill(request);
    return Told(session, session.client.Call<v1::UpdateTenantResponse>(
                             "seatwise.v1.TenantService/UpdateTenant", request));
  }

  template <typename Response>
  ExitCode Told(Session& session, const absl::StatusOr<Response>& response) const {
    if (!response.ok()) return ReportCallError(response.status(), session.console);
    const std::string text = WriteText(Called(id_), creates_ ? "created" : "updated",
                                       response->result(), write_.validate_only(), session.console);
    if (session.form == OutputForm::kTable) return session.console.Print(text);
    return PrintRecord(Columns(), RecordOf(response->tenant()), session.form, session.console);
  }

  const bool creates_;
  std::string id_;
  SettingsFlags settings_;
  WriteFlags write_;
};

class DeleteVerb final : public RemoteVerb {
 public:
  DeleteVerb()
      : RemoteVerb({.name = "delete",
                    .description = "Delete one with its history",
                    .examples = "  seatwise tenant delete contoso\n"
                                "  seatwise tenant delete contoso --cascade"},
                   TenantUse::kNone) {}

 private:
  void DeclareOwn(CLI::App& verb) override {
    DeclareId(verb, id_);
    verb.add_flag("--cascade", cascade_, "Although it holds facts");
    verb.add_flag("--if-exists", if_exists_, "It is well if there is none");
    write_.Declare(verb);
  }

  ExitCode Do(Session& session) override {
    v1::DeleteTenantRequest request;
    request.set_name(TenantName(id_));
    request.set_cascade(cascade_);
    request.set_allow_missing(if_exists_);
    write_.Fill(request);
    const auto response = session.client.Call<v1::DeleteTenantResponse>(
        "seatwise.v1.TenantService/DeleteTenant", request);
    if (!response.ok()) return ReportCallError(response.status(), session.console);
    if (session.form == OutputForm::kTable) {
      return session.console.Print(
          absl::StrCat(Called(id_), write_.validate_only() ? " would be deleted\n" : " deleted\n"));
    }
    return PrintRecord({{.key = "id"}}, {id_}, session.form, session.console);
  }

  std::string id_;
  bool cascade_ = false;
  bool if_exists_ = false;
  WriteFlags write_;
};

}  // namespace

std::unique_ptr<Verb> MakeTenantVerb() {
  std::vector<std::unique_ptr<RemoteVerb>> words;
  words.push_back(std::make_unique<ListVerb>());
  words.push_back(std::make_unique<GetVerb>());
  words.push_back(std::make_unique<PutVerb>(/*creates=*/true));
  words.push_back(std::make_unique<PutVerb>(/*creates=*/false));
  words.push_back(std::make_unique<DeleteVerb>());
  return MakeNounVerb("tenant", "Customers, and their settings",
                      "  seatwise tenant list\n  seatwise tenant create contoso", std::move(words));
}

}  // namespace seatwise::cli
