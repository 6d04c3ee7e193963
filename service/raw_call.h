// Calls whose messages the handler reads and writes as bytes: see license_wire.h for why.
#pragma once

#include <google/protobuf/message_lite.h>

#include <string>

#include "absl/status/status.h"
#include "grpcpp/support/byte_buffer.h"

namespace seatwise {

// Reads what a caller sent into `request`. INVALID_ARGUMENT / MALFORMED if it is no such message.
absl::Status ReadRequest(const grpc::ByteBuffer& bytes, google::protobuf::MessageLite& request);

// The bytes of a reply, to be sent.
grpc::ByteBuffer ToByteBuffer(std::string bytes);

}  // namespace seatwise
