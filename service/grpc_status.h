// Statuses as gRPC sends them.
#pragma once

#include <cstddef>

#include "absl/status/status.h"
#include "grpcpp/support/status.h"

namespace seatwise {

// gRPC 1.51 turns an error whose details are larger into RESOURCE_EXHAUSTED at the client.
inline constexpr size_t kMaxStatusBytes = 4096;

// The status with a google.rpc.Status as details, in which each error has its ErrorInfo
// (errors.h, WithReason). What does not fit kMaxStatusBytes is left out, field violations from the
// last first.
grpc::Status ToGrpcStatus(const absl::Status& status);

}  // namespace seatwise
