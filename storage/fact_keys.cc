#include "storage/fact_keys.h"

#include <array>
#include <cstddef>
#include <variant>

#include "base/check.h"

namespace seatwise {
namespace {

// By kind.
constexpr std::array<Table, kFactKinds> kTables = {
    Table::kSettings,    Table::kPlan,        Table::kSku,          Table::kConflict,
    Table::kRequirement, Table::kProhibition, Table::kSubscription, Table::kUser,
    Table::kGroup,       Table::kMembers,     Table::kAssignment,   Table::kObserved};

// Writes the parts of a key behind its table.
struct PartsWriter {
  KeyWriter& writer;

  void operator()(const TenantSettingsKey&) const {}
  void operator()(const PlanId& key) const { writer.Id(key.value()); }
  void operator()(const SkuId& key) const { writer.Id(key.value()); }
  void operator()(const PlanConflict& key) const { writer.Id(key.a.value()).Id(key.b.value()); }
  void operator()(const PlanRequirement& key) const {
    KeyWriter set(Table::kRequirement);
    for (const PlanId& plan : key.any_of) set.Id(plan.value());
    writer.Id(key.plan.value()).Number64(Fingerprint(set.Take()));
  }
  void operator()(const PlanProhibition& key) const {
    writer.Id(key.plan.value()).Id(key.location.ToString());
  }
  void operator()(const SubscriptionId& key) const { writer.Id(key.value()); }
  void operator()(const UserId& key) const { writer.Id(key.value()); }
  void operator()(const GroupId& key) const { writer.Id(key.value()); }
  void operator()(const MembershipKey&) const {
    SEATWISE_CHECK(false) << "a membership is stored by numbers";
  }
  void operator()(const AssignmentKey&) const {
    SEATWISE_CHECK(false) << "an assignment is stored by numbers";
  }
  void operator()(const ObservedKey& key) const { writer.Id(key.user.value()).Id(key.sku.value()); }
};

}  // namespace

Table TableOf(FactKind kind) { return kTables[static_cast<size_t>(kind)]; }

std::string StoredKey(const FactKey& key) {
  KeyWriter writer(TableOf(KindOf(key)));
  std::visit(PartsWriter{writer}, key);
  return writer.Take();
}

}  // namespace seatwise
