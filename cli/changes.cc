#include "cli/changes.h"

#include <CLI/CLI.hpp>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "cli/call_error.h"
#include "cli/names.h"
#include "cli/remote_names.h"
#include "cli/text.h"
#include "engine/model/ids.h"
#include "seatwise/v1/change_service.pb.h"
#include "service/names.h"

namespace seatwise::cli {
namespace {

std::string Counting(const std::vector<std::string>& ids, const std::string& noun) {
  if (ids.empty()) return "";
  if (ids.size() == 1) return absl::StrCat(noun, " '", Printable(ids[0]), "'");
  return Counted(static_cast<int64_t>(ids.size()), noun);
}

std::string CallSku(const std::string& id, const Names& names) {
  const std::string name = names.Sku(SkuId(id));
  if (name == Printable(id)) return absl::StrCat("'", name, "'");
  return absl::StrCat("'", name, "' (", Printable(id), ")");
}

}  // namespace

void PrincipalFlags::Declare(CLI::App& verb, const std::string& user_help,
                             const std::string& group_help) {
  verb.add_option("--user", users_, user_help + "; may be repeated")
      ->type_name("ID")
      ->expected(1)
      ->take_all();
  verb.add_option("--group", groups_, group_help + "; may be repeated")
      ->type_name("ID")
      ->expected(1)
      ->take_all();
}

std::string PrincipalFlags::ToString() const {
  const std::string users = Counting(users_, "user");
  const std::string groups = Counting(groups_, "group");
  return absl::StrCat(users, users.empty() || groups.empty() ? "" : " and ", groups);
}

std::string CallSkus(const std::vector<std::string>& skus, ProductWords& products) {
  // What was typed has been looked up among all SKUs, so no server is asked again.
  const absl::StatusOr<RemoteNames> known = RemoteNames::WithSkus(products);
  const Names names = known.ok() ? known->names() : Names();
  std::vector<std::string> called;
  for (const std::string& sku : skus) called.push_back(CallSku(sku, names));
  return absl::StrCat(skus.size() == 1 ? "SKU " : "SKUs ", Enumerated(called));
}

ExitCode ApplyChanges(Session& session, std::vector<v1::Change> changes, const WriteFlags& write,
                      const std::string& what, const std::string& done) {
  v1::ApplyChangesRequest request;
  request.set_parent(TenantName(session.tenant));
  for (v1::Change& change : changes) *request.add_changes() = std::move(change);
  write.Fill(request);
  const auto response = session.client.Call<v1::ApplyChangesResponse>(
      "seatwise.v1.ChangeService/ApplyChanges", request);
  if (!response.ok()) return ReportCallError(response.status(), session.console);
  const std::string text =
      WriteText(what, done, response->result(), write.validate_only(), session.console);
  if (session.form == OutputForm::kTable) return session.console.Print(text);
  return PrintRecord(
      {{.key = "changes", .is_number = true}, {.key = "revision", .is_number = true}},
      {int64_t{request.changes_size()}, int64_t{response->result().revision()}}, session.form,
      session.console);
}

v1::Change Deletion(const std::string& name, bool if_exists) {
  v1::Change change;
  change.mutable_delete_()->set_name(name);
  change.mutable_delete_()->set_allow_missing(if_exists);
  return change;
}

}  // namespace seatwise::cli
