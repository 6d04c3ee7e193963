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
  const bool fault = IsOurFault(status.error_code());
  const LogLevel level = fault ? LogLevel::kError : LogLevel::kDebug;
  if (!log.Takes(level)) return;
  log.Log(level, fault ? "call failed" : "call answered",
          {{"method", method},
           {"code", static_cast<int>(status.error_code())},
           {"seconds", seconds},
           {"error", fault ? status.error_message() : std::string()}});
}

}  // namespace seatwise
