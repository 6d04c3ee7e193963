#include "service/license_list.h"

#include <cstdint>
#include <optional>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "service/derived_to_proto.h"
#include "service/errors.h"
#include "service/license_wire.h"
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

// Adds the rows of users to a page.
class Rows {
 public:
  Rows(const LiveState& live, const FactsView& facts, const Filter& filter, bool with_names,
       std::string& bytes)
      : live_(live), facts_(facts), filter_(filter), with_names_(with_names), bytes_(bytes) {}

  // AddRows of user_pages.h, for the two kinds of lists.
  AddedRows AddUnlicensed(uint32_t user, absl::string_view id, size_t skip, size_t room) {
    if (skip > 0 || !HoldsNothing(live_, user)) return {};
    const size_t before = bytes_.size();
    if (room > 0) Add(id, 0, nullptr);
    return {.rows = 1, .bytes = bytes_.size() - before};
  }
  AddedRows AddLicenses(uint32_t user, absl::string_view id, size_t skip, size_t room) {
    const size_t before = bytes_.size();
    size_t rows = 0;
    size_t added = 0;
    live_.ForEachLicense(user, [&](const LiveLicense& license) {
      if (!filter_.Passes(license)) return;
      if (rows >= skip && added < room) Add(id, added++, &license);
      ++rows;
    });
    return {.rows = rows, .bytes = bytes_.size() - before};
  }

  // What went wrong with names.
  const absl::Status& status() const { return status_; }

 private:
  // `nth` of the rows of this user that are on this page.
  void Add(absl::string_view id, size_t nth, const LiveLicense* license) {
    // A name is looked up in the store once for all rows of a user.
    if (with_names_ && nth == 0) {
      names_.Clear();
      status_.Update(AddUserNames(facts_, id, names_));
    }
    AppendLicenseRow(live_, {id, names_.user_principal_name(), names_.display_name()}, license,
                     bytes_);
  }

  const LiveState& live_;
  const FactsView& facts_;
  const Filter& filter_;
  const bool with_names_;
  std::string& bytes_;
  v1::EffectiveLicenseRow names_;
  absl::Status status_;
};

}  // namespace

absl::StatusOr<std::string> FillLicensePage(const LiveState& live, const FactsView& facts,
                                            absl::string_view tenant,
                                            const v1::ListEffectiveLicensesRequest& request,
                                            absl::string_view place, size_t page_size,
                                            LicensePage& page) {
  SEATWISE_ASSIGN_OR_RETURN(const Filter filter, FilterOf(live, tenant, request));
  Rows rows(live, facts, filter, request.include_user_names(), page.rows);
  const auto add = [&](uint32_t user, absl::string_view id, size_t skip, size_t room) {
    return request.unlicensed() ? rows.AddUnlicensed(user, id, skip, room)
                                : rows.AddLicenses(user, id, skip, room);
  };
  SEATWISE_ASSIGN_OR_RETURN(std::string next,
                            AddUserPage(live, filter.group, place, {.rows = page_size}, add));
  SEATWISE_RETURN_IF_ERROR(rows.status());
  return next;
}

}  // namespace seatwise
