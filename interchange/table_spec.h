// The tables of an interchange folder (semantics section 10): their files, their columns, and how
// enumerations are spelled. Reader and writer both go by this.
#pragma once

#include <cstddef>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "engine/model/limits.h"

namespace seatwise {

struct ColumnSpec {
  absl::string_view name;
  bool required = false;
};

// Key columns come first.
struct TableSpec {
  absl::string_view file;
  absl::Span<const ColumnSpec> columns;
  size_t max_rows = 0;
  bool attributes = false;  // Columns named attr:NAME may follow.
};

inline constexpr absl::string_view kAttributePrefix = "attr:";
inline constexpr absl::string_view kTenantFile = "tenant.json";

// Enumerations, by value.
inline constexpr absl::string_view kBoolNames[] = {"false", "true"};
inline constexpr absl::string_view kModeNames[] = {"SKU_INDEPENDENT", "GROUP_ATOMIC"};
inline constexpr absl::string_view kAppliesToNames[] = {"User", "Company"};
inline constexpr absl::string_view kStatusNames[] = {"Enabled", "Warning", "Suspended", "LockedOut",
                                                     "Deleted"};
inline constexpr absl::string_view kUserTypeNames[] = {"Member", "Guest"};
enum class PrincipalType { kUser, kGroup };
inline constexpr absl::string_view kPrincipalTypeNames[] = {"user", "group"};
inline constexpr absl::string_view kUnlimitedName = "unlimited";

// For each table, its columns as numbers and its spec.

struct SkuColumn {
  enum : int { kId, kPartNumber, kDisplayName, kOverageUnits };
  static constexpr ColumnSpec kSpecs[] = {
      {"sku_id", true}, {"part_number"}, {"display_name"}, {"overage_units"}};
};
inline constexpr TableSpec kSkuTable = {
    .file = "skus.csv", .columns = SkuColumn::kSpecs, .max_rows = kMaxSkus};

struct PlanColumn {
  enum : int { kId, kName, kDisplayName, kAppliesTo, kUniqueAddress, kRetainsData };
  static constexpr ColumnSpec kSpecs[] = {{"plan_id", true}, {"name"},           {"display_name"},
                                          {"applies_to"},    {"unique_address"}, {"retains_data"}};
};
inline constexpr TableSpec kPlanTable = {
    .file = "service_plans.csv", .columns = PlanColumn::kSpecs, .max_rows = kMaxPlans};

struct SkuPlanColumn {
  enum : int { kSku, kPlan };
  static constexpr ColumnSpec kSpecs[] = {{"sku_id", true}, {"plan_id", true}};
};
inline constexpr TableSpec kSkuPlanTable = {
    .file = "sku_plans.csv", .columns = SkuPlanColumn::kSpecs, .max_rows = kMaxSkus * kMaxPlans};

struct ConflictColumn {
  enum : int { kPlan, kOther };
  static constexpr ColumnSpec kSpecs[] = {{"plan_id", true}, {"conflicts_with_plan_id", true}};
};
inline constexpr TableSpec kConflictTable = {.file = "plan_conflicts.csv",
                                             .columns = ConflictColumn::kSpecs,
                                             .max_rows = 2 * kMaxPlanConflicts};

struct RequirementColumn {
  enum : int { kPlan, kAnyOf };
  static constexpr ColumnSpec kSpecs[] = {{"plan_id", true}, {"requires_any_of", true}};
};
inline constexpr TableSpec kRequirementTable = {.file = "plan_requirements.csv",
                                                .columns = RequirementColumn::kSpecs,
                                                .max_rows = kMaxPlanRequirements};

struct ProhibitionColumn {
  enum : int { kPlan, kLocation };
  static constexpr ColumnSpec kSpecs[] = {{"plan_id", true}, {"location", true}};
};
inline constexpr TableSpec kProhibitionTable = {.file = "plan_prohibited_locations.csv",
                                                .columns = ProhibitionColumn::kSpecs,
                                                .max_rows = kMaxPlanProhibitions};

struct SubscriptionColumn {
  enum : int { kId, kSku, kUnits, kStatus, kSelfService, kUnitPrice, kCurrency, kRenewsAt };
  static constexpr ColumnSpec kSpecs[] = {
      {"subscription_id", true}, {"sku_id", true}, {"units", true}, {"status"},
      {"self_service"},          {"unit_price"},   {"currency"},    {"renews_at"}};
};
inline constexpr TableSpec kSubscriptionTable = {.file = "subscriptions.csv",
                                                 .columns = SubscriptionColumn::kSpecs,
                                                 .max_rows = kMaxSubscriptions};

struct UserColumn {
  enum : int {
    kId,
    kPrincipalName,
    kDisplayName,
    kUsageLocation,
    kAccountEnabled,
    kUserType,
    kCreatedAt,
    kProxyAddresses
  };
  static constexpr ColumnSpec kSpecs[] = {
      {"user_id", true},   {"user_principal_name"}, {"display_name"}, {"usage_location"},
      {"account_enabled"}, {"user_type"},           {"created_at"},   {"proxy_addresses"}};
};
inline constexpr TableSpec kUserTable = {
    .file = "users.csv", .columns = UserColumn::kSpecs, .max_rows = kMaxUsers, .attributes = true};

struct GroupColumn {
  enum : int { kId, kDisplayName, kMembershipRule };
  static constexpr ColumnSpec kSpecs[] = {
      {"group_id", true}, {"display_name"}, {"membership_rule"}};
};
inline constexpr TableSpec kGroupTable = {
    .file = "groups.csv", .columns = GroupColumn::kSpecs, .max_rows = kMaxGroups};

struct MemberColumn {
  enum : int { kGroup, kType, kMember, kAddedAt };
  static constexpr ColumnSpec kSpecs[] = {
      {"group_id", true}, {"member_type", true}, {"member_id", true}, {"added_at"}};
};
inline constexpr TableSpec kMemberTable = {
    .file = "members.csv", .columns = MemberColumn::kSpecs, .max_rows = kMaxMemberships};

struct AssignmentColumn {
  enum : int { kType, kPrincipal, kSku, kDisabledPlans, kPriority, kAssignedAt };
  static constexpr ColumnSpec kSpecs[] = {
      {"principal_type", true}, {"principal_id", true}, {"sku_id", true},
      {"disabled_plans"},       {"priority"},           {"assigned_at"}};
};
inline constexpr TableSpec kAssignmentTable = {
    .file = "assignments.csv", .columns = AssignmentColumn::kSpecs, .max_rows = kMaxAssignments};

struct ObservedColumn {
  enum : int { kUser, kSku, kDisabledPlans };
  static constexpr ColumnSpec kSpecs[] = {{"user_id", true}, {"sku_id", true}, {"disabled_plans"}};
};
inline constexpr TableSpec kObservedTable = {
    .file = "observed.csv", .columns = ObservedColumn::kSpecs, .max_rows = kMaxObserved};

// In the order in which they are read and reported.
inline constexpr TableSpec kTables[] = {kSkuTable,          kPlanTable,        kSkuPlanTable,
                                        kConflictTable,     kRequirementTable, kProhibitionTable,
                                        kSubscriptionTable, kUserTable,        kGroupTable,
                                        kMemberTable,       kAssignmentTable,  kObservedTable};

}  // namespace seatwise
