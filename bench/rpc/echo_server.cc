// Serves calls that do nothing, with messages of a given size, on a loopback port of its choice:
//
//   echo_server RESPONSE_BYTES SECONDS     prints the port, and ends by itself after SECONDS
#include <grpcpp/grpcpp.h>

#include <chrono>
#include <iostream>
#include <memory>
#include <string>
#include <thread>

#include "absl/strings/numbers.h"
#include "bench/rpc/echo.grpc.pb.h"

namespace seatwise {
namespace {

class EchoService final : public bench::Echo::CallbackService {
 public:
  explicit EchoService(size_t response_bytes) : payload_(response_bytes, 'x') {}

  grpc::ServerUnaryReactor* Call(grpc::CallbackServerContext* context, const bench::Blob*,
                                 bench::Blob* response) override {
    response->set_payload(payload_);
    grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
    reactor->Finish(grpc::Status::OK);
    return reactor;
  }

 private:
  const std::string payload_;
};

int Serve(int response_bytes, int seconds) {
  EchoService service(static_cast<size_t>(response_bytes));
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
  int response_bytes = 0;
  int seconds = 0;
  if (argc != 3 || !absl::SimpleAtoi(argv[1], &response_bytes) ||
      !absl::SimpleAtoi(argv[2], &seconds) || response_bytes < 0) {
    std::cerr << "usage: echo_server RESPONSE_BYTES SECONDS\n";
    return 2;
  }
  return seatwise::Serve(response_bytes, seconds);
}
