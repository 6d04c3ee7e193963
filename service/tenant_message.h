// A tenant as callers see it: its settings, which are a fact, and what lies beside the facts.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/model/facts.h"
#include "seatwise/v1/tenant.pb.h"
#include "service/tenant.h"

namespace seatwise {

// What is said of a tenant beside the facts; the store keeps it as documents.
struct TenantNotes {
  std::string display_name;
  std::optional<int32_t> max_removed_percent;  // Of the removal guard, where a request names none.

  friend bool operator==(const TenantNotes&, const TenantNotes&) = default;
};
absl::StatusOr<TenantNotes> NotesOf(Store& store, TenantNumber tenant);
// Writes what differs from what is there, durable on return.
absl::Status SetNotes(Tenant& tenant, const TenantNotes& notes);

// The resource.
v1::Tenant TenantMessage(const TenantEntry& entry, const TenantSettings& settings,
                         const TenantNotes& notes);

// The notes in a resource. MALFORMED for a name that is too long or not UTF-8, OUT_OF_RANGE for a
// limit.
absl::StatusOr<TenantNotes> NotesFrom(const v1::Tenant& tenant);

// The limit of the removal guard: what a request asks for, else the tenant's; nothing if neither
// has one.
absl::StatusOr<std::optional<int32_t>> RemovalLimitIn(const Tenant& tenant,
                                                      std::optional<int32_t> asked);

// The settings of a snapshot.
absl::StatusOr<TenantSettings> SettingsOf(const FactsSnapshot& facts);

}  // namespace seatwise
