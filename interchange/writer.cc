// Rows are rendered as cells first and sorted by their key cells, so the order of the facts does
// not show.
#include "interchange/writer.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "base/status_macros.h"
#include "base/time.h"
#include "interchange/cell.h"
#include "interchange/csv_text.h"
#include "interchange/output_file.h"
#include "interchange/table_spec.h"
#include "interchange/tenant_json.h"

namespace seatwise {
namespace {

// The cells of a table, row by row, in the order of the columns of its spec.
class TableText {
 public:
  explicit TableText(const TableSpec& spec) : spec_(spec) {
    for (const ColumnSpec& column : spec.columns) header_.emplace_back(column.name);
  }

  void AddColumn(std::string name) { header_.push_back(std::move(name)); }
  void AddRow(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }
  bool empty() const { return rows_.empty(); }

  absl::Status WriteTo(const std::string& dir) {
    // Keys differ, so the rest of the cells never decides.
    std::sort(rows_.begin(), rows_.end());
    std::string text;
    Append(header_, text);
    for (const std::vector<std::string>& row : rows_) Append(row, text);
    return WriteWholeFile(absl::StrCat(dir, "/", spec_.file), text);
  }

 private:
  static void Append(const std::vector<std::string>& cells, std::string& text) {
    const std::vector<absl::string_view> views(cells.begin(), cells.end());
    AppendRow(views, text);
  }

  const TableSpec& spec_;
  std::vector<std::string> header_;
  std::vector<std::vector<std::string>> rows_;
};

template <typename E>
std::string EnumText(absl::Span<const absl::string_view> names, E value) {
  return std::string(names[static_cast<size_t>(value)]);
}

std::string BoolText(bool value) { return EnumText(kBoolNames, value); }

std::string OverageText(int64_t units) {
  return units == kUnlimited ? std::string(kUnlimitedName) : absl::StrCat(units);
}

std::string PrincipalTypeText(const Principal& principal) {
  return EnumText(kPrincipalTypeNames,
                  IsDirect(principal) ? PrincipalType::kUser : PrincipalType::kGroup);
}

TableText SkuText(const Facts& facts) {
  TableText table(kSkuTable);
  for (const Sku& sku : facts.skus) {
    table.AddRow(
        {sku.id.value(), sku.part_number, sku.display_name, OverageText(sku.overage_units)});
  }
  return table;
}

TableText PlanText(const Facts& facts) {
  TableText table(kPlanTable);
  for (const ServicePlan& plan : facts.plans) {
    table.AddRow({plan.id.value(), plan.name, plan.display_name,
                  EnumText(kAppliesToNames, plan.applies_to), BoolText(plan.unique_address),
                  BoolText(plan.retains_data)});
  }
  return table;
}

TableText SkuPlanText(const Facts& facts) {
  TableText table(kSkuPlanTable);
  for (const Sku& sku : facts.skus) {
    for (const PlanId& plan : sku.plans) table.AddRow({sku.id.value(), plan.value()});
  }
  return table;
}

TableText ConflictText(const Facts& facts) {
  TableText table(kConflictTable);
  for (const PlanConflict& conflict : facts.conflicts) {
    table.AddRow({conflict.a.value(), conflict.b.value()});
  }
  return table;
}

TableText RequirementText(const Facts& facts) {
  TableText table(kRequirementTable);
  for (const PlanRequirement& requirement : facts.requirements) {
    table.AddRow({requirement.plan.value(), JoinPlans(requirement.any_of)});
  }
  return table;
}

TableText ProhibitionText(const Facts& facts) {
  TableText table(kProhibitionTable);
  for (const PlanProhibition& prohibition : facts.prohibitions) {
    table.AddRow({prohibition.plan.value(), prohibition.location.ToString()});
  }
  return table;
}

TableText SubscriptionText(const Facts& facts) {
  TableText table(kSubscriptionTable);
  for (const Subscription& s : facts.subscriptions) {
    table.AddRow({s.id.value(), s.sku.value(), absl::StrCat(s.units),
                  EnumText(kStatusNames, s.status), BoolText(s.self_service),
                  s.unit_price ? FormatUnitPrice(*s.unit_price) : "", s.currency,
                  s.renews_at ? FormatTime(*s.renews_at) : ""});
  }
  return table;
}

std::vector<std::string> UserCells(const User& user) {
  return {user.id.value(),
          user.user_principal_name,
          user.display_name,
          user.usage_location.ToString(),
          BoolText(user.account_enabled),
          EnumText(kUserTypeNames, user.user_type),
          FormatTime(user.created_at),
          absl::StrJoin(user.proxy_addresses, ";")};
}

TableText UserText(const Facts& facts) {
  TableText table(kUserTable);
  std::set<absl::string_view> attributes;
  for (const User& user : facts.users) {
    for (const auto& [name, value] : user.attributes) attributes.insert(name);
  }
  for (absl::string_view name : attributes) table.AddColumn(absl::StrCat(kAttributePrefix, name));
  for (const User& user : facts.users) {
    std::vector<std::string> cells = UserCells(user);
    for (absl::string_view name : attributes) {
      const auto it = user.attributes.find(name);
      cells.push_back(it == user.attributes.end() ? "" : it->second);
    }
    table.AddRow(std::move(cells));
  }
  return table;
}

TableText GroupText(const Facts& facts) {
  TableText table(kGroupTable);
  for (const Group& group : facts.groups) {
    table.AddRow({group.id.value(), group.display_name, group.membership_rule});
  }
  return table;
}

TableText MemberText(const Facts& facts) {
  TableText table(kMemberTable);
  for (const Membership& membership : facts.memberships) {
    table.AddRow({membership.group.value(), PrincipalTypeText(membership.member),
                  PrincipalIdValue(membership.member), FormatTime(membership.added_at)});
  }
  return table;
}

TableText AssignmentText(const Facts& facts) {
  TableText table(kAssignmentTable);
  for (const Assignment& a : facts.assignments) {
    table.AddRow({PrincipalTypeText(a.principal), PrincipalIdValue(a.principal), a.sku.value(),
                  JoinPlans(a.disabled_plans), absl::StrCat(a.priority),
                  FormatTime(a.assigned_at)});
  }
  return table;
}

TableText ObservedText(const Facts& facts) {
  TableText table(kObservedTable);
  for (const Observed& observed : facts.observed) {
    table.AddRow({observed.user.value(), observed.sku.value(), JoinPlans(observed.disabled_plans)});
  }
  return table;
}

using MakeText = TableText (*)(const Facts&);

absl::Status WriteTables(const Facts& facts, const std::string& dir,
                         absl::Span<const MakeText> tables) {
  for (const MakeText make : tables) SEATWISE_RETURN_IF_ERROR(make(facts).WriteTo(dir));
  return absl::OkStatus();
}

}  // namespace

absl::Status WriteFacts(const Facts& facts, const std::string& dir) {
  SEATWISE_RETURN_IF_ERROR(MakeFolder(dir));
  SEATWISE_RETURN_IF_ERROR(
      WriteWholeFile(absl::StrCat(dir, "/", kTenantFile), FormatTenantJson(facts.settings)));
  return WriteTables(
      facts, dir,
      {SkuText, PlanText, SkuPlanText, ConflictText, RequirementText, ProhibitionText,
       SubscriptionText, UserText, GroupText, MemberText, AssignmentText, ObservedText});
}

absl::Status WriteCatalogFacts(const Facts& facts, const std::string& dir) {
  SEATWISE_RETURN_IF_ERROR(MakeFolder(dir));
  SEATWISE_RETURN_IF_ERROR(WriteTables(facts, dir, {SkuText, PlanText, SkuPlanText, ConflictText}));
  if (!facts.requirements.empty()) {
    SEATWISE_RETURN_IF_ERROR(RequirementText(facts).WriteTo(dir));
  }
  if (facts.prohibitions.empty()) return absl::OkStatus();
  return ProhibitionText(facts).WriteTo(dir);
}

}  // namespace seatwise
