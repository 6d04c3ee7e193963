#include "service/update_mask.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "engine/model/quoted.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/util/field_mask_util.h"
#include "service/errors.h"

namespace seatwise {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::FieldMask;
using google::protobuf::Message;
using google::protobuf::util::FieldMaskUtil;

// The fields besides `name`, `etag` and `create_time` that cannot change.
struct KeyField {
  absl::string_view message;
  absl::string_view field;
};
constexpr KeyField kKeyFields[] = {
    {"Tenant", "tenant_id"},
    {"ServicePlan", "service_plan_id"},
    {"Sku", "sku_id"},
    {"Subscription", "subscription_id"},
    {"User", "user_id"},
    {"Group", "group_id"},
    {"Member", "group_id"},
    {"Member", "user_id"},
    {"Member", "member_group_id"},
    {"Assignment", "user_id"},
    {"Assignment", "group_id"},
    {"Assignment", "sku_id"},
};

bool CanChange(const FieldDescriptor& field) {
  const std::string& name = field.name();
  if (name == "name" || name == "etag" || name == "create_time") return false;
  for (const KeyField& key : kKeyFields) {
    if (key.message == field.containing_type()->name() && key.field == name) return false;
  }
  return true;
}

bool IsSet(const Message& message, const FieldDescriptor& field) {
  return field.is_repeated() ? message.GetReflection()->FieldSize(message, &field) > 0
                             : message.GetReflection()->HasField(message, &field);
}

// All fields that can change; if `only_set`, of these the ones that are set.
FieldMask FieldsOf(const Message& message, bool only_set) {
  FieldMask fields;
  for (int i = 0; i < message.GetDescriptor()->field_count(); ++i) {
    const FieldDescriptor& field = *message.GetDescriptor()->field(i);
    if (CanChange(field) && (!only_set || IsSet(message, field))) fields.add_paths(field.name());
  }
  return fields;
}

absl::Status CheckPath(const Message& resource, const std::string& path) {
  std::vector<const FieldDescriptor*> fields;
  // An empty path is taken for one without fields.
  if (!FieldMaskUtil::GetFieldDescriptors(resource.GetDescriptor(), path, &fields) ||
      fields.empty()) {
    return FieldError(v1::INVALID_UPDATE_MASK, "update_mask",
                      absl::StrCat("names ", Quoted(path), ", which is no field of a ",
                                   resource.GetDescriptor()->name()));
  }
  if (!CanChange(*fields.front())) {
    return FieldError(v1::INVALID_UPDATE_MASK, "update_mask",
                      absl::StrCat("names ", Quoted(path), ", which cannot be changed"));
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status ApplyUpdate(const FieldMask& mask, const Message& patch, Message& resource) {
  FieldMask fields = mask;
  if (mask.paths_size() == 0) {
    fields = FieldsOf(patch, true);
  } else if (mask.paths_size() == 1 && mask.paths(0) == "*") {
    fields = FieldsOf(patch, false);
  }
  for (const std::string& path : fields.paths()) {
    const absl::Status status = CheckPath(resource, path);
    if (!status.ok()) return status;
  }
  FieldMaskUtil::MergeOptions options;
  options.set_replace_message_fields(true);
  options.set_replace_repeated_fields(true);
  FieldMaskUtil::MergeMessageTo(patch, fields, options, &resource);
  return absl::OkStatus();
}

}  // namespace seatwise
