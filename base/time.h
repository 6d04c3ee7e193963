// Points in time, as facts carry them: UTC, whole microseconds, proleptic Gregorian calendar.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <ostream>
#include <string>

#include "absl/strings/string_view.h"

namespace seatwise {

// Microseconds since the Unix epoch. Value type; times only order (semantics section 1).
struct Time {
  int64_t micros = 0;

  friend bool operator==(const Time&, const Time&) = default;
  friend auto operator<=>(const Time&, const Time&) = default;
};

// 0001-01-01T00:00:00Z and 9999-12-31T23:59:59.999999Z: the range a fact's time may have.
inline constexpr Time kMinTime{-62135596800000000};
inline constexpr Time kMaxTime{253402300799999999};

// Reads `YYYY-MM-DDThh:mm:ss[.f{1,6}]Z`: upper case, no offset, no leap second, years 0001 to 9999.
// nullopt for anything else.
std::optional<Time> ParseTime(absl::string_view text);

// Writes the same form, with as many fraction digits as are needed: none, or 1 to 6 without
// trailing zeros. `time` must lie within [kMinTime, kMaxTime].
std::string FormatTime(Time time);

std::ostream& operator<<(std::ostream& out, Time time);

}  // namespace seatwise
