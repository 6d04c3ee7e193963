// What `seatwise --version` says. CHANGELOG.md lists what each version brought.
#pragma once

#include "absl/strings/string_view.h"

namespace seatwise::cli {

inline constexpr absl::string_view kVersion = "0.1.0-dev";

}  // namespace seatwise::cli
