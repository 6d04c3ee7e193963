#include "bench/rpc/paced_load.h"

#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>

#include <atomic>
#include <thread>
#include <utility>

#include "base/mutex.h"

namespace seatwise::bench {
namespace {

using Clock = std::chrono::steady_clock;

// A call under way; it goes when it ends.
struct Call {
  grpc::ClientContext context;
  grpc::ByteBuffer response;
};

}  // namespace

struct PacedLoad::State {
  State(const std::shared_ptr<grpc::Channel>& channel, std::string of,
        const std::vector<std::string>& bytes, int per_second)
      : method(std::move(of)), stub(channel), interval(std::chrono::seconds(1)) {
    interval /= per_second;
    for (const std::string& request : bytes) {
      const grpc::Slice slice(request);
      requests.emplace_back(&slice, 1);
    }
    thread = std::thread([this] { Run(); });
  }

  void Run() {
    Clock::time_point due = Clock::now();
    for (size_t next = 0; !stopping; ++next, due += interval) {
      std::this_thread::sleep_until(due);
      Begin(requests[next % requests.size()], due);
    }
  }

  void Begin(const grpc::ByteBuffer& request, Clock::time_point due) {
    {
      MutexLock lock(&mutex);
      ++running;
    }
    const auto call = std::make_shared<Call>();
    stub.UnaryCall(&call->context, method, grpc::StubOptions(), &request, &call->response,
                   [this, call, due](const grpc::Status& status) { End(due, status.ok()); });
  }

  void End(Clock::time_point due, bool ok) {
    const double micros = std::chrono::duration<double, std::micro>(Clock::now() - due).count();
    MutexLock lock(&mutex);
    calls.push_back({due, micros, ok});
    --running;
    ended.NotifyAll();
  }

  const std::string method;
  grpc::GenericStub stub;
  Clock::duration interval;
  std::vector<grpc::ByteBuffer> requests;
  std::atomic<bool> stopping = false;
  Mutex mutex;
  CondVar ended;
  int running = 0;
  std::vector<PacedCall> calls;
  std::thread thread;
};

PacedLoad::PacedLoad(const std::shared_ptr<grpc::Channel>& channel, std::string method,
                     std::vector<std::string> requests, int per_second)
    : state_(std::make_unique<State>(channel, std::move(method), requests, per_second)) {}

PacedLoad::~PacedLoad() {
  if (state_->thread.joinable()) Stop();
}

std::vector<PacedCall> PacedLoad::Stop() {
  state_->stopping = true;
  state_->thread.join();
  MutexLock lock(&state_->mutex);
  while (state_->running > 0) state_->ended.Wait(state_->mutex);
  return std::move(state_->calls);
}

}  // namespace seatwise::bench
