// What a well-formed value is (semantics sections 1 and 10), in one place for all doors: the rules
// that need no other fact. Each check answers "" if all is well, or else the reason as the rest of
// a sentence that begins with the value's name: "is longer than 128 bytes".
#pragma once

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"

namespace seatwise {

// An id: 1 to 128 bytes of UTF-8 without ';', CR, LF and NUL.
std::string CheckId(absl::string_view id);

// Any other text: UTF-8, no NUL, bounded.
std::string CheckText(absl::string_view text);

// A proxy address: text that fits a list of the interchange folder, so not empty and without ';'.
std::string CheckAddress(absl::string_view address);

// A count of units: 0 to 10^12.
std::string CheckUnits(int64_t units);

// Days that lost data is kept: 0 to 36,500.
std::string CheckRetentionDays(int64_t days);

// A currency: three letters A-Z, or empty.
std::string CheckCurrency(absl::string_view currency);

// Whether `text` is well-formed UTF-8: no overlong form, no surrogate, at most U+10FFFF.
bool IsUtf8(absl::string_view text);

}  // namespace seatwise
