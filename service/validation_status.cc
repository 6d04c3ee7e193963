#include "service/validation_status.h"

#include <algorithm>
#include <cstdint>
#include <variant>

#include "absl/strings/str_cat.h"
#include "base/check.h"
#include "service/errors.h"
#include "service/names.h"

namespace seatwise {
namespace {

// As write.proto says.
constexpr size_t kMaxWarnings = 20;

struct Column {
  FactKind kind;
  absl::string_view column;
  absl::string_view field;
};

// Where the message calls it otherwise than the file.
constexpr Column kColumns[] = {
    {FactKind::kServicePlan, "plan_id", "service_plan_id"},
    {FactKind::kServicePlan, "name", "service_plan_name"},
    {FactKind::kSku, "part_number", "sku_part_number"},
    {FactKind::kSku, "plan_id", "service_plan_ids"},
    {FactKind::kPlanConflict, "plan_id", "service_plan_id"},
    {FactKind::kPlanConflict, "conflicts_with_plan_id", "conflicts_with_id"},
    {FactKind::kPlanRequirement, "plan_id", "service_plan_id"},
    {FactKind::kPlanRequirement, "requires_any_of", "any_of_ids"},
    {FactKind::kPlanProhibition, "plan_id", "service_plan_id"},
    {FactKind::kAssignment, "disabled_plans", "disabled_plan_ids"},
    {FactKind::kObserved, "disabled_plans", "disabled_plan_ids"},
};

v1::Warning::Reason ToReason(WarningReason reason) {
  // The same names in the same order.
  v1::Warning::Reason found = v1::Warning::REASON_UNSPECIFIED;
  SEATWISE_CHECK(v1::Warning::Reason_Parse(std::string(WarningName(reason)), &found));
  return found;
}

}  // namespace

v1::ErrorReason ToReason(ErrorReason reason) {
  v1::ErrorReason found = v1::ERROR_REASON_UNSPECIFIED;
  SEATWISE_CHECK(v1::ErrorReason_Parse(std::string(ErrorName(reason)), &found));
  return found;
}

std::string MessageField(const FactKey& fact, absl::string_view column) {
  if (column == "member_id") {
    const auto* key = std::get_if<MembershipKey>(&fact);
    return key == nullptr || IsDirect(key->member) ? "user_id" : "member_group_id";
  }
  if (column == "principal_id") {
    const auto* key = std::get_if<AssignmentKey>(&fact);
    return key == nullptr || IsDirect(key->principal) ? "user_id" : "group_id";
  }
  for (const Column& renamed : kColumns) {
    if (renamed.kind == KindOf(fact) && renamed.column == column) return std::string(renamed.field);
  }
  return std::string(column);
}

absl::Status ValidationStatus(absl::string_view tenant, absl::Span<const ValidationError> errors,
                              size_t more_errors, PlaceOf place) {
  SEATWISE_CHECK(!errors.empty());
  FieldErrors found;
  for (const ValidationError& error : errors) {
    std::string path = error.change ? place(*error.change) : "";
    const std::string field = MessageField(error.fact, error.field);
    if (!field.empty()) absl::StrAppend(&path, path.empty() ? "" : ".", field);
    found.Add(ToReason(error.reason), path, error.message, NameOf(tenant, error.fact));
  }
  found.AddCount(more_errors);
  return found.ToStatus();
}

void FillWarnings(absl::string_view tenant, absl::Span<const Warning> warnings,
                  size_t more_warnings, v1::WriteResult& result) {
  const size_t shown = std::min(warnings.size(), kMaxWarnings);
  for (const Warning& warning : warnings.first(shown)) {
    v1::Warning& out = *result.add_warnings();
    out.set_reason(ToReason(warning.reason));
    out.set_name(NameOf(tenant, warning.fact));
    out.set_message(warning.message);
    if (warning.change) out.set_change(static_cast<int32_t>(*warning.change));
  }
  result.set_more_warnings(static_cast<int32_t>(warnings.size() - shown + more_warnings));
}

}  // namespace seatwise
