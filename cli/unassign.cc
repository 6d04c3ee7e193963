#include "cli/unassign.h"

#include <CLI/CLI.hpp>
#include <algorithm>
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
#include "engine/model/fact_key.h"
#include "seatwise/v1/change_service.pb.h"
#include "seatwise/v1/user_licensing_service.pb.h"
#include "service/names.h"

namespace seatwise::cli {
namespace {

constexpr size_t kMostUsers = 1000;  // Of a call.

class UnassignVerb final : public RemoteVerb {
 public:
  UnassignVerb()
      : RemoteVerb({.name = "unassign",
                    .description = "Take assignments back",
                    .examples = "  seatwise unassign e3 --group staff\n"
                                "  seatwise unassign e3 --users left.csv --rejects rejects.csv"},
                   TenantUse::kOne) {}

 private:
  void DeclareOwn(CLI::App& verb) override {
    verb.add_option("SKU", skus_, "Which SKUs: ids or names")->type_name("...");
    NamesSkus(skus_);
    from_.Declare(verb, "From this user", "From this group");
    verb.add_flag("--all", all_, "All direct assignments of the users");
    verb.add_flag("--if-exists", if_exists_, "It is well if there is none");
    bulk_.Declare(verb);
    write_.Declare(verb);
  }

  ExitCode Check(Console& console) override {
    if (!bulk_.given() && from_.empty()) {
      return console.Fail("name at least one --user or --group", ExitCode::kUsage);
    }
    if (all_ == !skus_.empty()) {
      return console.Fail("name at least one SKU, or --all and none", ExitCode::kUsage);
    }
    if (bulk_.given()) return bulk_.CheckAlone(console, from_.empty(), write_.request_id());
    if (all_ && !from_.groups().empty()) {
      return console.Fail("--all is for users only", ExitCode::kUsage);
    }
    return ExitCode::kOk;
  }

  ExitCode Do(Session& session) override {
    if (bulk_.given()) return all_ ? RemoveAllInBulk(session) : RemoveInBulk(session);
    if (all_) return RemoveAll(session);
    std::vector<v1::Change> changes;
    const auto add = [&](const Principal& principal, const std::string& sku) {
      changes.push_back(
          Deletion(NameOf(session.tenant, AssignmentKey{principal, SkuId(sku)}), if_exists_));
    };
    for (const std::string& sku : skus_) {
      for (const std::string& user : from_.users()) add(UserId(user), sku);
      for (const std::string& group : from_.groups()) add(GroupId(group), sku);
    }
    const auto count = static_cast<int64_t>(changes.size());
    return ApplyChanges(session, std::move(changes), write_, Counted(count, "assignment"),
                        absl::StrCat("taken from ", from_.ToString()));
  }

  // What tells of what was done to the users of a file.
  ExitCode RunInBulk(Session& session, size_t most, const BulkUsers::EditSome& edit,
                     const std::string& what) const {
    return bulk_.Run(session.console, most, edit, what,
                     write_.validate_only() ? "would be taken from" : "taken from");
  }

  ExitCode RemoveInBulk(Session& session) const {
    const auto edit = [&](absl::Span<const std::string> users) -> absl::StatusOr<int64_t> {
      v1::ApplyChangesRequest request;
      request.set_parent(TenantName(session.tenant));
      for (const std::string& user : users) {
        for (const std::string& sku : skus_) {
          const AssignmentKey key{UserId(user), SkuId(sku)};
          *request.add_changes() = Deletion(NameOf(session.tenant, key), if_exists_);
        }
      }
      write_.Fill(request);
      SEATWISE_ASSIGN_OR_RETURN(const auto response,
                                session.client.Call<v1::ApplyChangesResponse>(
                                    "seatwise.v1.ChangeService/ApplyChanges", request));
      return response.result().revision();
    };
    return RunInBulk(session, std::max<size_t>(1, kMostUsers / skus_.size()), edit,
                     CallSkus(skus_, session.products));
  }

  ExitCode RemoveAllInBulk(Session& session) const {
    const auto edit = [&](absl::Span<const std::string> users) -> absl::StatusOr<int64_t> {
      v1::RemoveAllUserLicensesRequest request;
      request.set_parent(TenantName(session.tenant));
      for (const std::string& user : users) request.add_user_ids(user);
      write_.Fill(request);
      SEATWISE_ASSIGN_OR_RETURN(
          const auto response,
          session.client.Call<v1::RemoveAllUserLicensesResponse>(
              "seatwise.v1.UserLicensingService/RemoveAllUserLicenses", request));
      return response.result().revision();
    };
    return RunInBulk(session, kMostUsers, edit, "all direct assignments");
  }

  ExitCode RemoveAll(Session& session) const {
    v1::RemoveAllUserLicensesRequest request;
    request.set_parent(TenantName(session.tenant));
    for (const std::string& user : from_.users()) request.add_user_ids(user);
    write_.Fill(request);
    const auto response = session.client.Call<v1::RemoveAllUserLicensesResponse>(
        "seatwise.v1.UserLicensingService/RemoveAllUserLicenses", request);
    if (!response.ok()) return ReportCallError(response.status(), session.console);
    const std::string text = WriteText(Counted(response->assignments_deleted(), "assignment"),
                                       absl::StrCat("taken from ", from_.ToString()),
                                       response->result(), write_.validate_only(), session.console);
    if (session.form == OutputForm::kTable) return session.console.Print(text);
    return PrintRecord(
        {{.key = "assignments_deleted", .is_number = true}, {.key = "revision", .is_number = true}},
        {int64_t{response->assignments_deleted()}, int64_t{response->result().revision()}},
        session.form, session.console);
  }

  std::vector<std::string> skus_;
  PrincipalFlags from_;
  bool all_ = false;
  bool if_exists_ = false;
  BulkUsers bulk_;
  WriteFlags write_;
};

}  // namespace

std::unique_ptr<Verb> MakeUnassignVerb() { return MakePlainVerb(std::make_unique<UnassignVerb>()); }

}  // namespace seatwise::cli
