#include "cli/page_json.h"

#include <variant>

#include "cli/field_value.h"
#include "cli/records.h"
#include "cli/text.h"
#include "engine/model/ids.h"

namespace seatwise::cli {

std::string Dump(const PageObject& json) {
  return json.dump(-1, ' ', /*ensure_ascii=*/false, PageObject::error_handler_t::replace);
}

void Set(PageObject& object, const char* key, const std::string& text) {
  if (!text.empty()) object[key] = text;
}
void Set(PageObject& object, const char* key, int64_t number) {
  if (number != 0) object[key] = number;
}
void Set(PageObject& object, const char* key, bool flag) {
  if (flag) object[key] = true;
}
void Set(PageObject& object, const char* key, const std::vector<std::string>& texts) {
  if (!texts.empty()) object[key] = texts;
}

std::string Spelled(const google::protobuf::Message& message, const char* field) {
  const RecordValue value = ValueOf(message, *message.GetDescriptor()->FindFieldByName(field));
  const auto* text = std::get_if<std::string>(&value);
  return text == nullptr ? "" : *text;
}

PageObject UserObject(const std::string& id, const Names& names) {
  PageObject user = {{"id", Printable(id)}};
  const std::string name = names.User(UserId(id));
  if (name != Printable(id)) user["name"] = name;
  return user;
}

}  // namespace seatwise::cli
