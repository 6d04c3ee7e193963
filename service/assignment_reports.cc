#include "service/assignment_reports.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "base/clock.h"
#include "base/executor.h"
#include "base/status_macros.h"
#include "engine/incremental/live_state.h"
#include "engine/model/account_flags.h"
#include "engine/model/catalog.h"
#include "engine/report/redundant_assignments.h"
#include "engine/report/superfluous.h"
#include "service/derived_to_proto.h"
#include "service/errors.h"
#include "service/list_filters.h"
#include "service/message_names.h"
#include "service/report_pages.h"
#include "service/user_pages.h"
#include "storage/facts_snapshot.h"

namespace seatwise {
namespace {

// After so long a page ends, however few rows it has.
constexpr std::chrono::milliseconds kTrialTime{500};

// Places in the list of redundant assignments: that of a user page is behind "u".
constexpr char kUsers[] = "u";

v1::DoubleAssignment ToProto(const LiveState& live, absl::string_view user,
                             const DoubleAssignment& found) {
  v1::DoubleAssignment row;
  row.set_user_id(std::string(user));
  row.set_sku_id(live.catalog().sku(found.sku).id.value());
  for (const uint32_t group : found.groups) row.add_group_ids(std::string(live.GroupIdOf(group)));
  row.set_state(ToProto(found.state));
  row.set_direct_granted(found.direct_granted);
  for (const PlanId& plan : live.catalog().IdsOf(found.added_plans)) {
    row.add_added_plan_ids(plan.value());
  }
  return row;
}

// A page of redundant assignments.
class RedundantPage {
 public:
  RedundantPage(const TenantState& state, std::optional<SkuNo> sku, size_t rows,
                v1::ListRedundantAssignmentsResponse& reply)
      : live_(*state.live),
        redundant_(state.live, *state.facts, executor_),
        sku_(sku),
        rows_(rows),
        reply_(reply) {}

  absl::StatusOr<std::string> Fill(absl::string_view place) {
    if (absl::ConsumePrefix(&place, kUsers)) return Users(place);
    // Else it is a number of assignments behind a group, "2:sales", or the beginning.
    size_t skip = 0;
    const size_t colon = place.find(':');
    if (!place.empty() &&
        (colon == absl::string_view::npos || !absl::SimpleAtoi(place.substr(0, colon), &skip))) {
      return InvalidPageTokenError();
    }
    return Groups(place.empty() ? place : place.substr(colon + 1), skip);
  }

 private:
  bool is_full() const {
    return static_cast<size_t>(reply_.rows_size()) >= rows_ || until_.Passed();
  }

  absl::StatusOr<std::string> Groups(absl::string_view from, size_t skip) {
    uint32_t group = UINT32_MAX;
    size_t in_group = 0;
    for (const LiveAssignee& each : redundant_.OfGroups(from, sku_)) {
      in_group = each.principal == group ? in_group + 1 : 0;
      group = each.principal;
      const absl::string_view id = live_.GroupIdOf(group);
      if (id == from && in_group < skip) continue;
      // One at least: else the list would never end.
      if (tried_ && is_full()) return absl::StrCat(in_group, ":", id);
      SEATWISE_RETURN_IF_ERROR(Try(each));
    }
    return is_full() ? std::string(kUsers) : Users("");
  }

  absl::StatusOr<std::string> Users(absl::string_view place) {
    absl::Status status;
    SEATWISE_ASSIGN_OR_RETURN(
        const std::string next,
        AddUserPage(live_, std::nullopt, place,
                    {.rows = rows_ - static_cast<size_t>(reply_.rows_size())},
                    [&](uint32_t user, absl::string_view, size_t skip, size_t room) {
                      return OfUser(user, skip, room, status);
                    }));
    SEATWISE_RETURN_IF_ERROR(status);
    return next.empty() ? next : absl::StrCat(kUsers, next);
  }

  AddedRows OfUser(uint32_t user, size_t skip, size_t room, absl::Status& status) {
    AddedRows added;
    const int before = reply_.rows_size();
    for (const LiveAssignee& each : redundant_.OfUser(user, sku_)) {
      // What is behind the page is not tried: that there may be more is enough.
      if (added.rows > skip + room) break;
      if (added.rows == skip + room || !status.ok()) {
        ++added.rows;
        break;
      }
      const int rows = reply_.rows_size();
      status = Try(each);
      const bool found = reply_.rows_size() > rows;
      if (found && added.rows < skip) reply_.mutable_rows()->RemoveLast();
      added.rows += found ? 1 : 0;
    }
    for (int i = before; i < reply_.rows_size(); ++i) added.bytes += reply_.rows(i).ByteSizeLong();
    // Ends the page behind this user.
    if (until_.Passed()) added.bytes = SIZE_MAX;
    return added;
  }

  absl::Status Try(const LiveAssignee& each) {
    tried_ = true;
    SEATWISE_ASSIGN_OR_RETURN(const bool redundant, redundant_.IsRedundant(each));
    if (!redundant) return absl::OkStatus();
    v1::RedundantAssignment& row = *reply_.add_rows();
    if (each.direct) {
      row.mutable_principal()->set_user_id(std::string(live_.UserIdOf(each.principal)));
    } else {
      row.mutable_principal()->set_group_id(std::string(live_.GroupIdOf(each.principal)));
    }
    row.set_sku_id(live_.catalog().sku(each.sku).id.value());
    row.set_users(redundant_.UsersOf(each));
    return absl::OkStatus();
  }

  const LiveState& live_;
  InlineExecutor executor_;
  const RedundantAssignments redundant_;
  const std::optional<SkuNo> sku_;
  const size_t rows_;
  v1::ListRedundantAssignmentsResponse& reply_;
  const Deadline until_ = Deadline::After(kTrialTime);
  bool tried_ = false;
};

v1::AccountKind KindOf(AccountFlags account) {
  if (account.blocked) return v1::BLOCKED;
  return account.guest ? v1::GUEST : v1::ACCOUNT_KIND_UNSPECIFIED;
}

// What an account of this kind holds.
AddedRows AddHeld(const LiveState& live, uint32_t user, absl::string_view id,
                  std::optional<SkuNo> sku, size_t skip, size_t room,
                  v1::ListBlockedAndGuestLicensesResponse& reply) {
  std::vector<SkuNo> direct;
  live.ForEachItem(user, [&](const LiveItem& item) {
    if (item.direct) direct.push_back(item.sku);
  });
  AddedRows added;
  live.ForEachLicense(user, [&](const LiveLicense& license) {
    if (license.state == LicenseState::kError || (sku && license.sku != *sku)) return;
    if (added.rows++ < skip || added.rows > skip + room) return;
    v1::BlockedOrGuestLicense& row = *reply.add_rows();
    row.set_user_id(std::string(id));
    row.set_kind(KindOf(live.AccountOf(user)));
    row.set_guest(live.AccountOf(user).guest);
    row.set_sku_id(live.catalog().sku(license.sku).id.value());
    row.set_state(ToProto(license.state));
    row.set_direct(std::find(direct.begin(), direct.end(), license.sku) != direct.end());
    added.bytes += row.ByteSizeLong();
  });
  return added;
}

}  // namespace

absl::StatusOr<std::string> FillDoubleAssignments(const TenantState& state,
                                                  absl::string_view tenant,
                                                  const v1::ListDoubleAssignmentsRequest& request,
                                                  absl::string_view place, size_t page_size,
                                                  v1::ListDoubleAssignmentsResponse& reply) {
  const LiveState& live = *state.live;
  SEATWISE_ASSIGN_OR_RETURN(const std::optional<SkuNo> sku,
                            SkuFilter(live, tenant, request.sku_id()));
  const auto add = [&](uint32_t user, absl::string_view id, size_t skip, size_t room) {
    AddedRows added;
    for (const DoubleAssignment& found : DoubleAssignmentsOf(live, user)) {
      if (sku && found.sku != *sku) continue;
      if (added.rows >= skip && added.rows - skip < room) {
        *reply.add_rows() = ToProto(live, id, found);
        added.bytes += reply.rows(reply.rows_size() - 1).ByteSizeLong();
      }
      ++added.rows;
    }
    return added;
  };
  SEATWISE_ASSIGN_OR_RETURN(std::string next,
                            AddUserPage(live, std::nullopt, place, {.rows = page_size}, add));
  SEATWISE_RETURN_IF_ERROR(FillNames(live.catalog(), *state.facts, reply, *reply.mutable_names()));
  return next;
}

absl::StatusOr<std::string> FillRedundantAssignments(
    const TenantState& state, absl::string_view tenant,
    const v1::ListRedundantAssignmentsRequest& request, absl::string_view place, size_t page_size,
    v1::ListRedundantAssignmentsResponse& reply) {
  SEATWISE_ASSIGN_OR_RETURN(const std::optional<SkuNo> sku,
                            SkuFilter(*state.live, tenant, request.sku_id()));
  SEATWISE_ASSIGN_OR_RETURN(std::string next,
                            RedundantPage(state, sku, page_size, reply).Fill(place));
  SEATWISE_RETURN_IF_ERROR(
      FillNames(state.live->catalog(), *state.facts, reply, *reply.mutable_names()));
  return next;
}

absl::StatusOr<std::string> FillOverlappingSkus(const TenantState& state, absl::string_view tenant,
                                                const v1::ListOverlappingSkusRequest& request,
                                                absl::string_view place, size_t page_size,
                                                v1::ListOverlappingSkusResponse& reply) {
  const LiveState& live = *state.live;
  SEATWISE_ASSIGN_OR_RETURN(const std::optional<SkuNo> sku,
                            SkuFilter(live, tenant, request.sku_id()));
  SEATWISE_ASSIGN_OR_RETURN(const size_t sample, UserSampleOf(request.sample_size()));
  const auto add = [&](const SkuOverlap& overlap) {
    v1::OverlappingSkus& row = *reply.add_rows();
    row.set_sku_id(live.catalog().sku(overlap.sku).id.value());
    row.set_within_sku_id(live.catalog().sku(overlap.within).id.value());
    row.set_users(overlap.users);
    for (const uint32_t user : overlap.sample) {
      row.add_sample_user_ids(std::string(live.UserIdOf(user)));
    }
  };
  SEATWISE_ASSIGN_OR_RETURN(std::string next,
                            AddRowsFrom(SkuOverlapsOf(live, sku, sample), place, page_size, add));
  SEATWISE_RETURN_IF_ERROR(FillNames(live.catalog(), *state.facts, reply, *reply.mutable_names()));
  return next;
}

absl::StatusOr<std::string> FillBlockedAndGuestLicenses(
    const TenantState& state, absl::string_view tenant,
    const v1::ListBlockedAndGuestLicensesRequest& request, absl::string_view place,
    size_t page_size, v1::ListBlockedAndGuestLicensesResponse& reply) {
  const LiveState& live = *state.live;
  if (!v1::AccountKind_IsValid(request.kind())) {
    return FieldError(v1::OUT_OF_RANGE, "kind", "is no kind of account");
  }
  SEATWISE_ASSIGN_OR_RETURN(const std::optional<SkuNo> sku,
                            SkuFilter(live, tenant, request.sku_id()));
  const auto add = [&](uint32_t user, absl::string_view id, size_t skip, size_t room) {
    const v1::AccountKind kind = KindOf(live.AccountOf(user));
    const bool wanted = request.kind() == v1::ACCOUNT_KIND_UNSPECIFIED || request.kind() == kind;
    if (kind == v1::ACCOUNT_KIND_UNSPECIFIED || !wanted) return AddedRows();
    return AddHeld(live, user, id, sku, skip, room, reply);
  };
  SEATWISE_ASSIGN_OR_RETURN(std::string next,
                            AddUserPage(live, std::nullopt, place, {.rows = page_size}, add));
  SEATWISE_RETURN_IF_ERROR(FillNames(live.catalog(), *state.facts, reply, *reply.mutable_names()));
  return next;
}

}  // namespace seatwise
