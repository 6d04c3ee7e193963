// Rows are rendered as cells first and sorted by them, key cells first: so the order of the facts
// does not show.
#include "interchange/writer.h"

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "absl/container/btree_map.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "base/status_macros.h"
#include "base/time.h"
#include "interchange/cell.h"
#include "interchange/csv_text.h"
#include "interchange/output_file.h"
#include "interchange/sorted_records.h"
#include "interchange/table_spec.h"
#include "interchange/tenant_json.h"

namespace seatwise {
namespace {

using Cells = std::vector<std::string>;

// The rows of a table on their way into a file. A record is the cells of a row, in the order of the
// columns, then names and values of attributes; each ends with a NUL, which no cell contains and
// which comes before every other byte: so the order of records is that of keys, cell by cell.
class Table {
 public:
  Table(const TableSpec& spec, const std::string& dir) : spec_(spec), rows_(dir) {}

  void Add(const Cells& cells) {
    record_.clear();
    for (const std::string& cell : cells) Append(cell);
    rows_.Add(record_);
  }
  void Add(const Cells& cells, const absl::btree_map<std::string, std::string>& attributes) {
    record_.clear();
    for (const std::string& cell : cells) Append(cell);
    for (const auto& [name, value] : attributes) {
      attributes_.insert(name);
      Append(name);
      Append(value);
    }
    rows_.Add(record_);
  }

  bool empty() const { return rows_.empty(); }
  SortedRecords& rows() { return rows_; }

  absl::Status WriteTo(const std::string& dir) {
    SEATWISE_ASSIGN_OR_RETURN(OutputFile file,
                              OutputFile::Create(absl::StrCat(dir, "/", spec_.file)));
    std::string text = Header();
    SEATWISE_RETURN_IF_ERROR(rows_.ForEach([&](absl::string_view record) -> absl::Status {
      AppendRow(CellsOf(record), text);
      if (text.size() < kWriteBytes) return absl::OkStatus();
      SEATWISE_RETURN_IF_ERROR(file.Write(text));
      text.clear();
      return absl::OkStatus();
    }));
    SEATWISE_RETURN_IF_ERROR(file.Write(text));
    return file.Commit();
  }

 private:
  static constexpr size_t kWriteBytes = 1 << 20;

  void Append(absl::string_view cell) {
    record_.append(cell.data(), cell.size());
    record_.push_back('\0');
  }

  std::string Header() const {
    std::vector<std::string> names;
    for (const ColumnSpec& column : spec_.columns) names.emplace_back(column.name);
    for (const std::string& name : attributes_)
      names.push_back(absl::StrCat(kAttributePrefix, name));
    const std::vector<absl::string_view> views(names.begin(), names.end());
    std::string text;
    AppendRow(views, text);
    return text;
  }

  // The cells of a row, with one for each attribute that any row has.
  std::vector<absl::string_view> CellsOf(absl::string_view record) const {
    const auto next = [&record] {
      const size_t end = record.find('\0');
      const absl::string_view cell = record.substr(0, end);
      record.remove_prefix(end + 1);
      return cell;
    };
    std::vector<absl::string_view> cells;
    for (size_t i = 0; i < spec_.columns.size(); ++i) cells.push_back(next());
    // Both ascend by name.
    absl::string_view name = record.empty() ? record : next();
    for (const std::string& attribute : attributes_) {
      if (name != attribute) {
        cells.emplace_back();
        continue;
      }
      cells.push_back(next());
      name = record.empty() ? record : next();
    }
    return cells;
  }

  const TableSpec& spec_;
  SortedRecords rows_;
  std::set<std::string> attributes_;  // Names of any row.
  std::string record_;                // The one at hand.
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

Cells CellsOf(const Subscription& s) {
  return {s.id.value(),
          s.sku.value(),
          absl::StrCat(s.units),
          EnumText(kStatusNames, s.status),
          BoolText(s.self_service),
          s.unit_price ? FormatUnitPrice(*s.unit_price) : "",
          s.currency,
          s.renews_at ? FormatTime(*s.renews_at) : ""};
}

Cells CellsOf(const User& user) {
  return {user.id.value(),
          user.user_principal_name,
          user.display_name,
          user.usage_location.ToString(),
          BoolText(user.account_enabled),
          EnumText(kUserTypeNames, user.user_type),
          FormatTime(user.created_at),
          absl::StrJoin(user.proxy_addresses, ";")};
}

}  // namespace

class FactsWriter::Tables {
 public:
  Tables(std::string dir, size_t memory_limit)
      : dir_(std::move(dir)), memory_limit_(memory_limit) {}

  void Add(const TenantSettings& settings) { settings_ = settings; }
  void Add(const Sku& sku) {
    skus_.Add({sku.id.value(), sku.part_number, sku.display_name, OverageText(sku.overage_units)});
    for (const PlanId& plan : sku.plans) sku_plans_.Add({sku.id.value(), plan.value()});
  }
  void Add(const ServicePlan& plan) {
    plans_.Add({plan.id.value(), plan.name, plan.display_name,
                EnumText(kAppliesToNames, plan.applies_to), BoolText(plan.unique_address),
                BoolText(plan.retains_data)});
  }
  void Add(const PlanConflict& conflict) {
    conflicts_.Add({conflict.a.value(), conflict.b.value()});
  }
  void Add(const PlanRequirement& requirement) {
    requirements_.Add({requirement.plan.value(), JoinPlans(requirement.any_of)});
  }
  void Add(const PlanProhibition& prohibition) {
    prohibitions_.Add({prohibition.plan.value(), prohibition.location.ToString()});
  }
  void Add(const Subscription& subscription) { subscriptions_.Add(CellsOf(subscription)); }
  void Add(const User& user) { users_.Add(CellsOf(user), user.attributes); }
  void Add(const Group& group) {
    groups_.Add({group.id.value(), group.display_name, group.membership_rule});
  }
  void Add(const Membership& membership) {
    members_.Add({membership.group.value(), PrincipalTypeText(membership.member),
                  PrincipalIdValue(membership.member), FormatTime(membership.added_at)});
  }
  void Add(const Assignment& a) {
    assignments_.Add({PrincipalTypeText(a.principal), PrincipalIdValue(a.principal), a.sku.value(),
                      JoinPlans(a.disabled_plans), absl::StrCat(a.priority),
                      FormatTime(a.assigned_at)});
  }
  void Add(const Observed& observed) {
    observed_.Add(
        {observed.user.value(), observed.sku.value(), JoinPlans(observed.disabled_plans)});
  }
  template <typename Row>
  absl::Status AddAll(const std::vector<Row>& rows) {
    for (const Row& row : rows) {
      Add(row);
      SEATWISE_RETURN_IF_ERROR(MakeRoom());
    }
    return absl::OkStatus();
  }
  absl::Status AddCatalog(const Facts& facts) {
    SEATWISE_RETURN_IF_ERROR(AddAll(facts.skus));
    SEATWISE_RETURN_IF_ERROR(AddAll(facts.plans));
    SEATWISE_RETURN_IF_ERROR(AddAll(facts.conflicts));
    SEATWISE_RETURN_IF_ERROR(AddAll(facts.requirements));
    return AddAll(facts.prohibitions);
  }

  // Puts the largest table out of memory, if all are too large.
  absl::Status MakeRoom() {
    size_t bytes = 0;
    for (Table* table : all_) bytes += table->rows().bytes();
    if (bytes <= memory_limit_) return absl::OkStatus();
    Table& largest = **std::max_element(all_.begin(), all_.end(), [](Table* a, Table* b) {
      return a->rows().bytes() < b->rows().bytes();
    });
    SEATWISE_RETURN_IF_ERROR(MakeFolder(dir_));
    return largest.rows().Spill();
  }

  absl::Status WriteAll() {
    SEATWISE_RETURN_IF_ERROR(MakeFolder(dir_));
    SEATWISE_RETURN_IF_ERROR(
        WriteWholeFile(absl::StrCat(dir_, "/", kTenantFile), FormatTenantJson(settings_)));
    return Write(all_);
  }

  absl::Status WriteCatalog() {
    SEATWISE_RETURN_IF_ERROR(MakeFolder(dir_));
    SEATWISE_RETURN_IF_ERROR(Write({&skus_, &plans_, &sku_plans_, &conflicts_}));
    if (!requirements_.empty()) SEATWISE_RETURN_IF_ERROR(Write({&requirements_}));
    return prohibitions_.empty() ? absl::OkStatus() : Write({&prohibitions_});
  }

 private:
  absl::Status Write(absl::Span<Table* const> tables) {
    for (Table* table : tables) SEATWISE_RETURN_IF_ERROR(table->WriteTo(dir_));
    return absl::OkStatus();
  }

  const std::string dir_;
  const size_t memory_limit_;
  TenantSettings settings_;
  Table skus_{kSkuTable, dir_};
  Table plans_{kPlanTable, dir_};
  Table sku_plans_{kSkuPlanTable, dir_};
  Table conflicts_{kConflictTable, dir_};
  Table requirements_{kRequirementTable, dir_};
  Table prohibitions_{kProhibitionTable, dir_};
  Table subscriptions_{kSubscriptionTable, dir_};
  Table users_{kUserTable, dir_};
  Table groups_{kGroupTable, dir_};
  Table members_{kMemberTable, dir_};
  Table assignments_{kAssignmentTable, dir_};
  Table observed_{kObservedTable, dir_};
  const std::array<Table*, 12> all_ = {&skus_,         &plans_,        &sku_plans_,     &conflicts_,
                                       &requirements_, &prohibitions_, &subscriptions_, &users_,
                                       &groups_,       &members_,      &assignments_,   &observed_};
};

FactsWriter::FactsWriter(std::string dir, size_t memory_limit)
    : tables_(std::make_unique<Tables>(std::move(dir), memory_limit)) {}
FactsWriter::~FactsWriter() = default;

absl::Status FactsWriter::Add(const Fact& fact) {
  std::visit([this](const auto& row) { tables_->Add(row); }, fact);
  return tables_->MakeRoom();
}

absl::Status FactsWriter::Finish() { return tables_->WriteAll(); }

absl::Status FactsWriter::AddAll(const Facts& facts) {
  tables_->Add(facts.settings);
  SEATWISE_RETURN_IF_ERROR(tables_->AddCatalog(facts));
  SEATWISE_RETURN_IF_ERROR(tables_->AddAll(facts.subscriptions));
  SEATWISE_RETURN_IF_ERROR(tables_->AddAll(facts.users));
  SEATWISE_RETURN_IF_ERROR(tables_->AddAll(facts.groups));
  SEATWISE_RETURN_IF_ERROR(tables_->AddAll(facts.memberships));
  SEATWISE_RETURN_IF_ERROR(tables_->AddAll(facts.assignments));
  return tables_->AddAll(facts.observed);
}

absl::Status WriteFacts(const Facts& facts, const std::string& dir) {
  FactsWriter writer(dir);
  SEATWISE_RETURN_IF_ERROR(writer.AddAll(facts));
  return writer.Finish();
}

absl::Status FactsWriter::WriteCatalog(const Facts& facts, const std::string& dir) {
  Tables tables(dir, kMemoryLimit);
  SEATWISE_RETURN_IF_ERROR(tables.AddCatalog(facts));
  return tables.WriteCatalog();
}

absl::Status WriteCatalogFacts(const Facts& facts, const std::string& dir) {
  return FactsWriter::WriteCatalog(facts, dir);
}

}  // namespace seatwise
