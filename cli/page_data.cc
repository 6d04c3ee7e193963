#include "cli/page_data.h"

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "base/status_macros.h"
#include "cli/cause_list.h"
#include "cli/html_page.h"
#include "cli/message_names.h"
#include "cli/names.h"
#include "cli/page_attributes.h"
#include "cli/page_parts.h"
#include "cli/page_reports.h"
#include "cli/page_rows.h"
#include "cli/pages.h"
#include "interchange/progress.h"
#include "seatwise/v1/explain_service.pb.h"
#include "seatwise/v1/license_service.pb.h"
#include "seatwise/v1/report_service.pb.h"
#include "seatwise/v1/tenant_service.pb.h"
#include "service/names.h"

namespace seatwise::cli {
namespace {

constexpr int64_t kMostFixes = 200;    // Of so many causes all are tried out,
constexpr int kMostFixesOfCode = 30;   // of more, so many of each violation code.
constexpr int kMostMisfits = 3;        // Users, one after the other, for whom there is no room.
constexpr size_t kMostAttributes = 3;  // By which costs are told apart, if nobody says which.
constexpr absl::string_view kListCauses = "seatwise.v1.ExplainService/ListViolationCauses";

std::string Quoted(absl::string_view text) { return absl::StrCat("\"", text, "\""); }

// What says of two causes that they are the same.
std::string KeyOf(const v1::ViolationCause& cause) {
  return absl::StrCat(cause.code(), "/", cause.group_id(), "/", cause.direct(), "/", cause.sku_id(),
                      "/", cause.details().SerializeAsString());
}

// A page in the making: one part after the other, each a member of the object.
class PageMaker {
 public:
  PageMaker(Client& client, const PageRequest& request) : client_(client), request_(request) {}

  absl::StatusOr<std::string> Make() {
    SEATWISE_RETURN_IF_ERROR(AddTenant());
    SEATWISE_RETURN_IF_ERROR(AddSeats());
    SEATWISE_RETURN_IF_ERROR(LoadCauses());
    AddCauses();
    SEATWISE_RETURN_IF_ERROR(AddGroups());
    SEATWISE_RETURN_IF_ERROR(AddUsers());
    SEATWISE_RETURN_IF_ERROR(AddReports());
    AddHow();
    AddParts();
    return absl::StrCat("{", absl::StrJoin(members_, ",\n"), "}");
  }

 private:
  absl::Status AddTenant();
  absl::Status AddSeats();
  v1::ListViolationCausesRequest CausesRequest() const;
  absl::Status LoadCauses();
  absl::Status LoadFixes();
  absl::Status LoadFixes(v1::ViolationCode code, int most);
  void TakeFixes(v1::ListViolationCausesResponse page);
  void AddCauses();
  absl::Status AddGroups();
  absl::Status AddUsers();
  absl::StatusOr<std::vector<std::string>> UsersToShow();
  absl::Status AddReports();
  void AddHow();
  void AddParts();

  // A member that is no part: it is never cut.
  void AddMember(absl::string_view name, absl::string_view json) {
    members_.push_back(absl::StrCat(Quoted(name), ":", EscapedJson(json)));
  }

  Client& client_;
  const PageRequest& request_;
  std::vector<std::string> members_;
  std::vector<PagePart> parts_;
  std::vector<v1::ViolationCause> causes_;  // As many as are shown,
  int64_t all_causes_ = 0;                  // of so many.
  v1::Names names_;                         // Of what the causes name.
  int64_t users_with_errors_ = 0;
  SeenRevisions seen_;
};

absl::Status PageMaker::AddTenant() {
  v1::GetTenantRequest get;
  get.set_name(TenantName(request_.tenant));
  SEATWISE_ASSIGN_OR_RETURN(const auto tenant, client_.Call<v1::GetTenantResponse>(
                                                   "seatwise.v1.TenantService/GetTenant", get));
  v1::GetTenantStatusRequest request;
  request.set_name(TenantName(request_.tenant));
  SEATWISE_ASSIGN_OR_RETURN(const auto status,
                            client_.Call<v1::GetTenantStatusResponse>(
                                "seatwise.v1.TenantService/GetTenantStatus", request));
  seen_.Saw(status.revision());
  users_with_errors_ = status.users_with_errors();
  AddMember("tenant", TenantRow(status, request_.tenant, tenant.tenant().display_name()));
  return absl::OkStatus();
}

absl::Status PageMaker::AddSeats() {
  v1::ListSeatUsageRequest request;
  request.set_parent(TenantName(request_.tenant));
  request.set_include_subscriptions(true);
  PagePart part("seats", request_.bounds.skus);
  SeatTotals totals;
  SEATWISE_RETURN_IF_ERROR(ForEachPage<v1::ListSeatUsageResponse>(
      client_, "seatwise.v1.ReportService/ListSeatUsage", request,
      [&](const v1::ListSeatUsageResponse& page) {
        seen_.Saw(page.revision());
        for (const v1::SeatUsageRow& row : page.rows()) {
          totals.Add(row);
          part.Add(SeatRow(row, request_.bounds.subscriptions_of_sku));
        }
        return true;
      }));
  parts_.push_back(std::move(part));
  AddMember("seat_totals", totals.ToJson());
  return absl::OkStatus();
}

v1::ListViolationCausesRequest PageMaker::CausesRequest() const {
  v1::ListViolationCausesRequest request;
  request.set_parent(TenantName(request_.tenant));
  request.set_sample_size(request_.bounds.users_of_cause);
  return request;
}

// The server lists them by code; the page keeps those that most users have.
absl::Status PageMaker::LoadCauses() {
  std::vector<v1::ViolationCause> all;
  SEATWISE_RETURN_IF_ERROR(ForEachPage<v1::ListViolationCausesResponse>(
      client_, kListCauses, CausesRequest(), [&](v1::ListViolationCausesResponse page) {
        seen_.Saw(page.revision());
        names_.MergeFrom(page.names());
        for (v1::ViolationCause& cause : *page.mutable_causes()) all.push_back(std::move(cause));
        return true;
      }));
  all_causes_ = static_cast<int64_t>(all.size());
  std::stable_sort(all.begin(), all.end(),
                   [](const auto& a, const auto& b) { return a.users() > b.users(); });
  all.resize(std::min(all.size(), request_.bounds.causes));
  causes_ = std::move(all);
  return request_.fixes ? LoadFixes() : absl::OkStatus();
}

// Of all causes if they are few, else of those of each code that most users have: each is tried
// out, and the server gives a call some seconds.
absl::Status PageMaker::LoadFixes() {
  if (all_causes_ <= kMostFixes) {
    SEATWISE_ASSIGN_OR_RETURN(auto all, ListCausesWithFixes(client_, CausesRequest(), Progress()));
    TakeFixes(std::move(all));
    return absl::OkStatus();
  }
  std::set<int> codes;
  for (const v1::ViolationCause& cause : causes_) codes.insert(cause.code());
  for (const int code : codes) {
    SEATWISE_RETURN_IF_ERROR(LoadFixes(static_cast<v1::ViolationCode>(code), kMostFixesOfCode));
  }
  return absl::OkStatus();
}

absl::Status PageMaker::LoadFixes(v1::ViolationCode code, int most) {
  v1::ListViolationCausesRequest request = CausesRequest();
  request.add_codes(code);
  request.set_include_fixes(true);
  request.set_page_size(most);
  SEATWISE_ASSIGN_OR_RETURN(auto page,
                            client_.Call<v1::ListViolationCausesResponse>(kListCauses, request));
  TakeFixes(std::move(page));
  return absl::OkStatus();
}

// Puts the causes with fixes in the place of those without.
void PageMaker::TakeFixes(v1::ListViolationCausesResponse page) {
  seen_.Saw(page.revision());
  names_.MergeFrom(page.names());
  absl::flat_hash_map<std::string, v1::ViolationCause*> fixed;
  for (v1::ViolationCause& cause : *page.mutable_causes()) fixed[KeyOf(cause)] = &cause;
  for (v1::ViolationCause& cause : causes_) {
    const auto found = fixed.find(KeyOf(cause));
    if (found != fixed.end()) cause = *found->second;
  }
}

void PageMaker::AddCauses() {
  const Names names = NamesFrom(names_);
  PagePart part("causes", request_.bounds.causes);
  for (const v1::ViolationCause& cause : causes_) {
    part.Add(CauseRow(cause, names, request_.place));
  }
  part.SetAll(all_causes_);
  parts_.push_back(std::move(part));
}

// Those that some cause names, in the order in which the causes do.
absl::Status PageMaker::AddGroups() {
  const Names names = NamesFrom(names_);
  PagePart part("groups", request_.bounds.groups);
  absl::flat_hash_set<std::string> seen;
  for (const v1::ViolationCause& cause : causes_) {
    if (cause.group_id().empty() || !seen.insert(cause.group_id()).second) continue;
    if (part.shown() >= request_.bounds.groups) continue;
    v1::GetGroupStatusRequest request;
    request.set_name(ChildName(request_.tenant, "groups", cause.group_id()));
    const auto group = client_.Call<v1::GetGroupStatusResponse>(
        "seatwise.v1.ReportService/GetGroupStatus", request);
    if (absl::IsNotFound(group.status())) continue;  // Deleted meanwhile.
    SEATWISE_RETURN_IF_ERROR(group.status());
    seen_.Saw(group->revision());
    part.Add(GroupRow(*group, names));
  }
  part.SetAll(static_cast<int64_t>(seen.size()));
  parts_.push_back(std::move(part));
  return absl::OkStatus();
}

// Ids, each once.
absl::StatusOr<std::vector<std::string>> PageMaker::UsersToShow() {
  std::vector<std::string> users;
  absl::flat_hash_set<std::string> seen;
  const auto add = [&](const std::string& id) {
    if (users.size() < request_.bounds.users && seen.insert(id).second) users.push_back(id);
    return users.size() < request_.bounds.users;
  };
  for (int i = 0; i < request_.bounds.users_of_cause; ++i) {
    for (const v1::ViolationCause& cause : causes_) {
      if (i < cause.sample_user_ids_size()) add(cause.sample_user_ids(i));
    }
  }
  v1::ListEffectiveLicensesRequest request;
  request.set_parent(TenantName(request_.tenant));
  request.add_states(v1::EffectiveLicense::ACTIVE_WITH_ERROR);
  request.add_states(v1::EffectiveLicense::ERROR);
  SEATWISE_RETURN_IF_ERROR(ForEachPage<v1::ListEffectiveLicensesResponse>(
      client_, "seatwise.v1.LicenseService/ListEffectiveLicenses", request,
      [&](const v1::ListEffectiveLicensesResponse& page) {
        return std::all_of(page.rows().begin(), page.rows().end(),
                           [&](const auto& row) { return add(row.user_id()); });
      }));
  return users;
}

absl::Status PageMaker::AddUsers() {
  SEATWISE_ASSIGN_OR_RETURN(const std::vector<std::string> ids, UsersToShow());
  PagePart part("users", request_.bounds.users, request_.bounds.user_bytes);
  int misfits = 0;
  for (const std::string& id : ids) {
    v1::ExplainLicenseRequest request;
    request.set_name(ChildName(request_.tenant, "users", id));
    const auto explained = client_.Call<v1::ExplainLicenseResponse>(
        "seatwise.v1.ExplainService/ExplainLicense", request);
    if (absl::IsNotFound(explained.status())) continue;  // Deleted meanwhile.
    SEATWISE_RETURN_IF_ERROR(explained.status());
    seen_.Saw(explained->revision());
    // One with very long names is left out; soon after the last that fits nobody is asked for.
    misfits = part.Add(UserRow(*explained)) ? 0 : misfits + 1;
    if (misfits == kMostMisfits) break;
  }
  part.SetAll(users_with_errors_);
  parts_.push_back(std::move(part));
  return absl::OkStatus();
}

absl::Status PageMaker::AddReports() {
  constexpr int64_t kMicrosPerDay = int64_t{24} * 3600 * 1'000'000;
  ReportWishes wishes = {.trials = request_.fixes,
                         .from_revision = request_.from_revision,
                         .since = Time{request_.made_at.micros - request_.days * kMicrosPerDay},
                         .attributes = request_.attributes};
  if (wishes.attributes.empty()) {
    SEATWISE_ASSIGN_OR_RETURN(wishes.attributes,
                              GroupingAttributes(client_, request_.tenant, kMostAttributes));
  }
  SEATWISE_ASSIGN_OR_RETURN(PageReports reports,
                            LoadReports(client_, request_.tenant, request_.bounds.reports, wishes));
  AddMember("changes_from", absl::StrCat(reports.changes_from));
  AddMember("changes_to", absl::StrCat(reports.changes_to));
  seen_.Saw(reports.seen);
  for (PagePart& part : reports.parts) parts_.push_back(std::move(part));
  return absl::OkStatus();
}

// From when and where the page is, for its words.
void PageMaker::AddHow() {
  AddMember("made_at", Quoted(FormatTime(request_.made_at)));
  AddMember("revision", absl::StrCat(seen_.first));
  AddMember("last_revision", absl::StrCat(seen_.last));
  AddMember("fixes", request_.fixes ? "true" : "false");
  AddMember("served", request_.served ? "true" : "false");
  AddMember("command", CommandRow(request_.place));
}

// What the other members leave room for.
void PageMaker::AddParts() {
  size_t room = request_.bounds.bytes;
  for (const std::string& member : members_) room -= std::min(room, member.size());
  const bool cut = FitParts(parts_, room);
  for (const PagePart& part : parts_) members_.push_back(part.ToMembers());
  AddMember("cut", cut ? "true" : "false");
}

}  // namespace

absl::StatusOr<std::string> PageJson(Client& client, const PageRequest& request) {
  return PageMaker(client, request).Make();
}

absl::StatusOr<int64_t> PresentRevision(Client& client, const std::string& tenant) {
  v1::GetTenantStatusRequest request;
  request.set_name(TenantName(tenant));
  SEATWISE_ASSIGN_OR_RETURN(const auto status,
                            client.Call<v1::GetTenantStatusResponse>(
                                "seatwise.v1.TenantService/GetTenantStatus", request));
  return status.revision();
}

}  // namespace seatwise::cli
