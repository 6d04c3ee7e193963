// What a handler needs to know of the call that it answers.
#pragma once

#include <string>

#include "base/clock.h"
#include "grpcpp/server_context.h"

namespace seatwise {

// How long the caller waits; never longer than a minute, so that a call without a deadline does not
// keep its thread.
Deadline DeadlineOf(const grpc::ServerContextBase& context);

// Who calls: the identity that its certificate shows, or "anonymous".
std::string CallerOf(const grpc::ServerContextBase& context);

}  // namespace seatwise
