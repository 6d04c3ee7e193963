#include "service/fix_to_proto.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <variant>

#include "service/facts_to_proto.h"
#include "service/names.h"

namespace seatwise {
namespace {

constexpr size_t kMostWaySteps = 20;  // Listed of a SeatWay.
constexpr int kMostGivingUpNamed = 5;

v1::Fix::Step::Kind ToProto(FixKind kind) {
  switch (kind) {
    case FixKind::kSetUsageLocation:
      return v1::Fix::Step::SET_USAGE_LOCATION;
    case FixKind::kDisablePlans:
      return v1::Fix::Step::DISABLE_PLANS;
    case FixKind::kEnablePlans:
      return v1::Fix::Step::ENABLE_PLANS;
    case FixKind::kDropAssignment:
      return v1::Fix::Step::DROP_ASSIGNMENT;
    case FixKind::kAssign:
      return v1::Fix::Step::ASSIGN;
    case FixKind::kBuySeats:
      return v1::Fix::Step::BUY_SEATS;
    case FixKind::kRenewSubscription:
      return v1::Fix::Step::RENEW_SUBSCRIPTION;
    case FixKind::kDropAddress:
      return v1::Fix::Step::DROP_ADDRESS;
    case FixKind::kLeaveGroup:
      return v1::Fix::Step::LEAVE_GROUP;
    case FixKind::kTakeOver:
      return v1::Fix::Step::TAKE_OVER_SUBSCRIPTION;
    case FixKind::kLowerPriority:
      return v1::Fix::Step::LOWER_PRIORITY;
  }
  return v1::Fix::Step::KIND_UNSPECIFIED;
}

v1::SeatWay::Kind ToProto(SeatWayKind kind) {
  switch (kind) {
    case SeatWayKind::kBuy:
      return v1::SeatWay::BUY_SEATS;
    case SeatWayKind::kRenew:
      return v1::SeatWay::RENEW_SUBSCRIPTION;
    case SeatWayKind::kTakeOver:
      return v1::SeatWay::TAKE_OVER_SUBSCRIPTION;
    case SeatWayKind::kTakeFromBlocked:
      return v1::SeatWay::TAKE_FROM_BLOCKED;
    case SeatWayKind::kTakeFromGuests:
      return v1::SeatWay::TAKE_FROM_GUESTS;
    case SeatWayKind::kLowerPriority:
      return v1::SeatWay::LOWER_PRIORITY;
  }
  return v1::SeatWay::KIND_UNSPECIFIED;
}

template <typename Id>
void AddIds(const std::vector<Id>& ids, google::protobuf::RepeatedPtrField<std::string>* out) {
  for (const Id& id : ids) *out->Add() = id.value();
}

v1::FixEffect ToProto(const FixEffect& effect) {
  v1::FixEffect out;
  AddIds(effect.gained_skus, out.mutable_gained_sku_ids());
  AddIds(effect.lost_skus, out.mutable_lost_sku_ids());
  AddIds(effect.lost_plans, out.mutable_lost_plan_ids());
  out.set_others_gaining(effect.others_gaining);
  out.set_others_losing(effect.others_losing);
  AddIds(effect.losing, out.mutable_losing_user_ids());
  return out;
}

v1::Fix::Step ToProto(absl::string_view tenant, const FixStep& step) {
  v1::Fix::Step out;
  out.set_kind(ToProto(step.kind));
  *out.mutable_change() = ToProto(tenant, step.change);
  AddIds(step.plans, out.mutable_plan_ids());
  out.set_units(step.units);
  return out;
}

}  // namespace

v1::Change ToProto(absl::string_view tenant, const Change& change) {
  v1::Change out;
  if (const auto* put = std::get_if<Put>(&change)) {
    *out.mutable_put() = ToBareProto(put->fact);
    return out;
  }
  const Delete& deletion = std::get<Delete>(change);
  out.mutable_delete_()->set_name(NameOf(tenant, deletion.key));
  out.mutable_delete_()->set_cascade(deletion.cascade);
  return out;
}

v1::Fix ToProto(absl::string_view tenant, const Fix& fix) {
  v1::Fix out;
  for (const FixStep& step : fix.steps) *out.add_steps() = ToProto(tenant, step);
  out.set_granted(fix.granted);
  *out.mutable_effect() = ToProto(fix.effect);
  return out;
}

v1::SeatWay ToProto(absl::string_view tenant, const SeatWay& way, const SeatUsage& seats) {
  v1::SeatWay out;
  out.set_kind(ToProto(way.kind));
  const size_t listed = std::min(kMostWaySteps, way.steps.size());
  for (size_t i = 0; i < listed; ++i) *out.add_steps() = ToProto(tenant, way.steps[i]);
  out.set_more_steps(static_cast<int32_t>(way.steps.size() - listed));
  out.set_units(way.units);
  out.set_holders(way.holders);
  if (way.looked_at < seats.consumed) out.set_holders_looked_at(way.looked_at);
  out.set_giving_up(static_cast<int64_t>(way.taken_from.size()));
  for (const UserId& user : way.taken_from) {
    if (out.giving_up_user_ids_size() == kMostGivingUpNamed) break;
    out.add_giving_up_user_ids(user.value());
  }
  out.set_seated(way.seated);
  out.set_waiting(seats.waiting);
  out.set_losing(way.losing);
  AddIds(way.losing_sample, out.mutable_losing_user_ids());
  return out;
}

}  // namespace seatwise
