// Tells metrics and the log of every call that the server answers.
#pragma once

#include <grpcpp/support/server_interceptor.h>
#include <grpcpp/support/status.h>

#include <memory>

#include "service/log.h"
#include "service/metrics.h"

namespace seatwise {

// The one call that tells of itself: an interceptor would cost as much as its answer.
inline constexpr char kGetEffectiveLicensesMethod[] =
    "/seatwise.v1.LicenseService/GetEffectiveLicenses";

// For ServerBuilder: tells of every call but the one above. `metrics` and `log` must outlive the
// server.
std::unique_ptr<grpc::experimental::ServerInterceptorFactoryInterface> MakeRpcObserver(
    Metrics& metrics, Logger& log);

// Tells of one call, which took so long until it was answered with `status`. Failures that are the
// server's own (INTERNAL, UNKNOWN, DATA_LOSS) are logged as errors, requests that gRPC cannot read
// (INTERNAL without a text) as warnings, all other calls on level debug: by method, code and
// duration, never by content.
void TellOfCall(const char* method, const grpc::Status& status, double seconds, Metrics& metrics,
                Logger& log);

}  // namespace seatwise
