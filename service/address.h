// Addresses to listen on and to connect to: "HOST:PORT".
#pragma once

#include <string>

#include "absl/strings/string_view.h"

namespace seatwise {

// Whether only this machine can reach it: 127.x.x.x, [::1] or localhost, with a port behind it.
bool IsLoopback(absl::string_view address);

// Whether it is a host and a port from 0 to 65535.
bool IsAddress(absl::string_view address);

}  // namespace seatwise
