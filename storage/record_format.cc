#include "storage/record_format.h"

#include "absl/strings/str_cat.h"
#include "base/check.h"

namespace seatwise {

absl::Status RecordError(absl::string_view what, absl::string_view problem) {
  return absl::DataLossError(absl::StrCat("stored record of ", what, " ", problem,
                                          "; restore a backup or ask for a repair"));
}

std::string Framed(absl::string_view content) {
  std::string value;
  value.reserve(content.size() + 1);
  value.push_back(static_cast<char>(kRecordVersion));
  value.append(content.data(), content.size());
  return value;
}

absl::StatusOr<absl::string_view> Unframed(absl::string_view value) {
  if (value.empty()) return RecordError("unknown kind", "is empty");
  const uint8_t version = static_cast<uint8_t>(value[0]);
  if (version != kRecordVersion) {
    return absl::FailedPreconditionError(
        absl::StrCat("a stored record has format version ", version, ", this program knows ",
                     kRecordVersion, "; run the program that wrote it, or a newer one"));
  }
  return value.substr(1);
}

std::string EncodeMessage(const google::protobuf::MessageLite& message) {
  std::string value(1, static_cast<char>(kRecordVersion));
  SEATWISE_CHECK(message.AppendToString(&value)) << message.GetTypeName();
  return value;
}

absl::Status DecodeMessage(absl::string_view value, google::protobuf::MessageLite& message) {
  SEATWISE_ASSIGN_OR_RETURN(const absl::string_view content, Unframed(value));
  if (!message.ParseFromArray(content.data(), static_cast<int>(content.size()))) {
    return RecordError(message.GetTypeName(), "is damaged");
  }
  return absl::OkStatus();
}

std::optional<absl::string_view> ReadText(google::protobuf::io::CodedInputStream& fields) {
  uint32_t size = 0;
  const void* bytes = nullptr;
  int left = 0;
  if (!fields.ReadVarint32(&size)) return std::nullopt;
  if (size == 0) return absl::string_view();
  if (!fields.GetDirectBufferPointer(&bytes, &left) || size > static_cast<uint32_t>(left)) {
    return std::nullopt;
  }
  fields.Skip(static_cast<int>(size));
  return absl::string_view(static_cast<const char*>(bytes), size);
}

}  // namespace seatwise
