// Facts as messages.
#pragma once

#include <string>

#include "absl/strings/string_view.h"
#include "engine/model/facts.h"
#include "seatwise/v1/assignment.pb.h"
#include "seatwise/v1/catalog.pb.h"
#include "seatwise/v1/directory.pb.h"
#include "seatwise/v1/fact.pb.h"
#include "seatwise/v1/tenant.pb.h"

namespace seatwise {

// A fact without `name` and `etag`: as exports have it. Equal facts are equal messages.
v1::TenantSettings ToBareProto(const TenantSettings& fact);
v1::ServicePlan ToBareProto(const ServicePlan& fact);
v1::Sku ToBareProto(const Sku& fact);
v1::PlanConflict ToBareProto(const PlanConflict& fact);
v1::PlanRequirement ToBareProto(const PlanRequirement& fact);
v1::PlanProhibition ToBareProto(const PlanProhibition& fact);
v1::Subscription ToBareProto(const Subscription& fact);
v1::User ToBareProto(const User& fact);
v1::Group ToBareProto(const Group& fact);
v1::Member ToBareProto(const Membership& fact);
v1::Assignment ToBareProto(const Assignment& fact);
v1::ObservedLicense ToBareProto(const Observed& fact);
v1::Fact ToBareProto(const Fact& fact);

// A resource as callers see it: with its name in `tenant`, and its etag.
v1::ServicePlan ToProto(absl::string_view tenant, const ServicePlan& fact);
v1::Sku ToProto(absl::string_view tenant, const Sku& fact);
v1::PlanConflict ToProto(absl::string_view tenant, const PlanConflict& fact);
v1::PlanRequirement ToProto(absl::string_view tenant, const PlanRequirement& fact);
v1::PlanProhibition ToProto(absl::string_view tenant, const PlanProhibition& fact);
v1::Subscription ToProto(absl::string_view tenant, const Subscription& fact);
v1::User ToProto(absl::string_view tenant, const User& fact);
v1::Group ToProto(absl::string_view tenant, const Group& fact);
v1::Member ToProto(absl::string_view tenant, const Membership& fact);
v1::Assignment ToProto(absl::string_view tenant, const Assignment& fact);
v1::ObservedLicense ToProto(absl::string_view tenant, const Observed& fact);

// The etag of a fact: equal for equal facts, different (but for an accident in 2^128) for others,
// and the same on every server.
std::string EtagOf(const Fact& fact);

}  // namespace seatwise
