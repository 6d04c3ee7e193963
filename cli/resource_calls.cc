#include "cli/resource_calls.h"

#include <google/protobuf/field_mask.pb.h>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "base/check.h"
#include "base/status_macros.h"
#include "cli/pages.h"

namespace seatwise::cli {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::DescriptorPool;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

MessagePtr New(const std::string& full_name) {
  const Descriptor* type = DescriptorPool::generated_pool()->FindMessageTypeByName(full_name);
  SEATWISE_CHECK(type != nullptr);
  return MessagePtr(
      google::protobuf::MessageFactory::generated_factory()->GetPrototype(type)->New());
}

const FieldDescriptor& FieldOf(const Message& message, const char* name) {
  const FieldDescriptor* field = message.GetDescriptor()->FindFieldByName(name);
  SEATWISE_CHECK(field != nullptr);
  return *field;
}

// "ListSkusResponse" as "ListSkus".
std::string ListMethod(const ResourceKind& kind) {
  const std::string& name = kind.list_response->name();
  return name.substr(0, name.size() - std::string("Response").size());
}

std::string MethodOf(const ResourceKind& kind, absl::string_view verb) {
  return verb == "List" ? ListMethod(kind) : absl::StrCat(verb, kind.resource->name());
}

constexpr absl::string_view kPackage = "seatwise.v1.";

// The repeated resource of a page.
const FieldDescriptor& RowsOf(const ResourceKind& kind) {
  for (int i = 0; i < kind.list_response->field_count(); ++i) {
    if (kind.list_response->field(i)->message_type() == kind.resource) {
      return *kind.list_response->field(i);
    }
  }
  SEATWISE_CHECK(false);
  return *kind.list_response->field(0);
}

}  // namespace

MessagePtr ResourceCalls::Request(absl::string_view verb) const {
  return New(absl::StrCat(kPackage, MethodOf(kind_, verb), "Request"));
}

absl::StatusOr<MessagePtr> ResourceCalls::Call(absl::string_view verb,
                                               const Message& request) const {
  const std::string method = MethodOf(kind_, verb);
  MessagePtr response = New(absl::StrCat(kPackage, method, "Response"));
  SEATWISE_RETURN_IF_ERROR(client_.CallInto(
      absl::StrCat(kPackage, kind_.resource->name(), "Service/", method), request, *response));
  return response;
}

absl::Status ResourceCalls::ForEach(const std::string& parent,
                                    absl::FunctionRef<bool(const Message&)> visit) const {
  const FieldDescriptor& rows = RowsOf(kind_);
  const MessagePtr request = Request("List");
  Set(*request, "parent", parent);
  request->GetReflection()->SetInt32(request.get(), &FieldOf(*request, "page_size"), kPageSize);
  for (;;) {
    SEATWISE_ASSIGN_OR_RETURN(const MessagePtr page, Call("List", *request));
    const google::protobuf::Reflection& reflection = *page->GetReflection();
    for (int i = 0; i < reflection.FieldSize(*page, &rows); ++i) {
      if (!visit(reflection.GetRepeatedMessage(*page, &rows, i))) return absl::OkStatus();
    }
    const std::string next = reflection.GetString(*page, &FieldOf(*page, "next_page_token"));
    if (next.empty()) return absl::OkStatus();
    Set(*request, "page_token", next);
  }
}

Message& ResourceCalls::Resource(Message& message) const {
  const Descriptor& type = *message.GetDescriptor();
  for (int i = 0; i < type.field_count(); ++i) {
    if (type.field(i)->message_type() == kind_.resource) {
      return *message.GetReflection()->MutableMessage(&message, type.field(i));
    }
  }
  SEATWISE_CHECK(false);
  return message;
}

bool ResourceCalls::Has(const Message& message, const char* field) {
  return message.GetDescriptor()->FindFieldByName(field) != nullptr;
}

void ResourceCalls::Set(Message& message, const char* field, const std::string& text) {
  message.GetReflection()->SetString(&message, &FieldOf(message, field), text);
}

void ResourceCalls::Set(Message& message, const char* field, bool value) {
  message.GetReflection()->SetBool(&message, &FieldOf(message, field), value);
}

void ResourceCalls::AddToMask(Message& request, const std::string& path) {
  Message* mask =
      request.GetReflection()->MutableMessage(&request, &FieldOf(request, "update_mask"));
  mask->GetReflection()->AddString(mask, &FieldOf(*mask, "paths"), path);
}

}  // namespace seatwise::cli
