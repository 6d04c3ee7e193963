// Records are not decoded, which would cost more than reading them does: what is asked for are a
// few fields of many. They are UserNameRecords, as protobuf writes them: each field is its number
// and kind, its length, and its bytes.
#include "storage/user_names.h"

#include <string>

#include "base/status_macros.h"
#include "google/protobuf/io/coded_stream.h"
#include "storage/keys.h"
#include "storage/record_format.h"

namespace seatwise {
namespace {

absl::Status Damaged() { return RecordError("a user's names", "is damaged"); }

struct Field {
  uint32_t number = 0;
  absl::string_view bytes;
};

// Takes a field of bytes, which all fields here are; nothing if there is none at the front.
std::optional<Field> TakeField(absl::string_view& message) {
  constexpr uint32_t kBytes = 2;
  google::protobuf::io::CodedInputStream in(reinterpret_cast<const uint8_t*>(message.data()),
                                            static_cast<int>(message.size()));
  uint32_t tag = 0;
  uint32_t size = 0;
  if (!in.ReadVarint32(&tag) || (tag & 7) != kBytes || !in.ReadVarint32(&size)) return std::nullopt;
  message.remove_prefix(static_cast<size_t>(in.CurrentPosition()));
  if (size > message.size()) return std::nullopt;
  const Field field = {tag >> 3, message.substr(0, size)};
  message.remove_prefix(size);
  return field;
}

// Fields come by their numbers: those of the names first.
std::optional<UserNamesView> ReadNames(absl::string_view message) {
  UserNamesView names;
  while (!message.empty()) {
    absl::string_view behind = message;
    const std::optional<Field> field = TakeField(behind);
    if (!field) return std::nullopt;
    if (field->number > 3) break;
    if (field->number == 1) names.id = field->bytes;
    if (field->number == 2) names.user_principal_name = field->bytes;
    if (field->number == 3) names.display_name = field->bytes;
    message = behind;
  }
  names.rest = message;
  return names;
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
  absl::string_view rest = names.rest;
  while (!rest.empty()) {
    const std::optional<Field> field = TakeField(rest);
    if (!field) return Damaged();
    if (field->number != 4) continue;
    absl::string_view name;
    absl::string_view value;
    for (absl::string_view pair = field->bytes; !pair.empty();) {
      const std::optional<Field> part = TakeField(pair);
      if (!part) return Damaged();
      (part->number == 1 ? name : value) = part->bytes;
    }
    if (name == attribute) return std::optional<absl::string_view>(value);
  }
  return std::optional<absl::string_view>();
}

}  // namespace seatwise
