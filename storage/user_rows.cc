#include "storage/user_rows.h"

#include <cstddef>
#include <optional>

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

template <typename T>
void AppendTo(std::vector<T>& all, const std::vector<T>& part) {
  all.insert(all.end(), part.begin(), part.end());
}

void JoinIds(const std::vector<UserRows>& parts, UserRows& all) {
  size_t users = 0;
  size_t bytes = 0;
  for (const UserRows& part : parts) users += part.ids.size(), bytes += part.ids.bytes();
  all.ids.Reserve(users, bytes);
  for (const UserRows& part : parts) all.ids.Append(part.ids);
}

void JoinAddresses(const std::vector<UserRows>& parts, AddressColumn& all) {
  size_t addresses = 0;
  size_t bytes = 0;
  for (const UserRows& part : parts) {
    addresses += part.addresses.user.size(), bytes += part.addresses.address.bytes();
  }
  all.address.Reserve(addresses, bytes);
  all.user.reserve(addresses);
  uint32_t before = 0;
  for (const UserRows& part : parts) {
    all.address.Append(part.addresses.address);
    for (const uint32_t user : part.addresses.user) all.user.push_back(before + user);
    before += static_cast<uint32_t>(part.ids.size());
  }
}

void JoinValues(const std::vector<UserRows>& parts, UserRows& all) {
  size_t users = 0;
  for (const UserRows& part : parts) users += part.ids.size();
  all.number.reserve(users), all.location.reserve(users);
  all.created_at.reserve(users), all.accounts.reserve(users);
  for (const UserRows& part : parts) {
    AppendTo(all.number, part.number), AppendTo(all.location, part.location);
    AppendTo(all.created_at, part.created_at), AppendTo(all.accounts, part.accounts);
  }
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
  addresses.user.resize(addresses.address.size(), static_cast<uint32_t>(ids.size()));
  ids.Add(id);
  number.push_back(row.number);
  location.push_back(where);
  created_at.push_back(Time{WireFormatLite::ZigZagDecode64(row.created_at)});
  accounts.push_back({.blocked = row.blocked != 0, .guest = row.guest != 0});
  return absl::OkStatus();
}

UserRows Join(const std::vector<UserRows>& parts, Executor& executor) {
  UserRows all;
  executor.Run(3, [&](int task) {
    if (task == 0) JoinIds(parts, all);
    if (task == 1) JoinAddresses(parts, all.addresses);
    if (task == 2) JoinValues(parts, all);
  });
  return all;
}

}  // namespace seatwise
