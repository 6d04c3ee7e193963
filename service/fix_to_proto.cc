#include "service/fix_to_proto.h"

#include <string>
#include <variant>

#include "service/facts_to_proto.h"
#include "service/names.h"

namespace seatwise {
namespace {

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
  }
  return v1::Fix::Step::KIND_UNSPECIFIED;
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
  for (const FixStep& step : fix.steps) {
    v1::Fix::Step& added = *out.add_steps();
    added.set_kind(ToProto(step.kind));
    *added.mutable_change() = ToProto(tenant, step.change);
    AddIds(step.plans, added.mutable_plan_ids());
    added.set_units(step.units);
  }
  out.set_granted(fix.granted);
  *out.mutable_effect() = ToProto(fix.effect);
  return out;
}

}  // namespace seatwise
