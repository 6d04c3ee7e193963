#include "service/rpc_deadline.h"

#include <chrono>

#include "grpc/support/time.h"

namespace seatwise {

Deadline CallDeadline(const grpc::ServerContextBase& context) {
  const gpr_timespec when = context.raw_deadline();
  if (gpr_time_cmp(when, gpr_inf_future(when.clock_type)) == 0) return Deadline::Never();
  const gpr_timespec left = gpr_convert_clock_type(when, GPR_TIMESPAN);
  return Deadline::After(std::chrono::seconds(left.tv_sec) +
                         std::chrono::nanoseconds(left.tv_nsec));
}

}  // namespace seatwise
