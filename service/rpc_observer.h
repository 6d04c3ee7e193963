// Tells metrics and the log of every call that the server answers.
#pragma once

#include <grpcpp/support/server_interceptor.h>

#include <memory>

#include "service/log.h"
#include "service/metrics.h"

namespace seatwise {

// For ServerBuilder. Failures that are the server's own (INTERNAL, UNKNOWN, DATA_LOSS) are logged
// as errors, all other calls on level debug: by method, code and duration, never by content.
// `metrics` and `log` must outlive the server.
std::unique_ptr<grpc::experimental::ServerInterceptorFactoryInterface> MakeRpcObserver(
    Metrics& metrics, Logger& log);

}  // namespace seatwise
