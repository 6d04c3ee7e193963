#include "cli/assign.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/types/span.h"
#include "base/status_macros.h"
#include "cli/bulk_users.h"
#include "cli/call_error.h"
#include "cli/changes.h"
#include "cli/noun_verb.h"
#include "cli/remote_verb.h"
#include "cli/text.h"
#include "seatwise/v1/user_licensing_service.pb.h"
#include "service/names.h"

namespace seatwise::cli {
namespace {

constexpr size_t kMostUsers = 1000;  // Of a call, with one SKU.

class AssignVerb final : public RemoteVerb {
 public:
  AssignVerb()
      : RemoteVerb({.name = "assign",
                    .description = "Assign SKUs to users and groups",
                    .examples = "  seatwise assign e3 --group staff --disable sway\n"
                                "  seatwise assign e3 --users new.csv --rejects rejects.csv"},
                   TenantUse::kOne) {}

 private:
  void DeclareOwn(CLI::App& verb) override {
    verb.add_option("SKU", skus_, "Which SKUs: ids or names")->required()->type_name("...");
    NamesSkus(skus_);
    to_.Declare(verb, "To this user", "To the members of this group");
    verb.add_option("--disable", disabled_, "A plan to leave out; may be repeated")
        ->type_name("PLAN")
        ->expected(1)
        ->take_all();
    NamesPlans(disabled_);
    verb.add_option("--priority", priority_, "Higher is served first")
        ->type_name("N")
        ->check(CLI::Range(int64_t{INT32_MIN}, int64_t{INT32_MAX}).description(""))
        ->capture_default_str();
    verb.add_flag("--replace", replace_, "Users keep no other direct assignment");
    bulk_.Declare(verb);
    write_.Declare(verb);
  }

  ExitCode Check(Console& console) override {
    if (bulk_.given()) return bulk_.CheckAlone(console, to_.empty(), write_.request_id());
    if (to_.empty()) return console.Fail("name at least one --user or --group", ExitCode::kUsage);
    if (replace_ && !to_.groups().empty()) {
      return console.Fail("--replace is for users only", ExitCode::kUsage);
    }
    return ExitCode::kOk;
  }

  // A put without assigned_at leaves that of an assignment that is there.
  v1::Change Put(const std::string& sku) const {
    v1::Change change;
    v1::Assignment& put = *change.mutable_put()->mutable_assignment();
    put.set_sku_id(sku);
    put.set_priority(priority_);
    for (const std::string& plan : disabled_) put.add_disabled_plan_ids(plan);
    return change;
  }

  ExitCode Do(Session& session) override {
    if (bulk_.given()) return DoInBulk(session);
    if (replace_) return Replace(session);
    std::vector<v1::Change> changes;
    for (const std::string& sku : skus_) {
      for (const std::string& user : to_.users()) {
        changes.push_back(Put(sku));
        changes.back().mutable_put()->mutable_assignment()->set_user_id(user);
      }
      for (const std::string& group : to_.groups()) {
        changes.push_back(Put(sku));
        changes.back().mutable_put()->mutable_assignment()->set_group_id(group);
      }
    }
    return ApplyChanges(session, std::move(changes), write_, CallSkus(skus_, session.products),
                        absl::StrCat("assigned to ", to_.ToString()));
  }

  // What is asked for these users, as AddUserLicenses and ReplaceUserLicenses have it.
  template <typename Request>
  Request LicensesFor(absl::Span<const std::string> users, const Session& session) const {
    Request request;
    request.set_parent(TenantName(session.tenant));
    for (const std::string& user : users) request.add_user_ids(user);
    for (const std::string& sku : skus_) {
      v1::UserLicense& license = *request.add_licenses();
      license.set_sku_id(sku);
      license.set_priority(priority_);
      for (const std::string& plan : disabled_) license.add_disabled_plan_ids(plan);
    }
    write_.Fill(request);
    return request;
  }

  ExitCode DoInBulk(Session& session) const {
    const auto edit = [&](absl::Span<const std::string> users) -> absl::StatusOr<int64_t> {
      if (replace_) {
        SEATWISE_ASSIGN_OR_RETURN(const auto response,
                                  session.client.Call<v1::ReplaceUserLicensesResponse>(
                                      "seatwise.v1.UserLicensingService/ReplaceUserLicenses",
                                      LicensesFor<v1::ReplaceUserLicensesRequest>(users, session)));
        return response.result().revision();
      }
      SEATWISE_ASSIGN_OR_RETURN(const auto response,
                                session.client.Call<v1::AddUserLicensesResponse>(
                                    "seatwise.v1.UserLicensingService/AddUserLicenses",
                                    LicensesFor<v1::AddUserLicensesRequest>(users, session)));
      return response.result().revision();
    };
    const char* done = write_.validate_only() ? "would be assigned to" : "assigned to";
    return bulk_.Run(session.console, std::max<size_t>(1, kMostUsers / skus_.size()), edit,
                     CallSkus(skus_, session.products), done);
  }

  ExitCode Replace(Session& session) const {
    const auto request = LicensesFor<v1::ReplaceUserLicensesRequest>(to_.users(), session);
    const auto response = session.client.Call<v1::ReplaceUserLicensesResponse>(
        "seatwise.v1.UserLicensingService/ReplaceUserLicenses", request);
    if (!response.ok()) return ReportCallError(response.status(), session.console);
    const std::string text =
        WriteText(CallSkus(skus_, session.products),
                  absl::StrCat("assigned to ", to_.ToString(), " instead of all others"),
                  response->result(), write_.validate_only(), session.console);
    if (session.form == OutputForm::kTable) return session.console.Print(text);
    return PrintRecord(
        {{.key = "assignments_put", .is_number = true},
         {.key = "assignments_deleted", .is_number = true},
         {.key = "revision", .is_number = true}},
        {int64_t{response->assignments_put()}, int64_t{response->assignments_deleted()},
         int64_t{response->result().revision()}},
        session.form, session.console);
  }

  std::vector<std::string> skus_;
  PrincipalFlags to_;
  std::vector<std::string> disabled_;
  int32_t priority_ = 0;
  bool replace_ = false;
  BulkUsers bulk_;
  WriteFlags write_;
};

}  // namespace

std::unique_ptr<Verb> MakeAssignVerb() { return MakePlainVerb(std::make_unique<AssignVerb>()); }

}  // namespace seatwise::cli
