// What `--version` says of all programs. CHANGELOG.md lists what each version brought.
#pragma once

#include "absl/strings/string_view.h"

namespace seatwise {

inline constexpr absl::string_view kVersion = "0.1.0-dev";

}  // namespace seatwise
