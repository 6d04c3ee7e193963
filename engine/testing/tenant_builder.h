// Small tenants for tests, spelled briefly. Names are ids; plain numbers are times in microseconds.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>

#include "engine/model/facts.h"

namespace seatwise {

// Collects facts; every call adds one and answers the builder. `facts` may be changed by hand, too.
class TenantBuilder {
 public:
  using Names = std::initializer_list<const char*>;

  Facts facts;

  TenantBuilder() {
    facts.settings.default_usage_location = *Location::Parse("US");
    facts.settings.nested_groups = true;
  }

  TenantBuilder& Atomic() {
    facts.settings.assignment_mode = AssignmentMode::kGroupAtomic;
    return *this;
  }
  TenantBuilder& Plans(Names names) {
    for (const char* name : names) facts.plans.push_back({.id = PlanId(name)});
    return *this;
  }
  TenantBuilder& UniqueAddressPlan(const char* name) {
    facts.plans.push_back({.id = PlanId(name), .unique_address = true});
    return *this;
  }
  // With one subscription of `seats` units.
  TenantBuilder& Sku(const char* name, Names plans, int64_t seats,
                     SubscriptionStatus status = SubscriptionStatus::kEnabled) {
    facts.skus.push_back({.id = SkuId(name), .plans = Set(plans)});
    facts.subscriptions.push_back({.id = SubscriptionId(std::string("sub-") + name),
                                   .sku = SkuId(name),
                                   .units = seats,
                                   .status = status});
    return *this;
  }
  TenantBuilder& Conflict(const char* a, const char* b) {
    facts.conflicts.push_back({PlanId(a), PlanId(b)});
    return *this;
  }
  TenantBuilder& Requires(const char* plan, Names any_of) {
    facts.requirements.push_back({PlanId(plan), Set(any_of)});
    return *this;
  }
  TenantBuilder& Prohibited(const char* plan, const char* location) {
    facts.prohibitions.push_back({PlanId(plan), *Location::Parse(location)});
    return *this;
  }
  TenantBuilder& Users(Names names) {
    for (const char* name : names) facts.users.push_back({.id = UserId(name)});
    return *this;
  }
  TenantBuilder& UserIn(const char* name, const char* location) {
    facts.users.push_back({.id = UserId(name), .usage_location = *Location::Parse(location)});
    return *this;
  }
  TenantBuilder& UserWithAddress(const char* name, const char* address, int64_t created_at) {
    facts.users.push_back(
        {.id = UserId(name), .created_at = Time{created_at}, .proxy_addresses = {address}});
    return *this;
  }
  TenantBuilder& Groups(Names names) {
    for (const char* name : names) facts.groups.push_back({.id = GroupId(name)});
    return *this;
  }
  TenantBuilder& Member(const char* group, const char* user, int64_t added_at = 0) {
    facts.memberships.push_back({GroupId(group), UserId(user), Time{added_at}});
    return *this;
  }
  TenantBuilder& Nested(const char* group, const char* inner, int64_t added_at = 0) {
    facts.memberships.push_back({GroupId(group), GroupId(inner), Time{added_at}});
    return *this;
  }
  TenantBuilder& Assign(const char* group, const char* sku, Names disabled = {},
                        int32_t priority = 0, int64_t assigned_at = 0) {
    facts.assignments.push_back(
        {GroupId(group), SkuId(sku), Set(disabled), priority, Time{assigned_at}});
    return *this;
  }
  TenantBuilder& AssignUser(const char* user, const char* sku, Names disabled = {},
                            int32_t priority = 0, int64_t assigned_at = 0) {
    facts.assignments.push_back(
        {UserId(user), SkuId(sku), Set(disabled), priority, Time{assigned_at}});
    return *this;
  }

 private:
  static PlanIdSet Set(Names names) {
    PlanIdSet set;
    for (const char* name : names) set.insert(PlanId(name));
    return set;
  }
};

}  // namespace seatwise
