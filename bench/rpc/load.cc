// The generic stub carries bytes as they are: neither side of a comparison pays for messages that
// the client would build.
#include "bench/rpc/load.h"

#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>

#include <algorithm>
#include <atomic>
#include <optional>

#include "base/mutex.h"

namespace seatwise::bench {
namespace {

using Clock = std::chrono::steady_clock;

grpc::ByteBuffer ToBuffer(const std::string& bytes) {
  const grpc::Slice slice(bytes);
  return grpc::ByteBuffer(&slice, 1);
}

class Load {
 public:
  Load(const std::shared_ptr<grpc::Channel>& channel, const LoadPlan& plan)
      : plan_(plan), stub_(channel), slots_(static_cast<size_t>(plan.in_flight)) {
    for (const std::string& request : plan.requests) requests_.push_back(ToBuffer(request));
  }

  LoadResult Run() {
    const Clock::time_point start = Clock::now();
    end_ = start + plan_.duration;
    running_ = plan_.in_flight;
    for (Slot& slot : slots_) Begin(slot);
    {
      MutexLock lock(&mutex_);
      while (running_ > 0) done_.Wait(mutex_);
    }
    return Summary(std::chrono::duration<double>(Clock::now() - start).count());
  }

 private:
  struct Slot {
    std::optional<grpc::ClientContext> context;
    grpc::ByteBuffer response;
    Clock::time_point begin;
    std::vector<double> micros;
    size_t errors = 0;
    size_t bytes = 0;
  };

  void Begin(Slot& slot) {
    slot.context.emplace();
    slot.response.Clear();
    slot.begin = Clock::now();
    const grpc::ByteBuffer& request = requests_[next_++ % requests_.size()];
    stub_.UnaryCall(&*slot.context, plan_.method, grpc::StubOptions(), &request, &slot.response,
                    [this, &slot](const grpc::Status& status) { End(slot, status); });
  }

  void End(Slot& slot, const grpc::Status& status) {
    const Clock::time_point now = Clock::now();
    slot.micros.push_back(std::chrono::duration<double, std::micro>(now - slot.begin).count());
    slot.errors += status.ok() ? 0 : 1;
    slot.bytes += slot.response.Length();
    if (now < end_) {
      Begin(slot);
      return;
    }
    MutexLock lock(&mutex_);
    --running_;
    done_.NotifyAll();
  }

  LoadResult Summary(double seconds) {
    std::vector<double> micros;
    LoadResult result;
    double bytes = 0;
    for (const Slot& slot : slots_) {
      micros.insert(micros.end(), slot.micros.begin(), slot.micros.end());
      result.errors += slot.errors;
      bytes += static_cast<double>(slot.bytes);
    }
    std::sort(micros.begin(), micros.end());
    result.calls = micros.size();
    result.calls_per_second = static_cast<double>(micros.size()) / seconds;
    result.p50 = micros[micros.size() / 2];
    result.p99 = micros[micros.size() * 99 / 100];
    result.response_bytes = bytes / static_cast<double>(micros.size());
    return result;
  }

  const LoadPlan& plan_;
  grpc::GenericStub stub_;
  std::vector<grpc::ByteBuffer> requests_;
  std::vector<Slot> slots_;
  std::atomic<size_t> next_ = 0;
  Clock::time_point end_;
  Mutex mutex_;
  CondVar done_;
  int running_ = 0;
};

}  // namespace

LoadResult RunLoad(const std::shared_ptr<grpc::Channel>& channel, const LoadPlan& plan) {
  return Load(channel, plan).Run();
}

}  // namespace seatwise::bench
