#include "cli/remote_state.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/status_macros.h"
#include "cli/exported_facts.h"
#include "cli/pages.h"
#include "cli/violation_message.h"
#include "engine/model/columns_from_facts.h"
#include "engine/model/ids.h"
#include "seatwise/v1/license_service.pb.h"
#include "seatwise/v1/report_service.pb.h"
#include "seatwise/v1/tenant_service.pb.h"
#include "service/names.h"

namespace seatwise::cli {
namespace {

absl::Status Changed() {
  return absl::InternalError("the tenant changed while it was being read; try again");
}

// The API counts states and codes from 1.
LicenseState StateFrom(v1::EffectiveLicense::State state) {
  return static_cast<LicenseState>(std::max(0, static_cast<int>(state) - 1));
}

ViolationMask MaskOf(const ClaimItem& item) {
  ViolationMask mask = 0;
  for (const Violation& violation : item.violations) {
    mask = static_cast<ViolationMask>(mask | 1 << static_cast<int>(CodeOf(violation)));
  }
  return mask;
}

SeatUsage SeatsFrom(const v1::SeatUsage& message) {
  return {.sku = SkuId(message.sku_id()),
          .usable = message.usable(),
          .parked = message.parked(),
          .capacity = message.unlimited_capacity() ? kUnlimited : message.capacity(),
          .consumed = message.consumed(),
          .waiting = message.waiting()};
}

}  // namespace

RemoteState::RemoteState(Facts facts)
    : facts_(std::move(facts)),
      columns_(ColumnsFromFacts(facts_)),
      licenses_(columns_.users.size()),
      items_(columns_.users.size()),
      plan_sets_(columns_.catalog.words()) {}

absl::StatusOr<std::unique_ptr<const RemoteState>> RemoteState::Load(Client& client,
                                                                     const std::string& tenant) {
  SEATWISE_ASSIGN_OR_RETURN(Facts facts, ExportFacts(client, tenant));
  std::unique_ptr<RemoteState> state(new RemoteState(std::move(facts)));
  SEATWISE_RETURN_IF_ERROR(state->LoadUsers(client, tenant));
  SEATWISE_RETURN_IF_ERROR(state->LoadDetails(client, tenant));
  SEATWISE_RETURN_IF_ERROR(state->LoadSeats(client, tenant));
  SEATWISE_RETURN_IF_ERROR(state->LoadGroups(client, tenant));
  SEATWISE_RETURN_IF_ERROR(state->LoadCounts(client, tenant));
  return std::unique_ptr<const RemoteState>(std::move(state));
}

absl::Status RemoteState::LoadUsers(Client& client, const std::string& tenant) {
  for (UserNo user = 0; user < columns_.users.size(); ++user) {
    SEATWISE_RETURN_IF_ERROR(LoadUser(client, tenant, user));
  }
  return absl::OkStatus();
}

absl::Status RemoteState::LoadUser(Client& client, const std::string& tenant, UserNo user) {
  const absl::string_view id = columns_.users[user];
  v1::GetEffectiveLicensesRequest request;
  request.set_name(ChildName(tenant, "users", id));
  request.set_include_claims(true);
  SEATWISE_ASSIGN_OR_RETURN(const v1::GetEffectiveLicensesResponse response,
                            client.Call<v1::GetEffectiveLicensesResponse>(
                                "seatwise.v1.LicenseService/GetEffectiveLicenses", request));
  for (const v1::EffectiveLicense& license : response.licenses()) {
    const std::optional<SkuNo> sku = columns_.catalog.FindSku(license.sku_id());
    if (!sku.has_value()) return Changed();
    licenses_[user].push_back({.user = user,
                               .sku = *sku,
                               .state = StateFrom(license.state()),
                               .enabled_plans = PlanSetNumber({license.enabled_plan_ids().begin(),
                                                               license.enabled_plan_ids().end()})});
  }
  for (const v1::ClaimItem& item : response.claims()) {
    items_[user].push_back({.user = UserId(id),
                            .source = SourceFrom(item.source()),
                            .sku = SkuId(item.sku_id()),
                            .granted = item.granted(),
                            .violations = {}});
  }
  return absl::OkStatus();
}

// The violations of the rejected items, in the items' order.
absl::Status RemoteState::LoadDetails(Client& client, const std::string& tenant) {
  v1::ListViolationsRequest request;
  request.set_parent(TenantName(tenant));
  absl::Status status;
  const auto add = [this](const v1::ViolationRow& row) -> absl::Status {
    const std::optional<UserNo> user = columns_.users.Find(row.user_id());
    if (!user.has_value()) return Changed();
    const Principal source = SourceFrom(row.item().source());
    std::vector<ClaimItem>& items = items_[*user];
    const auto item = std::find_if(items.begin(), items.end(), [&](const ClaimItem& candidate) {
      return candidate.source == source && candidate.sku == SkuId(row.item().sku_id());
    });
    if (item == items.end()) return Changed();
    for (const v1::Violation& violation : row.item().violations()) {
      SEATWISE_ASSIGN_OR_RETURN(item->violations.emplace_back(), ViolationFrom(violation));
    }
    return absl::OkStatus();
  };
  SEATWISE_RETURN_IF_ERROR(
      ForEachPage<v1::ListViolationsResponse>(client, "seatwise.v1.ReportService/ListViolations",
                                              request, [&](const v1::ListViolationsResponse& page) {
                                                for (const v1::ViolationRow& row : page.rows())
                                                  status.Update(add(row));
                                                return status.ok();
                                              }));
  return status;
}

absl::Status RemoteState::LoadSeats(Client& client, const std::string& tenant) {
  v1::ListSeatUsageRequest request;
  request.set_parent(TenantName(tenant));
  SEATWISE_RETURN_IF_ERROR(ForEachPage<v1::ListSeatUsageResponse>(
      client, "seatwise.v1.ReportService/ListSeatUsage", request,
      [this](const v1::ListSeatUsageResponse& page) {
        for (const v1::SeatUsageRow& row : page.rows()) seats_.push_back(SeatsFrom(row.seats()));
        return true;
      }));
  return seats_.size() == columns_.catalog.skus() ? absl::OkStatus() : Changed();
}

absl::Status RemoteState::LoadGroups(Client& client, const std::string& tenant) {
  for (GroupNo group = 0; group < columns_.groups.size(); ++group) {
    if (columns_.AssignmentsOf(group).empty()) continue;
    v1::GetGroupStatusRequest request;
    request.set_name(ChildName(tenant, "groups", columns_.groups[group]));
    SEATWISE_ASSIGN_OR_RETURN(const v1::GetGroupStatusResponse response,
                              client.Call<v1::GetGroupStatusResponse>(
                                  "seatwise.v1.ReportService/GetGroupStatus", request));
    groups_.push_back({.group = GroupId(response.group_id()),
                       .members = response.members(),
                       .fully_licensed = response.fully_licensed(),
                       .with_errors = response.with_errors()});
  }
  return absl::OkStatus();
}

absl::Status RemoteState::LoadCounts(Client& client, const std::string& tenant) {
  v1::GetTenantStatusRequest request;
  request.set_name(TenantName(tenant));
  SEATWISE_ASSIGN_OR_RETURN(const v1::GetTenantStatusResponse response,
                            client.Call<v1::GetTenantStatusResponse>(
                                "seatwise.v1.TenantService/GetTenantStatus", request));
  counts_ = {.granted = response.claims_granted(),
             .rejected = response.claims_rejected(),
             .users_with_claims = response.users_with_claims(),
             .users_with_errors = response.users_with_errors()};
  for (const std::vector<ClaimItem>& items : items_) {
    for (const ClaimItem& item : items) {
      for (const Violation& violation : item.violations) {
        ++counts_.items_by_code[static_cast<size_t>(CodeOf(violation))];
      }
    }
  }
  return absl::OkStatus();
}

uint32_t RemoteState::PlanSetNumber(const std::vector<std::string>& plan_ids) {
  PlanIdSet ids;
  for (const std::string& id : plan_ids) ids.emplace(id);
  return plan_sets_.Intern(columns_.catalog.BitsOf(ids));
}

void RemoteState::ForEachLicense(UserNo begin, UserNo end,
                                 absl::FunctionRef<void(const LicenseRow&)> visit) const {
  for (UserNo user = begin; user < end; ++user) {
    for (const LicenseRow& license : licenses_[user]) visit(license);
  }
}

// Groups come before the user itself here.
void RemoteState::ForEachItem(UserNo begin, UserNo end,
                              absl::FunctionRef<void(const ItemRow&)> visit) const {
  for (UserNo user = begin; user < end; ++user) {
    for (const bool direct : {false, true}) {
      for (const ClaimItem& item : items_[user]) {
        const auto* group = std::get_if<GroupId>(&item.source);
        if ((group == nullptr) != direct) continue;
        visit({.user = user,
               .direct = direct,
               .principal = direct ? user : columns_.groups.Find(group->value()).value_or(0),
               .sku = columns_.catalog.FindSku(item.sku.value()).value_or(0),
               .violations = MaskOf(item)});
      }
    }
  }
}

}  // namespace seatwise::cli
