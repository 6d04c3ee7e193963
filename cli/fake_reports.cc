#include "cli/fake_reports.h"

#include <google/protobuf/descriptor.h>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace seatwise::cli {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

const FieldDescriptor* FieldOf(const Message& message, const char* name) {
  return message.GetDescriptor()->FindFieldByName(name);
}

void AddTo(const FieldDescriptor& field, const std::string& text, Message& message) {
  const Reflection& reflection = *message.GetReflection();
  if (field.message_type() != nullptr) {
    FillMessage(text, *reflection.AddMessage(&message, &field));
  } else if (field.cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
    reflection.AddString(&message, &field, text);
  }
}

void SetIn(const FieldDescriptor& field, const std::string& text, Message& message) {
  const Reflection& reflection = *message.GetReflection();
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      return reflection.SetString(&message, &field, text);
    case FieldDescriptor::CPPTYPE_INT64:
      return reflection.SetInt64(&message, &field, 1);
    case FieldDescriptor::CPPTYPE_INT32:
      return reflection.SetInt32(&message, &field, 1);
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return reflection.SetDouble(&message, &field, 1);
    case FieldDescriptor::CPPTYPE_BOOL:
      return reflection.SetBool(&message, &field, true);
    case FieldDescriptor::CPPTYPE_ENUM:
      return reflection.SetEnumValue(&message, &field, 1);
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return FillMessage(text, *reflection.MutableMessage(&message, &field));
    default:
      return;
  }
}

}  // namespace

void FillMessage(const std::string& text, Message& message) {
  for (int i = 0; i < message.GetDescriptor()->field_count(); ++i) {
    const FieldDescriptor& field = *message.GetDescriptor()->field(i);
    if (field.is_map()) continue;
    if (field.is_repeated()) {
      AddTo(field, text, message);
    } else {
      SetIn(field, text, message);
    }
  }
}

void FakeReports::Fill(const Message& request, Message& response) const {
  const Reflection& reflection = *response.GetReflection();
  const FieldDescriptor* list = FieldOf(response, "rows");
  if (list == nullptr) list = FieldOf(response, "users");
  for (int i = 0; i < rows; ++i) FillMessage(text, *reflection.AddMessage(&response, list));
  reflection.SetInt64(&response, FieldOf(response, "revision"), revision);
  int page = 0;
  static_cast<void>(absl::SimpleAtoi(
      request.GetReflection()->GetString(request, FieldOf(request, "page_token")), &page));
  if (page + 1 < pages) {
    reflection.SetString(&response, FieldOf(response, "next_page_token"), absl::StrCat(page + 1));
  }
}

}  // namespace seatwise::cli
