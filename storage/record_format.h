// The frame of every stored value: one byte that says the version of the format, and then the
// content. A version that this program does not know is an error, never a guess.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "base/status_macros.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/message_lite.h"
#include "google/protobuf/wire_format_lite.h"

namespace seatwise {

// The one version there is.
inline constexpr uint8_t kRecordVersion = 1;

// DATA_LOSS: `what` ("a user") cannot be read because of `problem` ("is cut off").
absl::Status RecordError(absl::string_view what, absl::string_view problem);

// `content` in its frame.
std::string Framed(absl::string_view content);

// The content of a value. DATA_LOSS if it is empty, FAILED_PRECONDITION if it has another version.
absl::StatusOr<absl::string_view> Unframed(absl::string_view value);

// A message in its frame; messages are far below 2 GB.
std::string EncodeMessage(const google::protobuf::MessageLite& message);

// Reads a message into `message`, which may be used again and again. Errors of Unframed; DATA_LOSS
// if the content is no such message.
absl::Status DecodeMessage(absl::string_view value, google::protobuf::MessageLite& message);

// The same for one value.
template <typename Message>
absl::StatusOr<Message> Decoded(absl::string_view value) {
  Message message;
  SEATWISE_RETURN_IF_ERROR(DecodeMessage(value, message));
  return message;
}

// For whoever reads a few fields of very many messages, where making a message of each would cost
// more than reading it: the content as a stream of fields.
inline google::protobuf::io::CodedInputStream FieldsOf(absl::string_view content) {
  return google::protobuf::io::CodedInputStream(reinterpret_cast<const uint8_t*>(content.data()),
                                                static_cast<int>(content.size()));
}

// What stands in front of a text or bytes, or of a message within.
constexpr uint32_t TextTag(int field) {
  using google::protobuf::internal::WireFormatLite;
  return WireFormatLite::MakeTag(field, WireFormatLite::WIRETYPE_LENGTH_DELIMITED);
}

// Behind such a tag: the bytes where they lie; nothing if they are cut off.
std::optional<absl::string_view> ReadText(google::protobuf::io::CodedInputStream& fields);

}  // namespace seatwise
