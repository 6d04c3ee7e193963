// Calls of an API over a channel, with nothing but messages: no stubs. Test only.
#pragma once

#include <memory>
#include <string>

#include "absl/strings/string_view.h"
#include "google/protobuf/message.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "grpcpp/channel.h"
#include "grpcpp/client_context.h"
#include "grpcpp/generic/generic_stub.h"
#include "grpcpp/impl/client_unary_call.h"
#include "grpcpp/impl/codegen/proto_utils.h"
#include "grpcpp/impl/codegen/rpc_method.h"
#include "grpcpp/support/byte_buffer.h"

namespace seatwise {

// Calls "TenantService/CreateTenant" and the like.
inline grpc::Status CallForTest(grpc::Channel& channel, absl::string_view method,
                                const google::protobuf::MessageLite& request,
                                google::protobuf::MessageLite& response) {
  const std::string path = "/seatwise.v1." + std::string(method);
  grpc::ClientContext context;
  return grpc::internal::BlockingUnaryCall(
      &channel, grpc::internal::RpcMethod(path.c_str(), grpc::internal::RpcMethod::NORMAL_RPC),
      &context, request, &response);
}

// The ErrorInfo that a status carries; empty if it has none.
inline google::rpc::ErrorInfo InfoOf(const grpc::Status& status) {
  google::rpc::Status details;
  google::rpc::ErrorInfo info;
  if (!details.ParseFromString(status.error_details())) return info;
  for (const auto& detail : details.details()) {
    if (detail.UnpackTo(&info)) return info;
  }
  return info;
}

// What grpc.health.v1 says of a service, or of the server ("" as its name): "SERVING",
// "NOT_SERVING", or "error" and a code. Its messages are small enough to be written by hand: field
// 1 of the request is the name, field 1 of the answer is 1 for SERVING, 2 for NOT_SERVING.
inline std::string HealthOf(const std::shared_ptr<grpc::Channel>& channel,
                            const std::string& service) {
  grpc::ClientContext context;
  grpc::CompletionQueue queue;
  const grpc::Slice slice("\x0a" + std::string(1, static_cast<char>(service.size())) + service);
  grpc::GenericStub stub(channel);
  const auto call = stub.PrepareUnaryCall(&context, "/grpc.health.v1.Health/Check",
                                          grpc::ByteBuffer(&slice, 1), &queue);
  call->StartCall();
  grpc::ByteBuffer answer;
  grpc::Status status;
  call->Finish(&answer, &status, nullptr);
  void* tag = nullptr;
  bool ok = false;
  queue.Next(&tag, &ok);
  if (!status.ok()) return "error " + std::to_string(status.error_code());
  grpc::Slice bytes;
  if (!answer.DumpToSingleSlice(&bytes).ok() || bytes.size() != 2) return "?";
  return bytes.begin()[1] == 1 ? "SERVING" : "NOT_SERVING";
}

}  // namespace seatwise
