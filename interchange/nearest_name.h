// Which known name somebody may have meant.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace seatwise {

// The smallest number of bytes to insert, delete or replace that makes `a` equal to `b`, or
// `limit` + 1 if that is more than `limit`.
size_t EditDistance(absl::string_view a, absl::string_view b, size_t limit);

// The name that is nearest to `name`, and at most `limit` edits away; of equally near ones the
// first. nullopt if there is none.
std::optional<absl::string_view> NearestName(absl::string_view name,
                                             absl::Span<const absl::string_view> known,
                                             size_t limit);

// "; did you mean 'user_id'?", or the known names if none is near.
std::string Suggestion(absl::string_view name, absl::Span<const absl::string_view> known);

}  // namespace seatwise
