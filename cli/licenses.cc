#include "cli/licenses.h"

#include <CLI/CLI.hpp>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "cli/call_error.h"
#include "cli/field_value.h"
#include "cli/noun_verb.h"
#include "cli/pages.h"
#include "cli/remote_names.h"
#include "cli/remote_verb.h"
#include "cli/text.h"
#include "cli/violation_message.h"
#include "seatwise/v1/license_service.pb.h"
#include "service/names.h"

namespace seatwise::cli {
namespace {

using State = v1::EffectiveLicense::State;

const std::vector<RecordColumn>& Columns() {
  static const auto* const kColumns =
      new std::vector<RecordColumn>{{.key = "user_id", .may_shrink = true},
                                    {.key = "user", .may_shrink = true},
                                    {.key = "sku_id", .may_shrink = true},
                                    {.key = "sku"},
                                    {.key = "state"},
                                    {.key = "plans", .is_number = true},
                                    {.key = "enabled_plan_ids", .in_table = false}};
  return *kColumns;
}

const std::vector<RecordColumn>& UnlicensedColumns() {
  static const auto* const kColumns =
      new std::vector<RecordColumn>{{.key = "user_id", .may_shrink = true},
                                    {.key = "user", .may_shrink = true},
                                    {.key = "user_principal_name", .may_shrink = true}};
  return *kColumns;
}

const std::vector<RecordColumn>& ClaimColumns() {
  static const auto* const kColumns =
      new std::vector<RecordColumn>{{.key = "user_id", .may_shrink = true},
                                    {.key = "sku_id", .may_shrink = true},
                                    {.key = "sku"},
                                    {.key = "source_type"},
                                    {.key = "source_id", .may_shrink = true},
                                    {.key = "source", .may_shrink = true},
                                    {.key = "granted"},
                                    {.key = "violations"}};
  return *kColumns;
}

Record RecordOf(const std::string& user_id, const std::string& user,
                const v1::EffectiveLicense& license, const Names& names) {
  std::vector<std::string> plans(license.enabled_plan_ids().begin(),
                                 license.enabled_plan_ids().end());
  const auto count = static_cast<int64_t>(plans.size());
  return {user_id,
          user,
          license.sku_id(),
          names.Sku(SkuId(license.sku_id())),
          EnumWordOf(*v1::EffectiveLicense::State_descriptor(), license.state()),
          count,
          std::move(plans)};
}

std::string UserName(const v1::EffectiveLicenseRow& row) {
  if (!row.display_name().empty()) return row.display_name();
  return row.user_principal_name().empty() ? row.user_id() : row.user_principal_name();
}

class LicensesVerb final : public RemoteVerb {
 public:
  LicensesVerb()
      : RemoteVerb({.name = "licenses",
                    .description = "Show what users have",
                    .examples = "  seatwise licenses ana --claims\n"
                                "  seatwise licenses --sku e3 --state Error -o csv",
                    .lists = true},
                   TenantUse::kOne) {}

 private:
  void DeclareOwn(CLI::App& verb) override {
    verb.add_option("USER", user_, "Only of this user")->type_name("");
    verb.add_flag("--claims", claims_, "Each claim of the user, and why not");
    AddSkuFlag(verb, sku_);
    verb.add_option("--state", states_, "Only in this state, as in Active; may be repeated")
        ->type_name("STATE")
        ->expected(1)
        ->take_all();
    verb.add_option("--group", group_, "Only of members of this group")->type_name("ID");
    verb.add_flag("--unlicensed", unlicensed_, "The users that hold nothing");
  }

  ExitCode Check(Console& console) override {
    const bool filters = !sku_.empty() || !states_.empty() || !group_.empty() || unlicensed_;
    if (!user_.empty() && filters) {
      return console.Fail("name a user, or filters, but not both", ExitCode::kUsage);
    }
    if (claims_ && user_.empty()) return console.Fail("--claims needs a user", ExitCode::kUsage);
    for (const std::string& state : states_) {
      const int number = ParseEnumWord(*v1::EffectiveLicense::State_descriptor(), state);
      if (number < 0) {
        return console.Fail(absl::StrCat("--state: '", Printable(state), "' is none of ",
                                         EnumWords(*v1::EffectiveLicense::State_descriptor())),
                            ExitCode::kUsage);
      }
      state_numbers_.push_back(static_cast<State>(number));
    }
    return ExitCode::kOk;
  }

  ExitCode Do(Session& session) override {
    absl::StatusOr<RemoteNames> names = RemoteNames::WithSkus(session.products);
    if (!names.ok()) return ReportCallError(names.status(), session.console);
    return user_.empty() ? List(session, *names) : Get(session, *names);
  }

  ExitCode Get(Session& session, RemoteNames& names) const {
    v1::GetEffectiveLicensesRequest request;
    request.set_name(ChildName(session.tenant, "users", user_));
    request.set_include_claims(claims_);
    const auto response = session.client.Call<v1::GetEffectiveLicensesResponse>(
        "seatwise.v1.LicenseService/GetEffectiveLicenses", request);
    if (!response.ok()) return ReportCallError(response.status(), session.console);
    const absl::Status named = names.Need(Principal(UserId(user_)));
    if (!named.ok()) return ReportCallError(named, session.console);
    if (claims_) return PrintClaims(*response, session, names);
    RecordPrinter printer(Columns(), session.form, session.console);
    for (const v1::EffectiveLicense& license : response->licenses()) {
      printer.Add(RecordOf(user_, names.names().User(UserId(user_)), license, names.names()));
    }
    return printer.Finish(WhenNothing());
  }

  ExitCode PrintClaims(const v1::GetEffectiveLicensesResponse& response, Session& session,
                       RemoteNames& names) const {
    RecordPrinter printer(ClaimColumns(), session.form, session.console);
    for (const v1::ClaimItem& item : response.claims()) {
      const Principal source = SourceFrom(item.source());
      const absl::Status named = names.Need(source);
      if (!named.ok()) return ReportCallError(named, session.console);
      std::vector<std::string> codes;
      for (const int code : item.codes()) {
        codes.push_back(EnumWordOf(*v1::ViolationCode_descriptor(), code));
      }
      const bool is_group = item.source().has_group_id();
      printer.Add({user_, item.sku_id(), names.names().Sku(SkuId(item.sku_id())),
                   std::string(is_group ? "group" : "user"),
                   is_group ? item.source().group_id() : item.source().user_id(),
                   names.names().Source(source), item.granted(), std::move(codes)});
    }
    return printer.Finish(WhenNothing());
  }

  v1::ListEffectiveLicensesRequest Request(const std::string& tenant) const {
    v1::ListEffectiveLicensesRequest request;
    request.set_parent(TenantName(tenant));
    request.set_sku_id(sku_);
    request.set_group_id(group_);
    request.set_unlicensed(unlicensed_);
    request.set_include_user_names(true);
    for (const State state : state_numbers_) request.add_states(state);
    return request;
  }

  ExitCode List(Session& session, const RemoteNames& names) const {
    RecordPrinter printer(unlicensed_ ? UnlicensedColumns() : Columns(), session.form,
                          session.console);
    ExitCode printed = ExitCode::kOk;
    const absl::Status listed = ForEachPage<v1::ListEffectiveLicensesResponse>(
        session.client, "seatwise.v1.LicenseService/ListEffectiveLicenses", Request(session.tenant),
        [&](const v1::ListEffectiveLicensesResponse& page) {
          for (const v1::EffectiveLicenseRow& row : page.rows()) {
            printed = printer.Add(
                unlicensed_ ? Record{row.user_id(), UserName(row), row.user_principal_name()}
                            : RecordOf(row.user_id(), UserName(row), row.license(), names.names()));
          }
          return printed == ExitCode::kOk;
        });
    if (!listed.ok()) return ReportCallError(listed, session.console);
    if (printed != ExitCode::kOk) return printed;
    return printer.Finish(WhenNone());
  }

  const char* WhenNone() const {
    if (unlicensed_)
      return "no user is without a license; see who holds what with: seatwise licenses";
    if (sku_.empty() && states_.empty() && group_.empty()) {
      return "nobody has a license; give one with: seatwise assign SKU --group GROUP";
    }
    return "there is no such license; leave out --sku, --state or --group to see more";
  }

  // The same for one user.
  std::string WhenNothing() const {
    return absl::StrCat("nothing is assigned to user '", Printable(user_),
                        "'; assign something with: seatwise assign SKU --user ",
                        Printable(ShellWord(user_)));
  }

  std::string user_;
  bool claims_ = false;
  std::string sku_;
  std::vector<std::string> states_;
  std::vector<State> state_numbers_;
  std::string group_;
  bool unlicensed_ = false;
};

}  // namespace

std::unique_ptr<Verb> MakeLicensesVerb() { return MakePlainVerb(std::make_unique<LicensesVerb>()); }

}  // namespace seatwise::cli
