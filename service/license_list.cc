#include "service/license_list.h"

#include <cstdint>
#include <optional>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "service/derived_to_proto.h"
#include "service/errors.h"
#include "service/license_reply.h"
#include "service/list_filters.h"
#include "service/user_pages.h"

namespace seatwise {
namespace {

// Which licenses the request is for.
struct Filter {
  std::optional<SkuNo> sku;
  uint32_t states = 0;  // Bit n: the LicenseState with value n.
  std::optional<uint32_t> group;

  bool Passes(const LiveLicense& license) const {
    return (!sku || license.sku == *sku) && (states >> static_cast<int>(license.state) & 1) != 0;
  }
};

constexpr LicenseState kStates[] = {LicenseState::kActive, LicenseState::kActiveWithError,
                                    LicenseState::kDisabled, LicenseState::kError};

// The states asked for as bits; all if none is named.
absl::StatusOr<uint32_t> StatesOf(const v1::ListEffectiveLicensesRequest& request) {
  uint32_t bits = 0;
  for (int i = 0; i < request.states_size(); ++i) {
    uint32_t bit = 0;
    for (LicenseState state : kStates) {
      if (ToProto(state) == request.states(i)) bit = uint32_t{1} << static_cast<int>(state);
    }
    if (bit == 0) {
      return FieldError(v1::OUT_OF_RANGE, absl::StrCat("states[", i, "]"), "is no state");
    }
    bits |= bit;
  }
  return request.states_size() == 0 ? ~uint32_t{0} : bits;
}

absl::StatusOr<Filter> FilterOf(const LiveState& live, absl::string_view tenant,
                                const v1::ListEffectiveLicensesRequest& request) {
  if (request.unlicensed() && (!request.sku_id().empty() || request.states_size() > 0)) {
    return FieldError(v1::CONTRADICTION, "unlicensed",
                      "asks for users without licenses; leave out sku_id and states");
  }
  Filter filter;
  SEATWISE_ASSIGN_OR_RETURN(filter.states, StatesOf(request));
  SEATWISE_ASSIGN_OR_RETURN(filter.sku, SkuFilter(live, tenant, request.sku_id()));
  SEATWISE_ASSIGN_OR_RETURN(filter.group, GroupFilter(live, tenant, request.group_id()));
  return filter;
}

bool HoldsNothing(const LiveState& live, uint32_t user) {
  bool holds = false;
  live.ForEachLicense(user, [&](const LiveLicense& license) {
    holds = holds || license.state != LicenseState::kError;
  });
  return !holds;
}

}  // namespace

absl::StatusOr<std::string> FillLicensePage(const LiveState& live, const FactsView& facts,
                                            absl::string_view tenant,
                                            const v1::ListEffectiveLicensesRequest& request,
                                            absl::string_view place, size_t page_size,
                                            v1::ListEffectiveLicensesResponse& reply) {
  SEATWISE_ASSIGN_OR_RETURN(const Filter filter, FilterOf(live, tenant, request));
  const auto unlicensed = [&](uint32_t user, absl::string_view id, size_t skip, size_t room) {
    if (skip > 0 || !HoldsNothing(live, user)) return size_t{0};
    if (room > 0) reply.add_rows()->set_user_id(std::string(id));
    return size_t{1};
  };
  const auto licenses = [&](uint32_t user, absl::string_view id, size_t skip, size_t room) {
    size_t rows = 0;
    live.ForEachLicense(user, [&](const LiveLicense& license) {
      if (!filter.Passes(license)) return;
      if (rows >= skip && rows - skip < room) {
        v1::EffectiveLicenseRow& row = *reply.add_rows();
        row.set_user_id(std::string(id));
        FillLicense(live.catalog(), license, *row.mutable_license());
      }
      ++rows;
    });
    return rows;
  };
  SEATWISE_ASSIGN_OR_RETURN(std::string next,
                            request.unlicensed()
                                ? AddUserPage(live, filter.group, place, page_size, unlicensed)
                                : AddUserPage(live, filter.group, place, page_size, licenses));
  if (request.include_user_names()) {
    for (v1::EffectiveLicenseRow& row : *reply.mutable_rows()) {
      SEATWISE_RETURN_IF_ERROR(AddUserNames(facts, row.user_id(), row));
    }
  }
  return next;
}

}  // namespace seatwise
