#include "service/explanation_reply.h"

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/types/span.h"
#include "base/status_macros.h"
#include "engine/model/fact_key.h"
#include "engine/model/location.h"
#include "engine/model/quoted.h"
#include "engine/plan/fixes.h"
#include "engine/plan/seat_ways.h"
#include "engine/report/explanation.h"
#include "service/derived_to_proto.h"
#include "service/errors.h"
#include "service/facts_to_proto.h"
#include "service/fix_to_proto.h"
#include "service/license_reply.h"
#include "service/message_names.h"
#include "service/names.h"
#include "service/timestamps.h"

namespace seatwise {
namespace {

constexpr size_t kMostNearUsers = 3;

// Of fixes of one user's claim: what reaches more users than this is not for its sake.
constexpr int64_t kMostTouchedOnceFound = 500;

v1::SourceExplanation ToProto(const LiveState& live, const SourceExplanation& source) {
  v1::SourceExplanation out;
  *out.mutable_item() = ToProto(source.item);
  for (const uint32_t group : source.path)
    out.add_path_group_ids(std::string(live.GroupIdOf(group)));
  AddPlanIds(live.catalog(), source.plans, out.mutable_plan_ids());
  AddPlanIds(live.catalog(), source.without_plans, out.mutable_disabled_plan_ids());
  out.set_priority(source.priority);
  *out.mutable_since() = ToTimestamp(source.since);
  *out.mutable_joined() = ToTimestamp(source.joined);
  if (!source.queue.has_value()) return out;
  v1::QueueExplanation& queue = *out.mutable_queue();
  queue.set_place(source.queue->place);
  queue.set_waiting(source.queue->waiting);
  for (const uint32_t user : source.queue->ahead) {
    queue.add_ahead_user_ids(std::string(live.UserIdOf(user)));
  }
  return out;
}

v1::LicenseExplanation ToProto(const LiveState& live, const LicenseExplanation& license) {
  v1::LicenseExplanation out;
  FillLicense(live.catalog(),
              {.sku = license.sku, .state = license.state, .enabled_plans = license.enabled_plans},
              *out.mutable_license());
  AddPlanIds(live.catalog(), live.catalog().user_plans(license.sku), out.mutable_sku_plan_ids());
  *out.mutable_seats() = ToProto(license.seats);
  for (const SourceExplanation& source : license.sources) {
    *out.add_sources() = ToProto(live, source);
  }
  return out;
}

// With users whose ids begin alike: people type what they remember.
absl::Status NoSuchUser(const ExplainedState& state, absl::string_view id) {
  std::vector<std::string> near;
  state.live->ForEachUserFrom(id, [&](uint32_t, absl::string_view other) {
    if (!absl::StartsWith(other, id)) return false;
    near.push_back(Quoted(other));
    return near.size() < kMostNearUsers;
  });
  const std::string name = NameOf(state.tenant, FactKey(UserId(id)));
  if (near.empty()) return NotFoundError(name);
  return ErrorOf(v1::NOT_FOUND,
                 absl::StrCat(Quoted(name), " does not exist; did you mean ",
                              absl::StrJoin(near, " or "), "?"),
                 {{"name", name}});
}

absl::Status FillUser(const ExplainedState& state, const UserId& id, v1::ExplainedUser& out) {
  SEATWISE_ASSIGN_OR_RETURN(const std::optional<Fact> fact, state.facts.Find(id));
  if (!fact.has_value()) return NotFoundError(NameOf(state.tenant, FactKey(id)));
  const User& user = std::get<User>(*fact);
  *out.mutable_user() = ToProto(state.tenant, user);
  const Location own = user.usage_location;
  out.set_effective_location(
      (own.empty() ? state.live->settings().default_usage_location : own).ToString());
  return absl::OkStatus();
}

// What else gives the claim the seat that `source` waits for.
absl::Status AddSeatWays(const ExplainedState& state, const ClaimName& claim,
                         absl::Span<const Fix> shown, Executor& executor,
                         v1::SourceExplanation& source) {
  const SkuNo sku = state.live->FindSku(source.item().sku_id()).value();
  const SeatWish wish = {
      .sku = sku, .claim = claim, .seats = source.queue().place(), .grants = true};
  SEATWISE_ASSIGN_OR_RETURN(const SeatWays found,
                            FindSeatWays(state.live, state.facts, wish, shown, executor, {}));
  for (const SeatWay& way : found.ways) {
    *source.add_seat_ways() = ToProto(state.tenant, way, state.live->SeatsOf(sku));
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status FillExplanation(const ExplainedState& state, absl::string_view user_id,
                             absl::string_view sku_id, v1::ExplainLicenseResponse& reply) {
  const LiveState& live = *state.live;
  const std::optional<uint32_t> user = live.FindUser(user_id);
  if (!user.has_value()) return NoSuchUser(state, user_id);
  std::optional<SkuNo> sku;
  if (!sku_id.empty()) {
    sku = live.FindSku(sku_id);
    if (!sku.has_value()) return NotFoundError(NameOf(state.tenant, FactKey(SkuId(sku_id))));
  }
  SEATWISE_RETURN_IF_ERROR(FillUser(state, UserId(user_id), *reply.mutable_user()));
  for (const LicenseExplanation& license : ExplainLicenses(live, *user, sku)) {
    *reply.add_licenses() = ToProto(live, license);
  }
  return FillNames(live.catalog(), state.facts, reply, *reply.mutable_names());
}

absl::Status AddFixes(const ExplainedState& state, Executor& executor,
                      v1::ExplainLicenseResponse& reply) {
  const std::string& user_id = reply.user().user().user_id();
  const uint32_t user = state.live->FindUser(user_id).value();
  // Items of one claim are healed together.
  std::map<std::pair<Principal, SkuId>, FoundFixes> found;
  for (v1::LicenseExplanation& license : *reply.mutable_licenses()) {
    for (v1::SourceExplanation& source : *license.mutable_sources()) {
      if (source.item().granted()) continue;
      const ClaimItem item = {.user = UserId(user_id),
                              .source = source.item().source().has_group_id()
                                            ? Principal(GroupId(source.item().source().group_id()))
                                            : Principal(UserId(user_id)),
                              .sku = SkuId(source.item().sku_id()),
                              .granted = false,
                              .violations = {}};
      const ClaimName claim = ClaimOf(*state.live, user, item);
      const auto [at, is_new] = found.try_emplace({claim.source, claim.sku});
      if (is_new) {
        SEATWISE_ASSIGN_OR_RETURN(
            at->second,
            FindFixes(state.live, state.facts, claim, executor,
                      {.most_touched_once_found = kMostTouchedOnceFound, .now = state.now}));
      }
      for (const Fix& fix : at->second.fixes) *source.add_fixes() = ToProto(state.tenant, fix);
      source.set_fixes_not_tried(static_cast<int32_t>(at->second.not_tried));
      if (!source.has_queue()) continue;
      SEATWISE_RETURN_IF_ERROR(AddSeatWays(state, claim, at->second.fixes, executor, source));
    }
  }
  reply.clear_names();
  return FillNames(state.live->catalog(), state.facts, reply, *reply.mutable_names());
}

}  // namespace seatwise
