#include "service/message_names.h"

#include <array>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/match.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "base/status_macros.h"
#include "engine/model/fact_key.h"
#include "engine/model/facts.h"
#include "engine/model/ids.h"
#include "google/protobuf/descriptor.h"
#include "seatwise/v1/fact.pb.h"
#include "service/names.h"

namespace seatwise {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

enum What : size_t { kSku, kPlan, kGroup, kUser, kKinds };

// What a field names; nothing if it names nothing.
std::optional<What> NamedBy(const FieldDescriptor& field) {
  absl::string_view name = field.name();
  absl::ConsumeSuffix(&name, "s");
  if (!absl::ConsumeSuffix(&name, "_id")) return std::nullopt;
  if (absl::EndsWith(name, "sku")) return kSku;
  if (absl::EndsWith(name, "plan") || name == "any_of") return kPlan;
  if (absl::EndsWith(name, "group")) return kGroup;
  if (absl::EndsWith(name, "user")) return kUser;
  return std::nullopt;
}

// The ids in a message, each once and in order.
class Ids {
 public:
  void Collect(const Message& message) {
    if (message.GetDescriptor() == v1::Names::descriptor()) return;
    if (message.GetDescriptor() == v1::DeleteFact::descriptor()) {
      return CollectDeleted(static_cast<const v1::DeleteFact&>(message).name());
    }
    std::vector<const FieldDescriptor*> fields;
    const google::protobuf::Reflection& values = *message.GetReflection();
    values.ListFields(message, &fields);
    for (const FieldDescriptor* field : fields) {
      const int count = field->is_repeated() ? values.FieldSize(message, field) : 1;
      if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
        for (int i = 0; i < count; ++i) {
          Collect(field->is_repeated() ? values.GetRepeatedMessage(message, field, i)
                                       : values.GetMessage(message, field));
        }
      } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
        const std::optional<What> what = NamedBy(*field);
        if (what.has_value()) AddAll(message, *field, count, sets_[*what]);
      }
    }
  }

  const std::set<std::string>& of(What what) const { return sets_[what]; }

 private:
  // What is taken back or out of a group is called by its resource name alone.
  void CollectDeleted(const std::string& name) {
    const absl::StatusOr<FactName> deleted = ParseFactName(name, "name");
    if (!deleted.ok()) return;
    if (const auto* membership = std::get_if<MembershipKey>(&deleted->key)) {
      sets_[kGroup].insert(membership->group.value());
      Add(membership->member);
    } else if (const auto* assignment = std::get_if<AssignmentKey>(&deleted->key)) {
      sets_[kSku].insert(assignment->sku.value());
      Add(assignment->principal);
    }
  }

  void Add(const Principal& principal) {
    std::visit([&](const auto& id) { sets_[KindOf(id)].insert(id.value()); }, principal);
  }
  static What KindOf(const UserId&) { return kUser; }
  static What KindOf(const GroupId&) { return kGroup; }

  static void AddAll(const Message& message, const FieldDescriptor& field, int count,
                     std::set<std::string>& ids) {
    const google::protobuf::Reflection& values = *message.GetReflection();
    std::string unused;
    for (int i = 0; i < count; ++i) {
      ids.insert(field.is_repeated()
                     ? values.GetRepeatedStringReference(message, &field, i, &unused)
                     : values.GetStringReference(message, &field, &unused));
    }
  }

  std::array<std::set<std::string>, kKinds> sets_;
};

v1::Names::Name NameOf(const std::string& id, const std::string& name,
                       const std::string& display_name) {
  v1::Names::Name named;
  named.set_id(id);
  named.set_name(name);
  named.set_display_name(display_name);
  return named;
}

void AddCatalog(const Catalog& catalog, const Ids& ids, v1::Names& names) {
  for (const std::string& id : ids.of(kSku)) {
    const std::optional<SkuNo> sku = catalog.FindSku(id);
    if (!sku.has_value()) continue;
    const Sku& found = catalog.sku(*sku);
    *names.add_skus() = NameOf(id, found.part_number, found.display_name);
  }
  for (const std::string& id : ids.of(kPlan)) {
    const std::optional<PlanNo> plan = catalog.FindPlan(id);
    if (!plan.has_value()) continue;
    const ServicePlan& found = catalog.plan(*plan);
    *names.add_service_plans() = NameOf(id, found.name, found.display_name);
  }
}

}  // namespace

absl::Status FillNames(const Catalog& catalog, const FactsView& facts, const Message& message,
                       v1::Names& names) {
  Ids ids;
  ids.Collect(message);
  AddCatalog(catalog, ids, names);
  for (const std::string& id : ids.of(kGroup)) {
    SEATWISE_ASSIGN_OR_RETURN(const std::optional<Fact> group, facts.Find(GroupId(id)));
    if (!group.has_value()) continue;
    *names.add_groups() = NameOf(id, "", std::get<Group>(*group).display_name);
  }
  for (const std::string& id : ids.of(kUser)) {
    SEATWISE_ASSIGN_OR_RETURN(const std::optional<Fact> fact, facts.Find(UserId(id)));
    if (!fact.has_value()) continue;
    const User& user = std::get<User>(*fact);
    *names.add_users() = NameOf(id, user.user_principal_name, user.display_name);
  }
  return absl::OkStatus();
}

}  // namespace seatwise
