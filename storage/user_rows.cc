#include "storage/user_rows.h"

#include <cstddef>
#include <optional>
#include <utility>

#include "base/status_macros.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/wire_format_lite.h"
#include "storage/record.pb.h"
#include "storage/record_format.h"
#include "storage/records.h"

namespace seatwise {
namespace {

using google::protobuf::internal::WireFormatLite;
using google::protobuf::io::CodedInputStream;
using storage::UserRecord;

constexpr uint32_t Varint(int field) {
  return WireFormatLite::MakeTag(field, WireFormatLite::WIRETYPE_VARINT);
}

// What a record says but for the addresses, which go to a column at once.
struct Row {
  uint32_t number = 0;
  absl::string_view location;
  uint64_t created_at = 0;
  uint64_t blocked = 0;
  uint64_t guest = 0;
};

// One field; false if it is damaged.
bool ReadField(uint32_t tag, CodedInputStream& stream, Row& row, StringColumn& addresses) {
  std::optional<absl::string_view> text;
  switch (tag) {
    case Varint(UserRecord::kNumberFieldNumber):
      return stream.ReadVarint32(&row.number);
    case TextTag(UserRecord::kUsageLocationFieldNumber):
      text = ReadText(stream);
      if (text) row.location = *text;
      return text.has_value();
    case Varint(UserRecord::kCreatedAtFieldNumber):
      return stream.ReadVarint64(&row.created_at);
    case Varint(UserRecord::kBlockedFieldNumber):
      return stream.ReadVarint64(&row.blocked);
    case Varint(UserRecord::kGuestFieldNumber):
      return stream.ReadVarint64(&row.guest);
    case TextTag(UserRecord::kProxyAddressesFieldNumber):
      text = ReadText(stream);
      if (text) addresses.Add(*text);
      return text.has_value();
    default:
      return WireFormatLite::SkipField(&stream, tag);  // Of a newer version.
  }
}

// Puts one column of all parts together.
template <typename T>
std::vector<T> TakeColumn(std::vector<UserRows>& parts, std::vector<T> UserRows::* column) {
  size_t users = 0;
  for (const UserRows& part : parts) users += (part.*column).size();
  std::vector<T> all;
  all.reserve(users);
  for (UserRows& part : parts) {
    const std::vector<T> rows = std::exchange(part.*column, {});
    all.insert(all.end(), rows.begin(), rows.end());
  }
  return all;
}

}  // namespace

absl::Status UserRows::Add(absl::string_view id, absl::string_view value) {
  SEATWISE_ASSIGN_OR_RETURN(const absl::string_view content, Unframed(value));
  CodedInputStream stream = FieldsOf(content);
  Row row;
  while (const uint32_t tag = stream.ReadTag()) {
    if (!ReadField(tag, stream, row, addresses.address)) {
      return RecordError("seatwise.storage.UserRecord", "is damaged");
    }
  }
  if (!stream.ConsumedEntireMessage()) {
    return RecordError("seatwise.storage.UserRecord", "is damaged");
  }
  SEATWISE_ASSIGN_OR_RETURN(const Location where, ToLocation(row.location));
  addresses.user.resize(addresses.address.size(), users);
  ++users;
  ids.Add(id);
  number.push_back(row.number);
  location.push_back(where);
  created_at.push_back(Time{WireFormatLite::ZigZagDecode64(row.created_at)});
  accounts.push_back({.blocked = row.blocked != 0, .guest = row.guest != 0});
  return absl::OkStatus();
}

StringColumn TakeIds(std::vector<UserRows>& parts) {
  size_t users = 0;
  size_t bytes = 0;
  for (const UserRows& part : parts) users += part.ids.size(), bytes += part.ids.bytes();
  StringColumn all;
  all.Reserve(users, bytes);
  for (UserRows& part : parts) all.Append(std::exchange(part.ids, {}));
  return all;
}

AddressColumn TakeAddresses(std::vector<UserRows>& parts) {
  size_t addresses = 0;
  size_t bytes = 0;
  for (const UserRows& part : parts) {
    addresses += part.addresses.user.size(), bytes += part.addresses.address.bytes();
  }
  AddressColumn all;
  all.address.Reserve(addresses, bytes);
  all.user.reserve(addresses);
  uint32_t before = 0;
  for (UserRows& part : parts) {
    const AddressColumn column = std::exchange(part.addresses, {});
    all.address.Append(column.address);
    for (const uint32_t user : column.user) all.user.push_back(before + user);
    before += part.users;
  }
  return all;
}

UserRows TakeValues(std::vector<UserRows>& parts) {
  UserRows all;
  all.number = TakeColumn(parts, &UserRows::number);
  all.location = TakeColumn(parts, &UserRows::location);
  all.created_at = TakeColumn(parts, &UserRows::created_at);
  all.accounts = TakeColumn(parts, &UserRows::accounts);
  return all;
}

}  // namespace seatwise
