#include "service/raw_call.h"

#include <utility>
#include <vector>

#include "grpcpp/support/slice.h"
#include "service/errors.h"

namespace seatwise {
namespace {

bool Parse(const grpc::ByteBuffer& bytes, google::protobuf::MessageLite& request) {
  // Small messages come in one piece.
  grpc::Slice slice;
  if (bytes.TrySingleSlice(&slice).ok()) {
    return request.ParseFromArray(slice.begin(), static_cast<int>(slice.size()));
  }
  std::vector<grpc::Slice> slices;
  if (!bytes.Dump(&slices).ok()) return false;
  std::string all;
  for (const grpc::Slice& each : slices) {
    all.append(reinterpret_cast<const char*>(each.begin()), each.size());
  }
  return request.ParseFromString(all);
}

}  // namespace

absl::Status ReadRequest(const grpc::ByteBuffer& bytes, google::protobuf::MessageLite& request) {
  if (Parse(bytes, request)) return absl::OkStatus();
  return ErrorOf(v1::MALFORMED, "the request is not the message that this call takes");
}

grpc::ByteBuffer ToByteBuffer(std::string bytes) {
  // The slice owns the string: a page of a list is not copied.
  auto* const owned = new std::string(std::move(bytes));
  const grpc::Slice slice(
      owned->data(), owned->size(), [](void* string) { delete static_cast<std::string*>(string); },
      owned);
  return grpc::ByteBuffer(&slice, 1);
}

}  // namespace seatwise
