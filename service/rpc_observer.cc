#include "service/rpc_observer.h"

#include <grpcpp/server_context.h>

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
      Tell(methods->GetSendStatus());
    }
    methods->Proceed();
  }

 private:
  void Tell(const grpc::Status& status) {
    const double seconds = stopwatch_.Seconds();
    metrics_.RpcDone(method_, status.error_code(), seconds);
    const bool fault = IsOurFault(status.error_code());
    const LogLevel level = fault ? LogLevel::kError : LogLevel::kDebug;
    if (!log_.Takes(level)) return;
    log_.Log(level, fault ? "call failed" : "call answered",
             {{"method", method_},
              {"code", static_cast<int>(status.error_code())},
              {"seconds", seconds},
              {"error", fault ? status.error_message() : std::string()}});
  }

  const Stopwatch stopwatch_;
  const char* const method_;
  Metrics& metrics_;
  Logger& log_;
};

class Factory final : public grpc::experimental::ServerInterceptorFactoryInterface {
 public:
  Factory(Metrics& metrics, Logger& log) : metrics_(metrics), log_(log) {}

  grpc::experimental::Interceptor* CreateServerInterceptor(ServerRpcInfo* info) override {
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

}  // namespace seatwise
