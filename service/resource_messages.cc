#include "service/resource_messages.h"

#include "base/check.h"
#include "service/facts_to_proto.h"

namespace seatwise {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

template <typename Resource>
InputFact FactOfType(const Message& message, const InputScope& scope, FieldErrors& errors) {
  return FactOf(static_cast<const Resource&>(message), scope, errors);
}

const FieldDescriptor* Find(const Message& message, absl::string_view field) {
  return message.GetDescriptor()->FindFieldByName(std::string(field));
}

}  // namespace

InputFact FactOfKind(FactKind kind, const Message& message, const InputScope& scope,
                     FieldErrors& errors) {
  switch (kind) {
    case FactKind::kTenantSettings:
      return FactOfType<v1::TenantSettings>(message, scope, errors);
    case FactKind::kServicePlan:
      return FactOfType<v1::ServicePlan>(message, scope, errors);
    case FactKind::kSku:
      return FactOfType<v1::Sku>(message, scope, errors);
    case FactKind::kPlanConflict:
      return FactOfType<v1::PlanConflict>(message, scope, errors);
    case FactKind::kPlanRequirement:
      return FactOfType<v1::PlanRequirement>(message, scope, errors);
    case FactKind::kPlanProhibition:
      return FactOfType<v1::PlanProhibition>(message, scope, errors);
    case FactKind::kSubscription:
      return FactOfType<v1::Subscription>(message, scope, errors);
    case FactKind::kUser:
      return FactOfType<v1::User>(message, scope, errors);
    case FactKind::kGroup:
      return FactOfType<v1::Group>(message, scope, errors);
    case FactKind::kMembership:
      return FactOfType<v1::Member>(message, scope, errors);
    case FactKind::kAssignment:
      return FactOfType<v1::Assignment>(message, scope, errors);
    case FactKind::kObserved:
      return FactOfType<v1::ObservedLicense>(message, scope, errors);
  }
  SEATWISE_CHECK(false) << "no such kind";
  return {};
}

std::unique_ptr<Message> ResourceOf(absl::string_view tenant, const Fact& fact) {
  return std::visit(
      [&](const auto& value) -> std::unique_ptr<Message> {
        if constexpr (std::is_same_v<std::decay_t<decltype(value)>, TenantSettings>) {
          return std::make_unique<v1::TenantSettings>(ToBareProto(value));
        } else {
          auto message = ToProto(tenant, value);
          return std::make_unique<decltype(message)>(std::move(message));
        }
      },
      fact);
}

std::string TextField(const Message& message, absl::string_view field) {
  const FieldDescriptor* found = Find(message, field);
  return found == nullptr ? "" : message.GetReflection()->GetString(message, found);
}

bool BoolField(const Message& message, absl::string_view field) {
  const FieldDescriptor* found = Find(message, field);
  return found != nullptr && message.GetReflection()->GetBool(message, found);
}

const Message* MessageField(const Message& message, absl::string_view field) {
  const FieldDescriptor* found = Find(message, field);
  return found == nullptr ? nullptr : &message.GetReflection()->GetMessage(message, found);
}

const FieldDescriptor& ResourceField(const Message& message) {
  const google::protobuf::Descriptor& type = *message.GetDescriptor();
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& field = *type.field(i);
    if (field.message_type() == nullptr || field.is_repeated() || field.name() == "result")
      continue;
    if (field.message_type()->file()->package() == type.file()->package()) return field;
  }
  SEATWISE_CHECK(false) << type.name() << " has no resource";
  return *type.field(0);
}

}  // namespace seatwise
