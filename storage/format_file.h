// FORMAT: which version of the layout a store on disk has. Whoever opens a store asks first.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace seatwise {

// The version that is written now, and the newest that can be read.
inline constexpr int kStoreFormat = 1;

// What stands in the file of a store of this version.
std::string FormatText(int version = kStoreFormat);

// OK if `text`, found in the file at `path`, is of a version that this program reads.
// FAILED_PRECONDITION if it is of a newer one, DATA_LOSS if it is not what FormatText writes.
absl::Status CheckFormat(absl::string_view text, absl::string_view path);

}  // namespace seatwise
