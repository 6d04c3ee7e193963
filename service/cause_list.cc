#include "service/cause_list.h"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/types/span.h"
#include "base/check.h"
#include "base/status_macros.h"
#include "engine/model/change.h"
#include "engine/model/validate.h"
#include "engine/plan/cleared.h"
#include "engine/plan/fixes.h"
#include "engine/plan/seat_ways.h"
#include "engine/report/violation_causes.h"
#include "service/derived_to_proto.h"
#include "service/errors.h"
#include "service/fix_to_proto.h"
#include "service/list_filters.h"
#include "service/message_names.h"
#include "service/report_pages.h"

namespace seatwise {
namespace {

constexpr int64_t kMostTouched = 200'000;  // Users that an idea may reach, to be tried.

// What reaches more than so many times the users of a cause is not for their sake: it is tried only
// if nothing else is found, and for few users only if it does not reach very many.
constexpr int64_t kTouchedForEachUser = 20;
constexpr int64_t kTouchedForFew = 1'000;

FixLimits LimitsFor(int64_t users, Time now) {
  const int64_t due = std::min(kTouchedForEachUser * users, kMostTouched);
  const int64_t most = std::max(due, kTouchedForFew);
  return {.most_touched = most,
          .most_touched_once_found = due,
          .most_touched_in_all = 4 * most,
          .now = now};
}

absl::StatusOr<ViolationMask> CodesOf(const v1::ListViolationCausesRequest& request) {
  if (request.codes().empty()) return static_cast<ViolationMask>(~0);
  ViolationMask codes = 0;
  for (int i = 0; i < request.codes_size(); ++i) {
    // The API counts from 1.
    const int code = request.codes(i) - 1;
    if (code < 0 || code >= kViolationCodes) {
      return FieldError(v1::OUT_OF_RANGE, absl::StrCat("codes[", i, "]"), "is no violation");
    }
    codes = static_cast<ViolationMask>(codes | 1 << code);
  }
  return codes;
}

absl::StatusOr<CauseFilter> FilterOf(const ExplainedState& state,
                                     const v1::ListViolationCausesRequest& request) {
  CauseFilter filter;
  SEATWISE_ASSIGN_OR_RETURN(filter.codes, CodesOf(request));
  SEATWISE_ASSIGN_OR_RETURN(filter.sku, SkuFilter(*state.live, state.tenant, request.sku_id()));
  SEATWISE_ASSIGN_OR_RETURN(filter.group,
                            GroupFilter(*state.live, state.tenant, request.group_id()));
  return filter;
}

using Causes = std::vector<ViolationCause>;

// What the list of causes is kept under.
std::string KeyOf(const CauseFilter& filter) {
  const auto number = [](const auto& no) { return no ? absl::StrCat(*no) : ""; };
  return absl::StrCat("causes ", filter.codes, " ", number(filter.sku), " ", number(filter.group));
}

// With all users of each cause, to count those that a fix heals.
std::shared_ptr<const Causes> ListOf(const LiveState& live, const CauseFilter& filter,
                                     const std::string& key, const CausePage& page) {
  if (page.lists != nullptr && page.begin > 0) {
    if (auto kept = page.lists->Find<Causes>(key)) return kept;
  }
  return std::make_shared<const Causes>(CausesOf(live, filter, SIZE_MAX));
}

v1::ViolationCause ToProto(const LiveState& live, const ViolationCause& cause, size_t sample_size) {
  v1::ViolationCause out;
  out.set_code(ToProto(cause.code));
  if (cause.group) out.set_group_id(std::string(live.GroupIdOf(*cause.group)));
  out.set_direct(cause.direct);
  if (cause.sku) out.set_sku_id(live.catalog().sku(*cause.sku).id.value());
  *out.mutable_details() = ToProto(cause.details);
  for (const SkuId& sku : cause.fallen) out.add_fallen_sku_ids(sku.value());
  out.set_users(cause.users);
  for (size_t i = 0; i < std::min(sample_size, cause.sample.size()); ++i) {
    out.add_sample_user_ids(std::string(live.UserIdOf(cause.sample[i])));
  }
  return out;
}

// How many of the cause's users the fix rids of it.
absl::StatusOr<int64_t> ClearedBy(const Fix& fix, const ViolationCause& cause,
                                  const ExplainedState& state, Executor& executor) {
  ChangeSet changes;
  for (const FixStep& step : fix.steps) changes.changes.push_back(step.change);
  SEATWISE_ASSIGN_OR_RETURN(const ValidationResult valid,
                            Validate(std::move(changes), state.facts));
  SEATWISE_CHECK(valid.changes.has_value()) << "a fix that was tried is not valid";
  const Prepared prepared = Prepare(state.live, *valid.changes, executor);
  Trouble trouble = {.code = cause.code, .group = cause.group, .direct = cause.direct};
  if (cause.sku) trouble.sku = state.live->catalog().sku(*cause.sku).id;
  return CountWithout(*prepared.state, trouble, cause.sample);
}

// Who waits for the seat in this claim stands there (O8); 0 if it waits for none.
int64_t PlaceOf(const LiveState& live, const ClaimName& claim, const SkuId& sku) {
  for (const ClaimItem& item : live.Explain(claim.user)) {
    if (!claim.Has(item) || item.sku != sku) continue;
    for (const Violation& violation : item.violations) {
      if (const auto* count = std::get_if<Count>(&violation)) return count->place;
    }
  }
  return 0;
}

// K6: whatever else gives seats to some who wait.
absl::Status AddSeatWays(const ViolationCause& cause, const ClaimName& claim,
                         absl::Span<const Fix> shown, const ExplainedState& state,
                         Executor& executor, v1::ViolationCause& out) {
  const LiveState& live = *state.live;
  const SeatWish wish = {
      .sku = cause.sku.value(), .claim = claim, .seats = PlaceOf(live, claim, cause.example.sku)};
  if (wish.seats == 0) return absl::OkStatus();
  SEATWISE_ASSIGN_OR_RETURN(
      const SeatWays found,
      FindSeatWays(state.live, state.facts, wish, shown, executor,
                   {.most_looked_at = SIZE_MAX, .most_touched = kMostTouched}));
  for (const SeatWay& way : found.ways) {
    *out.add_seat_ways() = ToProto(state.tenant, way, live.SeatsOf(wish.sku));
  }
  return absl::OkStatus();
}

// The claim that a fix is looked for: of the example, but of the last one who waits for a seat, so
// that there are enough for all.
ClaimName ClaimToHeal(const LiveState& live, const ViolationCause& cause) {
  if (cause.code != ViolationCode::kCount) {
    return ClaimOf(live, cause.sample.front(), cause.example);
  }
  const uint32_t last = cause.sample.back();
  for (const ClaimItem& item : live.Explain(last)) {
    const bool waits =
        std::any_of(item.violations.begin(), item.violations.end(),
                    [](const Violation& v) { return std::holds_alternative<Count>(v); });
    if (item.sku == cause.example.sku && waits) return ClaimOf(live, last, item);
  }
  return ClaimOf(live, cause.sample.front(), cause.example);
}

absl::Status AddFix(const ViolationCause& cause, const ExplainedState& state, Executor& executor,
                    v1::ViolationCause& out) {
  const ClaimName claim = ClaimToHeal(*state.live, cause);
  SEATWISE_ASSIGN_OR_RETURN(
      const FoundFixes found,
      FindFixes(state.live, state.facts, claim, executor, LimitsFor(cause.users, state.now)));
  out.set_fix_searched(true);
  if (cause.code == ViolationCode::kCount) {
    const size_t shown = std::min<size_t>(1, found.fixes.size());
    SEATWISE_RETURN_IF_ERROR(
        AddSeatWays(cause, claim, {found.fixes.data(), shown}, state, executor, out));
  }
  if (found.fixes.empty()) return absl::OkStatus();
  *out.mutable_fix() = ToProto(state.tenant, found.fixes.front());
  SEATWISE_ASSIGN_OR_RETURN(const int64_t cleared,
                            ClearedBy(found.fixes.front(), cause, state, executor));
  out.set_fix_clears_users(cleared);
  return absl::OkStatus();
}

void AddSeats(const LiveState& live, v1::ListViolationCausesResponse& reply) {
  std::set<std::string> short_skus;
  for (const v1::ViolationCause& cause : reply.causes()) {
    if (cause.code() == v1::COUNT_VIOLATION) short_skus.insert(cause.sku_id());
  }
  for (const std::string& id : short_skus) {
    *reply.add_seats() = ToProto(live.SeatsOf(live.FindSku(id).value()));
  }
}

}  // namespace

absl::StatusOr<bool> FillCauses(const ExplainedState& state,
                                const v1::ListViolationCausesRequest& request,
                                const CausePage& page, Executor& executor,
                                v1::ListViolationCausesResponse& reply) {
  const LiveState& live = *state.live;
  SEATWISE_ASSIGN_OR_RETURN(const CauseFilter filter, FilterOf(state, request));
  SEATWISE_ASSIGN_OR_RETURN(const size_t sample, UserSampleOf(request.sample_size()));
  const std::string key = absl::StrCat(page.key, KeyOf(filter));
  const std::shared_ptr<const Causes> list = ListOf(live, filter, key, page);
  const Causes& causes = *list;
  const size_t end = std::min(causes.size(), page.begin + page.most);
  for (size_t i = page.begin; i < end; ++i) {
    v1::ViolationCause& out = *reply.add_causes();
    out = ToProto(live, causes[i], sample);
    if (!request.include_fixes() || page.fixes_until.Passed()) continue;
    SEATWISE_RETURN_IF_ERROR(AddFix(causes[i], state, executor, out));
  }
  AddSeats(live, reply);
  SEATWISE_RETURN_IF_ERROR(FillNames(live.catalog(), state.facts, reply, *reply.mutable_names()));
  const bool more = end < causes.size();
  if (page.lists != nullptr) page.lists->PageWasRead(key, list, more);
  return more;
}

}  // namespace seatwise
