// Assignments, and what a directory really has.
#include <limits>
#include <utility>
#include <vector>

#include "engine/model/plan_bits.h"
#include "interchange/folder_reading.h"

namespace seatwise {
namespace {

PlanIdSet PlansNamed(const ListElements& ids) {
  PlanIdSet plans;
  for (absl::string_view id : ids) plans.insert(PlanId(id));
  return plans;
}

class AssignmentPart final : public InputPart {
 public:
  struct Item {
    bool direct = false;
    uint32_t principal = 0;
    SkuNo sku = 0;
    uint32_t disabled_plans = 0;  // A number in `plan_sets`.
    int32_t priority = 0;
    Time assigned_at;
  };

  AssignmentPart(const KnownIds& users, const KnownIds& groups, const KnownIds& skus,
                 const KnownIds& plans, bool keep_facts)
      : plan_sets(PlanWords(plans.ids->size())),
        users_(users),
        groups_(groups),
        skus_(skus),
        plans_(plans),
        keep_facts_(keep_facts) {}

  void Read(InputRow& row) override {
    const auto type = row.EnumValue(AssignmentColumn::kType, kPrincipalTypeNames);
    const auto principal_id = row.Id(AssignmentColumn::kPrincipal);
    const auto sku_id = row.Id(AssignmentColumn::kSku);
    const ListElements disabled_ids = row.IdList(AssignmentColumn::kDisabledPlans);
    if (type) row.Key({row.Value(AssignmentColumn::kType), principal_id, sku_id});

    const bool direct = type == static_cast<size_t>(PrincipalType::kUser);
    const auto principal = type ? row.Find(AssignmentColumn::kPrincipal, principal_id,
                                           direct ? users_ : groups_, "assignment")
                                : std::nullopt;
    const auto sku = row.Find(AssignmentColumn::kSku, sku_id, skus_, "assignment");
    const std::vector<uint32_t> disabled =
        row.FindAll(AssignmentColumn::kDisabledPlans, disabled_ids, plans_, "assignment");
    const int64_t priority =
        row.Integer(AssignmentColumn::kPriority, std::numeric_limits<int32_t>::min(),
                    std::numeric_limits<int32_t>::max());
    const Time assigned_at = row.TimeOf(AssignmentColumn::kAssignedAt).value_or(Time());
    if (!row.ok()) return;
    items.push_back({.direct = direct,
                     .principal = *principal,
                     .sku = *sku,
                     .disabled_plans = SetOf(disabled),
                     .priority = static_cast<int32_t>(priority),
                     .assigned_at = assigned_at});
    if (!keep_facts_) return;
    assignments.push_back(
        {.principal = direct ? Principal(UserId(*principal_id)) : Principal(GroupId(*principal_id)),
         .sku = SkuId(*sku_id),
         .disabled_plans = PlansNamed(disabled_ids),
         .priority = static_cast<int32_t>(priority),
         .assigned_at = assigned_at});
  }

  std::vector<Item> items;
  PlanSetTable plan_sets;
  std::vector<Assignment> assignments;

 private:
  uint32_t SetOf(const std::vector<uint32_t>& plans) {
    std::vector<uint64_t> bits(PlanWords(plans_.ids->size()));
    for (uint32_t plan : plans) Insert(absl::MakeSpan(bits), plan);
    return plan_sets.Intern(bits);
  }

  const KnownIds& users_;
  const KnownIds& groups_;
  const KnownIds& skus_;
  const KnownIds& plans_;
  const bool keep_facts_;
};

// Observed rows may name users, SKUs and plans that do not exist.
class ObservedPart final : public InputPart {
 public:
  explicit ObservedPart(bool keep_facts) : keep_facts_(keep_facts) {}

  void Read(InputRow& row) override {
    const auto user = row.Id(ObservedColumn::kUser);
    const auto sku = row.Id(ObservedColumn::kSku);
    const ListElements disabled = row.IdList(ObservedColumn::kDisabledPlans);
    row.Key({user, sku});
    if (!keep_facts_ || !row.ok()) return;
    observed.push_back(
        {.user = UserId(*user), .sku = SkuId(*sku), .disabled_plans = PlansNamed(disabled)});
  }

  std::vector<Observed> observed;

 private:
  const bool keep_facts_;
};

}  // namespace

void FolderReading::ReadAssignments() {
  Open(kAssignmentTable)
      .Read(
          KeyCheck::kNow,
          [&] { return AssignmentPart(users_, groups_, skus_, plans_, makes_facts()); },
          [&](AssignmentPart& part) {
            if (!ok()) return;  // Nothing will come of it.
            for (const AssignmentPart::Item& item : part.items) {
              const PlanBits disabled = part.plan_sets[item.disabled_plans];
              if (item.direct) {
                builder_->AddDirect(item.principal, item.sku, disabled, item.priority,
                                    item.assigned_at);
              } else {
                builder_->AddInherited(item.principal, item.sku, disabled, item.priority,
                                       item.assigned_at);
              }
            }
            Keep(part.assignments, facts_.assignments);
          });
}

void FolderReading::ReadObserved() {
  Open(kObservedTable)
      .Read(
          KeyCheck::kNow, [&] { return ObservedPart(makes_facts()); },
          [&](ObservedPart& part) { Keep(part.observed, facts_.observed); });
}

}  // namespace seatwise
