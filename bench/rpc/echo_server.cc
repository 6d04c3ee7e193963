// Serves calls that do nothing, with answers of the size that the client asks for, on a loopback
// port of its choice:
//
//   echo_server SECONDS     prints the port, and ends by itself after SECONDS
#include <grpcpp/grpcpp.h>

#include <chrono>
#include <iostream>
#include <memory>
#include <string>
#include <thread>

#include "absl/strings/numbers.h"
#include "base/lock_checks.h"
#include "bench/rpc/echo.grpc.pb.h"

namespace seatwise {
namespace {

class EchoService final : public bench::Echo::CallbackService {
 public:
  grpc::ServerUnaryReactor* Call(grpc::CallbackServerContext* context, const bench::Blob*,
                                 bench::Blob* response) override {
    response->set_payload(payload_);
    return Done(*context);
  }

  grpc::ServerUnaryReactor* CallWithWork(grpc::CallbackServerContext* context, const bench::Blob*,
                                         bench::Blob* response) override {
    const auto start = std::chrono::steady_clock::now();
    while (std::chrono::steady_clock::now() - start < kWork) continue;
    response->set_payload(payload_);
    return Done(*context);
  }

  grpc::ServerUnaryReactor* AnswerWith(grpc::CallbackServerContext* context,
                                       const bench::Blob* request, bench::Blob*) override {
    payload_ = request->payload();
    return Done(*context);
  }

 private:
  static constexpr std::chrono::microseconds kWork{2};

  static grpc::ServerUnaryReactor* Done(grpc::CallbackServerContext& context) {
    grpc::ServerUnaryReactor* reactor = context.DefaultReactor();
    reactor->Finish(grpc::Status::OK);
    return reactor;
  }

  std::string payload_;
};

int Serve(int seconds) {
  EchoService service;
  grpc::ServerBuilder builder;
  int port = 0;
  builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
  builder.RegisterService(&service);
  const std::unique_ptr<grpc::Server> server = builder.BuildAndStart();
  if (server == nullptr) return 1;
  std::cout << port << std::endl;
  std::this_thread::sleep_for(std::chrono::seconds(seconds));
  server->Shutdown();
  return 0;
}

}  // namespace
}  // namespace seatwise

int main(int argc, char** argv) {
  int seconds = 0;
  if (argc != 2 || !absl::SimpleAtoi(argv[1], &seconds)) {
    std::cerr << "usage: echo_server SECONDS\n";
    return 2;
  }
  seatwise::SkipLockChecks();  // As seatwised does.
  return seatwise::Serve(seconds);
}
