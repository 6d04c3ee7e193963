#include "interchange/vendor_catalog.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "engine/model/quoted.h"
#include "interchange/loose_table.h"

namespace seatwise {
namespace {

// The spellings of a name, with how often each occurs.
class Spellings {
 public:
  void Add(const std::string& name) {
    if (!name.empty()) ++counts_[name];
  }
  // The most frequent one; of equally frequent ones the first by bytes. "" if there is none.
  std::string Best() const {
    const auto best =
        std::max_element(counts_.begin(), counts_.end(),
                         [](const auto& a, const auto& b) { return a.second < b.second; });
    return best == counts_.end() ? "" : best->first;
  }
  int64_t others() const { return counts_.empty() ? 0 : static_cast<int64_t>(counts_.size()) - 1; }

 private:
  std::map<std::string, int64_t> counts_;
};

struct Product {
  Spellings names;
  Spellings part_numbers;
  std::set<std::string> plans;
};

struct Plan {
  Spellings names;
  Spellings display_names;
};

bool IsGuid(absl::string_view text) {
  constexpr absl::string_view kForm = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
  return text.size() == kForm.size() &&
         std::equal(text.begin(), text.end(), kForm.begin(), [](char c, char form) {
           return form == '-' ? c == '-' : absl::ascii_isxdigit(static_cast<unsigned char>(c));
         });
}

class CatalogReading {
 public:
  void ReadCatalog(const std::string& path);
  void ReadConflicts(const std::string& path);
  void ReadRequirements(const std::string& path);
  std::optional<VendorCatalog> Finish(ReadReport& report) &&;

 private:
  // The GUID in a cell, in lower case; "" after an error.
  std::string Guid(const LooseRow& row, size_t cell, absl::string_view text);
  LooseTable ReadTable(const std::string& path, absl::Span<const LooseColumn> columns);
  bool HasPlan(const std::string& id) const { return plans_.count(id) != 0; }
  void MakeFacts();

  std::string path_;               // Of the file that is being read.
  std::vector<ErrorList> errors_;  // By file.
  VendorCatalog catalog_;
  std::map<std::string, Product> products_;
  std::map<std::string, Plan> plans_;
};

LooseTable CatalogReading::ReadTable(const std::string& path,
                                     absl::Span<const LooseColumn> columns) {
  path_ = path;
  errors_.emplace_back();
  LooseTable table = ReadLooseTable(path, columns, errors_.back());
  catalog_.reencoded_cells += table.reencoded_cells;
  return table;
}

std::string CatalogReading::Guid(const LooseRow& row, size_t cell, absl::string_view text) {
  if (IsGuid(text)) return absl::AsciiStrToLower(text);
  if (row.columns[cell] != 0) {
    errors_.back().Add({.file = path_,
                        .line = row.line,
                        .column = row.columns[cell],
                        .reason = absl::StrCat(Quoted(text), " is not a GUID")});
  }
  return "";
}

void CatalogReading::ReadCatalog(const std::string& path) {
  enum : size_t { kSku, kPlan, kSkuName, kPartNumber, kPlanName, kPlanDisplayName };
  const LooseColumn columns[] = {
      {{"guid", "skuguid"}},    {{"serviceplanid"}},
      {{"productdisplayname"}}, {{"stringid"}},
      {{"serviceplanname"}},    {{"serviceplansincludedfriendlynames", "serviceplandisplayname"}},
  };
  for (const LooseRow& row : ReadTable(path, columns).rows) {
    const std::string sku_id = Guid(row, kSku, row.cells[kSku]);
    const std::string plan_id = Guid(row, kPlan, row.cells[kPlan]);
    if (sku_id.empty() || plan_id.empty()) continue;
    Product& product = products_[sku_id];
    if (!product.plans.insert(plan_id).second) ++catalog_.repeated_rows;
    product.names.Add(row.cells[kSkuName]);
    product.part_numbers.Add(row.cells[kPartNumber]);
    plans_[plan_id].names.Add(row.cells[kPlanName]);
    plans_[plan_id].display_names.Add(row.cells[kPlanDisplayName]);
  }
}

void CatalogReading::ReadConflicts(const std::string& path) {
  enum : size_t { kGroup, kPlan };
  const LooseColumn columns[] = {{{"conflictgroup"}}, {{"serviceplanid"}}};
  std::map<std::string, std::set<std::string>> groups;
  for (const LooseRow& row : ReadTable(path, columns).rows) {
    const std::string plan = Guid(row, kPlan, row.cells[kPlan]);
    if (plan.empty()) continue;
    if (HasPlan(plan)) {
      groups[row.cells[kGroup]].insert(plan);
    } else {
      ++catalog_.conflicts_left_out;
    }
  }
  std::set<PlanConflict> conflicts;
  for (const auto& [name, plans] : groups) {
    for (auto a = plans.begin(); a != plans.end(); ++a) {
      for (auto b = std::next(a); b != plans.end(); ++b) {
        conflicts.insert({.a = PlanId(*a), .b = PlanId(*b)});
      }
    }
  }
  catalog_.facts.conflicts.assign(conflicts.begin(), conflicts.end());
}

void CatalogReading::ReadRequirements(const std::string& path) {
  enum : size_t { kPlan, kAnyOf };
  const LooseColumn columns[] = {{{"dependentplanid"}}, {{"requiresanyofids"}}};
  std::set<PlanRequirement> requirements;
  for (const LooseRow& row : ReadTable(path, columns).rows) {
    const std::string plan = Guid(row, kPlan, row.cells[kPlan]);
    PlanRequirement requirement = {.plan = PlanId(plan), .any_of = {}};
    for (absl::string_view text : absl::StrSplit(row.cells[kAnyOf], absl::ByAnyChar("|;"))) {
      const std::string id = Guid(row, kAnyOf, absl::StripAsciiWhitespace(text));
      if (HasPlan(id)) requirement.any_of.insert(PlanId(id));
    }
    if (HasPlan(plan) && !requirement.any_of.empty()) {
      requirements.insert(std::move(requirement));
    } else {
      ++catalog_.requirements_left_out;
    }
  }
  catalog_.facts.requirements.assign(requirements.begin(), requirements.end());
}

void CatalogReading::MakeFacts() {
  for (const auto& [id, plan] : plans_) {
    ServicePlan fact;
    fact.id = PlanId(id);
    fact.name = plan.names.Best();
    fact.display_name = plan.display_names.Best();
    catalog_.facts.plans.push_back(std::move(fact));
    catalog_.respelled_names += plan.names.others() + plan.display_names.others();
  }
  for (const auto& [id, product] : products_) {
    Sku fact;
    fact.id = SkuId(id);
    fact.part_number = product.part_numbers.Best();
    fact.display_name = product.names.Best();
    for (const std::string& plan : product.plans) fact.plans.insert(PlanId(plan));
    catalog_.facts.skus.push_back(std::move(fact));
    catalog_.respelled_names += product.names.others() + product.part_numbers.others();
  }
}

std::optional<VendorCatalog> CatalogReading::Finish(ReadReport& report) && {
  MakeFacts();
  report = ReadReport();
  for (ErrorList& errors : errors_) report.Add(std::move(errors));
  if (!report.ok()) return std::nullopt;
  return std::move(catalog_);
}

}  // namespace

std::optional<VendorCatalog> ReadVendorCatalog(const VendorCatalogInput& input,
                                               ReadReport& report) {
  CatalogReading reading;
  reading.ReadCatalog(input.catalog);
  if (!input.conflicts.empty()) reading.ReadConflicts(input.conflicts);
  if (!input.requirements.empty()) reading.ReadRequirements(input.requirements);
  return std::move(reading).Finish(report);
}

}  // namespace seatwise
