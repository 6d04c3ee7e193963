// What the text of one cell means.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "absl/container/inlined_vector.h"
#include "absl/strings/string_view.h"
#include "engine/model/facts.h"

namespace seatwise {

// `-?[0-9]+`; nullopt for anything else. What does not fit becomes the nearest that does.
std::optional<int64_t> ParseInteger(absl::string_view text);

// A decimal with at most 4 fraction digits, `-?[0-9]+(\.[0-9]{1,4})?`, that fits.
std::optional<UnitPrice> ParseUnitPrice(absl::string_view text);
// The same form, as short as can be.
std::string FormatUnitPrice(UnitPrice price);

// The elements between ';'. The empty text is the empty list.
using ListElements = absl::InlinedVector<absl::string_view, 8>;
ListElements SplitList(absl::string_view text);

}  // namespace seatwise
