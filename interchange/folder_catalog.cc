// The catalog tables: SKUs, plans, what ties them, and subscriptions. They are small, so they
// always become facts.
#include <algorithm>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_join.h"
#include "engine/model/limits.h"
#include "engine/model/spelling.h"
#include "interchange/folder_reading.h"

namespace seatwise {
namespace {

class SkuPart final : public InputPart {
 public:
  void Read(InputRow& row) override {
    const auto id = row.Id(SkuColumn::kId);
    row.Key({id});
    Sku sku = {.id = SkuId(id.value_or("")),
               .part_number = std::string(row.Text(SkuColumn::kPartNumber)),
               .display_name = std::string(row.Text(SkuColumn::kDisplayName)),
               .plans = {},
               .overage_units = Overage(row)};
    if (id) ids.Add(*id);
    if (row.ok()) skus.push_back(std::move(sku));
  }

  StringColumn ids;
  std::vector<Sku> skus;

 private:
  static int64_t Overage(InputRow& row) {
    if (row.Value(SkuColumn::kOverageUnits) == kUnlimitedName) return kUnlimited;
    return row.Integer(SkuColumn::kOverageUnits, 0, kMaxUnits);
  }
};

class PlanPart final : public InputPart {
 public:
  void Read(InputRow& row) override {
    const auto id = row.Id(PlanColumn::kId);
    row.Key({id});
    ServicePlan plan = {.id = PlanId(id.value_or("")),
                        .name = std::string(row.Text(PlanColumn::kName)),
                        .display_name = std::string(row.Text(PlanColumn::kDisplayName)),
                        .applies_to = row.Enum<AppliesTo>(PlanColumn::kAppliesTo, kAppliesToNames),
                        .unique_address = row.Bool(PlanColumn::kUniqueAddress, false),
                        .retains_data = row.Bool(PlanColumn::kRetainsData, false)};
    if (id) ids.Add(*id);
    if (row.ok()) plans.push_back(std::move(plan));
  }

  StringColumn ids;
  std::vector<ServicePlan> plans;
};

class SkuPlanPart final : public InputPart {
 public:
  SkuPlanPart(const KnownIds& skus, const KnownIds& plans) : skus_(skus), plans_(plans) {}

  void Read(InputRow& row) override {
    const auto sku_id = row.Id(SkuPlanColumn::kSku);
    const auto plan_id = row.Id(SkuPlanColumn::kPlan);
    row.Key({sku_id, plan_id});
    const auto sku = row.Find(SkuPlanColumn::kSku, sku_id, skus_, "row");
    row.Find(SkuPlanColumn::kPlan, plan_id, plans_, "row");
    if (row.ok()) pairs.emplace_back(*sku, PlanId(*plan_id));
  }

  std::vector<std::pair<SkuNo, PlanId>> pairs;

 private:
  const KnownIds& skus_;
  const KnownIds& plans_;
};

class ConflictPart final : public InputPart {
 public:
  explicit ConflictPart(const KnownIds& plans) : plans_(plans) {}

  void Read(InputRow& row) override {
    const auto a = row.Id(ConflictColumn::kPlan);
    const auto b = row.Id(ConflictColumn::kOther);
    row.Key({a, b});
    row.Find(ConflictColumn::kPlan, a, plans_, "conflict");
    if (a && b && *a == *b) {
      row.FailValue(ConflictColumn::kOther, "is the plan itself; remove the conflict");
    } else {
      row.Find(ConflictColumn::kOther, b, plans_, "conflict");
    }
    if (!row.ok()) return;
    conflicts.push_back({.a = PlanId(std::min(*a, *b)), .b = PlanId(std::max(*a, *b))});
  }

  std::vector<PlanConflict> conflicts;  // Both directions become one fact, twice.

 private:
  const KnownIds& plans_;
};

class RequirementPart final : public InputPart {
 public:
  explicit RequirementPart(const KnownIds& plans) : plans_(plans) {}

  void Read(InputRow& row) override {
    const auto plan = row.Id(RequirementColumn::kPlan);
    ListElements any_of = row.IdList(RequirementColumn::kAnyOf);
    row.Find(RequirementColumn::kPlan, plan, plans_, "requirement");
    row.FindAll(RequirementColumn::kAnyOf, any_of, plans_, "requirement");
    // The same set in another order is the same requirement.
    std::sort(any_of.begin(), any_of.end());
    any_of.erase(std::unique(any_of.begin(), any_of.end()), any_of.end());
    const std::string set = absl::StrJoin(any_of, ";");
    if (!set.empty()) row.Key({plan, set});
    if (!row.ok()) return;
    PlanRequirement requirement = {.plan = PlanId(*plan), .any_of = {}};
    for (absl::string_view id : any_of) requirement.any_of.insert(PlanId(id));
    requirements.push_back(std::move(requirement));
  }

  std::vector<PlanRequirement> requirements;

 private:
  const KnownIds& plans_;
};

class ProhibitionPart final : public InputPart {
 public:
  explicit ProhibitionPart(const KnownIds& plans) : plans_(plans) {}

  void Read(InputRow& row) override {
    const auto plan = row.Id(ProhibitionColumn::kPlan);
    const auto location = row.LocationOf(ProhibitionColumn::kLocation);
    if (location) row.Key({plan, row.Value(ProhibitionColumn::kLocation)});
    row.Find(ProhibitionColumn::kPlan, plan, plans_, "row");
    if (row.ok()) prohibitions.push_back({.plan = PlanId(*plan), .location = *location});
  }

  std::vector<PlanProhibition> prohibitions;

 private:
  const KnownIds& plans_;
};

class SubscriptionPart final : public InputPart {
 public:
  explicit SubscriptionPart(const KnownIds& skus) : skus_(skus) {}

  void Read(InputRow& row) override {
    const auto id = row.Id(SubscriptionColumn::kId);
    const auto sku = row.Id(SubscriptionColumn::kSku);
    row.Key({id});
    row.Find(SubscriptionColumn::kSku, sku, skus_, "subscription");
    Subscription subscription = {
        .id = SubscriptionId(id.value_or("")),
        .sku = SkuId(sku.value_or("")),
        .units = row.Integer(SubscriptionColumn::kUnits, 0, kMaxUnits),
        .status = row.Enum<SubscriptionStatus>(SubscriptionColumn::kStatus, kStatusNames),
        .self_service = row.Bool(SubscriptionColumn::kSelfService, false),
        .unit_price = Price(row),
        .currency = Currency(row),
        .renews_at = row.TimeOf(SubscriptionColumn::kRenewsAt)};
    if (row.ok()) subscriptions.push_back(std::move(subscription));
  }

  std::vector<Subscription> subscriptions;

 private:
  static std::optional<UnitPrice> Price(InputRow& row) {
    const auto text = row.Value(SubscriptionColumn::kUnitPrice);
    if (!text) return std::nullopt;
    const std::optional<UnitPrice> price = ParseUnitPrice(*text);
    if (!price) {
      row.FailValue(SubscriptionColumn::kUnitPrice,
                    "is not a price; write it as 12.5, with at most 4 fraction digits");
    }
    return price;
  }

  static std::string Currency(InputRow& row) {
    const absl::string_view text = row.Value(SubscriptionColumn::kCurrency).value_or("");
    const std::string bad = CheckCurrency(text);
    if (!bad.empty()) row.FailValue(SubscriptionColumn::kCurrency, bad);
    return std::string(text);
  }

  const KnownIds& skus_;
};

}  // namespace

void FolderReading::ReadCatalog() {
  ReadSkus();
  ReadPlans();
  ReadSkuPlans();
  ReadConflicts();
  ReadRequirements();
  ReadProhibitions();
  ReadSubscriptions();
}

void FolderReading::ReadSkus() {
  InputTable& table = Open(kSkuTable);
  StringColumn ids;
  table.Read(
      KeyCheck::kNow, [] { return SkuPart(); },
      [&](SkuPart& part) {
        ids.Append(part.ids);
        MoveTo(part.skus, facts_.skus);
      });
  IdTable::Built built = IdTable::Build(ids);
  sku_ids_ = std::move(built.table);
  skus_ = Know(table, sku_ids_, "SKU");
  sku_rows_.resize(sku_ids_.size());
  for (size_t i = 0; i < ids.size(); ++i) sku_rows_[built.number_of[i]] = static_cast<uint32_t>(i);
}

void FolderReading::ReadPlans() {
  InputTable& table = Open(kPlanTable);
  StringColumn ids;
  table.Read(
      KeyCheck::kNow, [] { return PlanPart(); },
      [&](PlanPart& part) {
        ids.Append(part.ids);
        MoveTo(part.plans, facts_.plans);
      });
  plan_ids_ = IdTable::Build(ids).table;
  plans_ = Know(table, plan_ids_, "plan");
}

void FolderReading::ReadSkuPlans() {
  Open(kSkuPlanTable)
      .Read(
          KeyCheck::kNow, [&] { return SkuPlanPart(skus_, plans_); },
          [&](SkuPlanPart& part) {
            if (!ok()) return;
            for (auto& [sku, plan] : part.pairs) {
              facts_.skus[sku_rows_[sku]].plans.insert(std::move(plan));
            }
          });
}

void FolderReading::ReadConflicts() {
  std::vector<PlanConflict> conflicts;
  Open(kConflictTable)
      .Read(
          KeyCheck::kNow, [&] { return ConflictPart(plans_); },
          [&](ConflictPart& part) { MoveTo(part.conflicts, conflicts); });
  absl::flat_hash_set<std::pair<absl::string_view, absl::string_view>> seen;
  for (const PlanConflict& conflict : conflicts) {
    if (!seen.emplace(conflict.a.value(), conflict.b.value()).second) continue;
    facts_.conflicts.push_back(conflict);
  }
}

void FolderReading::ReadRequirements() {
  Open(kRequirementTable)
      .Read(
          KeyCheck::kNow, [&] { return RequirementPart(plans_); },
          [&](RequirementPart& part) { MoveTo(part.requirements, facts_.requirements); });
}

void FolderReading::ReadProhibitions() {
  Open(kProhibitionTable)
      .Read(
          KeyCheck::kNow, [&] { return ProhibitionPart(plans_); },
          [&](ProhibitionPart& part) { MoveTo(part.prohibitions, facts_.prohibitions); });
}

void FolderReading::ReadSubscriptions() {
  Open(kSubscriptionTable)
      .Read(
          KeyCheck::kNow, [&] { return SubscriptionPart(skus_); },
          [&](SubscriptionPart& part) { MoveTo(part.subscriptions, facts_.subscriptions); });
}

}  // namespace seatwise
