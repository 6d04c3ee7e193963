// How long a call may take.
#pragma once

#include "base/clock.h"
#include "grpcpp/server_context.h"

namespace seatwise {

// The caller's deadline; far away if there is none.
Deadline CallDeadline(const grpc::ServerContextBase& context);

}  // namespace seatwise
