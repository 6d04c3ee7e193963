#include "base/lazy_thread_pool.h"

#include <sys/resource.h>

#include <thread>

namespace seatwise {
namespace {

// A worker that never ran would keep its caller waiting.
constexpr int kStepsBack = 5;

// The calling thread, which belongs to a pool: on Linux each thread has a priority of its own.
void StepBackOnce() {
  thread_local bool done = false;
  if (done) return;
  done = true;
  setpriority(PRIO_PROCESS, 0, getpriority(PRIO_PROCESS, 0) + kStepsBack);
}

}  // namespace

void LazyThreadPool::Run(int count, absl::FunctionRef<void(int)> task) {
  if (count <= 1 || threads_ == 1) return InlineExecutor().Run(count, task);
  if (!pool_.has_value()) pool_.emplace(threads_);
  const std::thread::id caller = std::this_thread::get_id();
  pool_->Run(count, [&](int i) {
    if (std::this_thread::get_id() != caller) StepBackOnce();
    task(i);
  });
}

}  // namespace seatwise
