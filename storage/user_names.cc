// Records are not decoded, which would cost more than reading them does: what is asked for are a
// few fields of many. They are UserNameRecords, as protobuf writes them.
#include "storage/user_names.h"

#include <string>

#include "base/status_macros.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/wire_format_lite.h"
#include "storage/keys.h"
#include "storage/record.pb.h"
#include "storage/record_format.h"

namespace seatwise {
namespace {

using google::protobuf::internal::WireFormatLite;
using google::protobuf::io::CodedInputStream;
using storage::AttributeRecord;
using storage::UserNameRecord;

absl::Status Damaged() { return RecordError("a user's names", "is damaged"); }

absl::string_view* NameFor(uint32_t tag, UserNamesView& names) {
  switch (tag) {
    case TextTag(UserNameRecord::kIdFieldNumber):
      return &names.id;
    case TextTag(UserNameRecord::kUserPrincipalNameFieldNumber):
      return &names.user_principal_name;
    case TextTag(UserNameRecord::kDisplayNameFieldNumber):
      return &names.display_name;
    default:
      return nullptr;
  }
}

// Fields come by their numbers: those of the names first.
std::optional<UserNamesView> ReadNames(absl::string_view message) {
  UserNamesView names;
  CodedInputStream fields = FieldsOf(message);
  int behind = 0;  // The names so far.
  for (;;) {
    const uint32_t tag = fields.ReadTag();
    if (tag == 0 && !fields.ConsumedEntireMessage()) return std::nullopt;
    if (tag == 0) break;
    if (WireFormatLite::GetTagFieldNumber(tag) >= UserNameRecord::kAttributesFieldNumber) break;
    absl::string_view* const name = NameFor(tag, names);
    const std::optional<absl::string_view> text = ReadText(fields);
    if (name == nullptr || !text) return std::nullopt;
    *name = *text;
    behind = fields.CurrentPosition();
  }
  names.rest = message.substr(static_cast<size_t>(behind));
  return names;
}

struct AttributeView {
  absl::string_view name;
  absl::string_view value;
};

std::optional<AttributeView> ReadAttribute(absl::string_view message) {
  AttributeView attribute;
  CodedInputStream fields = FieldsOf(message);
  while (const uint32_t tag = fields.ReadTag()) {
    const std::optional<absl::string_view> text = ReadText(fields);
    if (!text) return std::nullopt;
    if (tag == TextTag(AttributeRecord::kNameFieldNumber)) attribute.name = *text;
    if (tag == TextTag(AttributeRecord::kValueFieldNumber)) attribute.value = *text;
  }
  if (!fields.ConsumedEntireMessage()) return std::nullopt;
  return attribute;
}

}  // namespace

absl::Status ForEachUserNames(const FactsSnapshot& facts,
                              absl::FunctionRef<bool(uint32_t, const UserNamesView&)> visit) {
  const std::string start = KeyWriter(Table::kUserName).Take();
  const std::string end = EndOfPrefix(start);
  absl::Status status;
  const auto read = [&](absl::string_view key, absl::string_view value) {
    const absl::StatusOr<absl::string_view> message = Unframed(value);
    if (!message.ok()) {
      status = message.status();
      return false;
    }
    const std::optional<uint32_t> number = KeyReader(key).Number32();
    const std::optional<UserNamesView> names = ReadNames(*message);
    if (!number || !names) {
      status = Damaged();
      return false;
    }
    return visit(*number, *names);
  };
  SEATWISE_RETURN_IF_ERROR(
      facts.bytes().Scan(facts.tenant(), {.start = start, .end = end, .bulk = true}, read));
  return status;
}

absl::StatusOr<std::optional<absl::string_view>> AttributeOf(const UserNamesView& names,
                                                             absl::string_view attribute) {
  CodedInputStream fields = FieldsOf(names.rest);
  while (const uint32_t tag = fields.ReadTag()) {
    const std::optional<absl::string_view> text = ReadText(fields);
    if (!text) return Damaged();
    if (tag != TextTag(UserNameRecord::kAttributesFieldNumber)) continue;
    const std::optional<AttributeView> found = ReadAttribute(*text);
    if (!found) return Damaged();
    if (found->name == attribute) return std::optional<absl::string_view>(found->value);
  }
  if (!fields.ConsumedEntireMessage()) return Damaged();
  return std::optional<absl::string_view>();
}

}  // namespace seatwise
