#include "cli/message_json.h"

#include <google/protobuf/descriptor.h>

#include <nlohmann/json.hpp>
#include <variant>

#include "cli/field_value.h"
#include "cli/records.h"

namespace seatwise::cli {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using Json = nlohmann::ordered_json;

Json ObjectOf(const Message& message);

// One of a list; messages, words and texts are all that lists hold here.
Json ElementOf(const Message& message, const FieldDescriptor& field, int i) {
  const google::protobuf::Reflection& reflection = *message.GetReflection();
  if (field.message_type() != nullptr) {
    return ObjectOf(reflection.GetRepeatedMessage(message, &field, i));
  }
  if (field.enum_type() != nullptr) {
    return EnumWordOf(*field.enum_type(), reflection.GetRepeatedEnumValue(message, &field, i));
  }
  return reflection.GetRepeatedString(message, &field, i);
}

Json MapOf(const Message& message, const FieldDescriptor& field) {
  Json map = Json::object();
  const google::protobuf::Reflection& reflection = *message.GetReflection();
  for (int i = 0; i < reflection.FieldSize(message, &field); ++i) {
    const Message& entry = reflection.GetRepeatedMessage(message, &field, i);
    map[entry.GetReflection()->GetString(entry, field.message_type()->map_key())] =
        entry.GetReflection()->GetString(entry, field.message_type()->map_value());
  }
  return map;
}

Json FieldOf(const Message& message, const FieldDescriptor& field) {
  if (field.is_map()) return MapOf(message, field);
  if (field.is_repeated()) {
    Json list = Json::array();
    for (int i = 0; i < message.GetReflection()->FieldSize(message, &field); ++i) {
      list.push_back(ElementOf(message, field, i));
    }
    return list;
  }
  if (field.message_type() != nullptr && !IsTime(field)) {
    return ObjectOf(message.GetReflection()->GetMessage(message, &field));
  }
  return std::visit(
      [](const auto& held) {
        using Held = std::decay_t<decltype(held)>;
        // Fields of messages are never nested records.
        if constexpr (std::is_same_v<Held, std::monostate> || std::is_same_v<Held, NestedRecords>) {
          return Json(nullptr);
        } else {
          return Json(held);
        }
      },
      ValueOf(message, field));
}

Json ObjectOf(const Message& message) {
  Json object = Json::object();
  for (int i = 0; i < message.GetDescriptor()->field_count(); ++i) {
    const FieldDescriptor& field = *message.GetDescriptor()->field(i);
    const bool optional = !field.is_repeated() && field.has_presence();
    if (optional && !message.GetReflection()->HasField(message, &field)) continue;
    object[field.name()] = FieldOf(message, field);
  }
  return object;
}

}  // namespace

std::string MessageJson(const Message& message) {
  return ObjectOf(message).dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace seatwise::cli
