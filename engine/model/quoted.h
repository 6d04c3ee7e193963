// Values of callers inside messages.
#pragma once

#include <string>

#include "absl/strings/string_view.h"

namespace seatwise {

// `text` in single quotes, fit for any terminal, log and protobuf string: what is not printable, or
// not UTF-8, is escaped; what is longer than an id may be is cut ("...").
std::string Quoted(absl::string_view text);

}  // namespace seatwise
