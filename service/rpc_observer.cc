#include "service/rpc_observer.h"

#include <grpcpp/server_context.h>

#include <cstring>
#include <string>

#include "base/clock.h"

namespace seatwise {
namespace {

using grpc::experimental::InterceptionHookPoints;
using grpc::experimental::ServerRpcInfo;

bool IsOurFault(grpc::StatusCode code) {
  return code == grpc::StatusCode::INTERNAL || code == grpc::StatusCode::UNKNOWN ||
         code == grpc::StatusCode::DATA_LOSS;
}

// Of ours, what says nothing: gRPC answers so for a request that it cannot read, and for an answer
// that it cannot write.
bool IsOfTransport(const grpc::Status& status) {
  return status.error_code() == grpc::StatusCode::INTERNAL && status.error_message().empty();
}

// Lives as long as one call.
class RpcObserver final : public grpc::experimental::Interceptor {
 public:
  RpcObserver(const ServerRpcInfo& info, Metrics& metrics, Logger& log)
      : method_(info.method()), metrics_(metrics), log_(log) {}

  void Intercept(grpc::experimental::InterceptorBatchMethods* methods) override {
    if (methods->QueryInterceptionHookPoint(InterceptionHookPoints::PRE_SEND_STATUS)) {
      TellOfCall(method_, methods->GetSendStatus(), stopwatch_.Seconds(), metrics_, log_);
    }
    methods->Proceed();
  }

 private:
  const Stopwatch stopwatch_;
  const char* const method_;
  Metrics& metrics_;
  Logger& log_;
};

class Factory final : public grpc::experimental::ServerInterceptorFactoryInterface {
 public:
  Factory(Metrics& metrics, Logger& log) : metrics_(metrics), log_(log) {}

  grpc::experimental::Interceptor* CreateServerInterceptor(ServerRpcInfo* info) override {
    // Without an interceptor gRPC takes a shorter way.
    if (std::strcmp(info->method(), kGetEffectiveLicensesMethod) == 0) return nullptr;
    return new RpcObserver(*info, metrics_, log_);
  }

 private:
  Metrics& metrics_;
  Logger& log_;
};

}  // namespace

std::unique_ptr<grpc::experimental::ServerInterceptorFactoryInterface> MakeRpcObserver(
    Metrics& metrics, Logger& log) {
  return std::make_unique<Factory>(metrics, log);
}

void TellOfCall(const char* method, const grpc::Status& status, double seconds, Metrics& metrics,
                Logger& log) {
  metrics.RpcDone(method, status.error_code(), seconds);
  const bool transport = IsOfTransport(status);
  const bool fault = IsOurFault(status.error_code()) && !transport;
  const LogLevel level = fault       ? LogLevel::kError
                         : transport ? LogLevel::kWarning
                                     : LogLevel::kDebug;
  if (!log.Takes(level)) return;
  std::string error;
  if (fault) error = status.error_message();
  if (transport) {
    error =
        "gRPC could not read the request, or not write the answer: is the client's protocol "
        "another one?";
  }
  log.Log(level, fault || transport ? "call failed" : "call answered",
          {{"method", method},
           {"code", static_cast<int>(status.error_code())},
           {"seconds", seconds},
           {"error", error}});
}

}  // namespace seatwise
