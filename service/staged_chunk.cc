// The wire format of protobuf: fields, each a varint of its number and type, then a varint, or a
// length and so many bytes. Of fields that are there twice the last one holds.
#include "service/staged_chunk.h"

#include <cstddef>

#include "absl/status/status.h"
#include "base/time.h"
#include "google/protobuf/timestamp.pb.h"
#include "google/protobuf/wire_format_lite.h"
#include "seatwise/v1/directory.pb.h"
#include "seatwise/v1/fact.pb.h"
#include "seatwise/v1/transfer_service.pb.h"
#include "service/timestamps.h"

namespace seatwise {
namespace {

using WireType = google::protobuf::internal::WireFormatLite::WireType;
using google::protobuf::internal::WireFormatLite;

// Reads a message field by field.
class WireReader {
 public:
  explicit WireReader(absl::string_view bytes) : rest_(bytes) {}

  // Goes to the next field. False at the end, and where the bytes are no message any more or have a
  // group, which no message of ours ever had.
  bool Next() {
    if (rest_.empty()) return false;
    const uint64_t tag = Varint();
    if (tag > UINT32_MAX) return Fail();
    field_ = static_cast<int>(tag >> 3);
    type_ = static_cast<WireType>(tag & 7);
    if (field_ == 0 || !ReadValue()) return Fail();
    return sound_;
  }

  // Whether everything was read.
  bool AtEnd() const { return sound_ && rest_.empty(); }

  // Whether the field is this one, of bytes or of a varint.
  bool IsBytes(int field) const {
    return field_ == field && type_ == WireFormatLite::WIRETYPE_LENGTH_DELIMITED;
  }
  bool IsNumber(int field) const {
    return field_ == field && type_ == WireFormatLite::WIRETYPE_VARINT;
  }
  int field() const { return field_; }
  absl::string_view bytes() const { return bytes_; }
  uint64_t number() const { return number_; }

 private:
  bool Fail() {
    sound_ = false;
    return false;
  }

  bool ReadValue() {
    switch (type_) {
      case WireFormatLite::WIRETYPE_VARINT:
        number_ = Varint();
        return true;
      case WireFormatLite::WIRETYPE_LENGTH_DELIMITED:
        return ReadBytes(Varint());
      case WireFormatLite::WIRETYPE_FIXED64:
        return ReadBytes(sizeof(uint64_t));
      case WireFormatLite::WIRETYPE_FIXED32:
        return ReadBytes(sizeof(uint32_t));
      default:
        return false;
    }
  }

  bool ReadBytes(uint64_t size) {
    if (size > rest_.size()) return false;
    bytes_ = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return true;
  }

  uint64_t Varint() {
    uint64_t value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      if (rest_.empty()) break;
      const auto byte = static_cast<unsigned char>(rest_.front());
      rest_.remove_prefix(1);
      value |= uint64_t{byte & 0x7fu} << shift;
      if (byte < 0x80) return value;
    }
    Fail();
    return 0;
  }

  absl::string_view rest_;
  bool sound_ = true;
  int field_ = 0;
  WireType type_ = WireFormatLite::WIRETYPE_VARINT;
  uint64_t number_ = 0;
  absl::string_view bytes_;
};

// The fields of Fact have the order of the kinds.
std::optional<FactKind> KindOfField(int field) {
  if (field < 1 || field > static_cast<int>(kFactKinds)) return std::nullopt;
  return static_cast<FactKind>(field - 1);
}

RawFact ReadFact(absl::string_view message) {
  RawFact fact{.message = message};
  WireReader reader(message);
  if (reader.Next() && reader.AtEnd() && reader.IsBytes(reader.field()) &&
      KindOfField(reader.field())) {
    fact.kind = KindOfField(reader.field());
    fact.content = reader.bytes();
    return fact;
  }
  v1::Fact parsed;
  if (parsed.ParseFromArray(message.data(), static_cast<int>(message.size()))) {
    fact.kind = KindOfField(parsed.fact_case());
  }
  return fact;
}

std::optional<Time> ReadTimestamp(absl::string_view bytes) {
  google::protobuf::Timestamp timestamp;
  WireReader reader(bytes);
  while (reader.Next()) {
    if (reader.IsNumber(google::protobuf::Timestamp::kSecondsFieldNumber)) {
      timestamp.set_seconds(static_cast<int64_t>(reader.number()));
    } else if (reader.IsNumber(google::protobuf::Timestamp::kNanosFieldNumber)) {
      timestamp.set_nanos(static_cast<int32_t>(reader.number()));
    } else {
      return std::nullopt;
    }
  }
  return reader.AtEnd() ? FromTimestamp(timestamp) : std::nullopt;
}

}  // namespace

absl::StatusOr<RawChunk> ReadChunk(absl::string_view bytes) {
  RawChunk chunk;
  WireReader reader(bytes);
  while (reader.Next()) {
    if (reader.IsNumber(v1::ImportRequest::Chunk::kNumberFieldNumber)) {
      chunk.number = static_cast<int64_t>(reader.number());
    } else if (reader.IsBytes(v1::ImportRequest::Chunk::kFactsFieldNumber)) {
      chunk.facts.push_back(ReadFact(reader.bytes()));
    }
  }
  if (!reader.AtEnd()) return absl::InvalidArgumentError("is no message of this type");
  return chunk;
}

std::optional<MembershipView> ReadMember(absl::string_view content) {
  MembershipView row;
  bool timed = false;
  WireReader reader(content);
  while (reader.Next()) {
    if (reader.IsBytes(v1::Member::kGroupIdFieldNumber) && row.group.empty()) {
      row.group = reader.bytes();
    } else if (reader.IsBytes(v1::Member::kUserIdFieldNumber) && row.member.empty()) {
      row.member = reader.bytes();
      row.member_is_group = false;
    } else if (reader.IsBytes(v1::Member::kMemberGroupIdFieldNumber) && row.member.empty()) {
      row.member = reader.bytes();
      row.member_is_group = true;
    } else if (reader.IsBytes(v1::Member::kAddedAtFieldNumber) && !timed) {
      const std::optional<Time> time = ReadTimestamp(reader.bytes());
      if (!time) return std::nullopt;
      row.added_at = *time;
      timed = true;
    } else {
      return std::nullopt;
    }
  }
  if (!reader.AtEnd() || row.group.empty() || row.member.empty()) return std::nullopt;
  return row;
}

}  // namespace seatwise
