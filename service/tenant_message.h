// A tenant as callers see it: its settings, which are a fact, and what lies beside the facts.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/model/facts.h"
#include "seatwise/v1/tenant.pb.h"
#include "service/tenant.h"

namespace seatwise {

// The name for people, which the store keeps as a document of the tenant.
absl::StatusOr<std::string> DisplayNameOf(Store& store, TenantNumber tenant);
absl::Status SetDisplayName(Tenant& tenant, absl::string_view display_name);

// The resource.
v1::Tenant TenantMessage(const TenantEntry& entry, const TenantSettings& settings,
                         absl::string_view display_name);

// MALFORMED for one that is too long or not UTF-8.
absl::Status CheckDisplayName(absl::string_view display_name);

// The settings of a snapshot.
absl::StatusOr<TenantSettings> SettingsOf(const FactsSnapshot& facts);

}  // namespace seatwise
