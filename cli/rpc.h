// How the client's calls are made over a gRPC channel. Included by client.cc and its parts only.
#pragma once

#include <grpcpp/channel.h>
#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/status.h>

#include <functional>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "cli/stream.h"

namespace seatwise::cli {

// A gRPC status as this program's: same code and message, details as payloads.
absl::Status FromGrpc(const grpc::Status& status);

// A message as gRPC sends it.
grpc::ByteBuffer ToBytes(const google::protobuf::Message& message);

// INTERNAL if the bytes are no such message.
absl::Status FromBytes(const grpc::ByteBuffer& bytes, google::protobuf::Message& message);

// One call that is answered by one message.
absl::Status UnaryCall(const std::shared_ptr<grpc::Channel>& channel, absl::string_view method,
                       const google::protobuf::Message& request,
                       google::protobuf::Message& response);

// A call with messages in both directions; `explain` makes what its Finish answers.
std::unique_ptr<Stream> OpenStream(const std::shared_ptr<grpc::Channel>& channel,
                                   absl::string_view method,
                                   std::function<absl::Status(absl::Status)> explain);

}  // namespace seatwise::cli
