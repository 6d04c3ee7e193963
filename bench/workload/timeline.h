// When things happen in a generated tenant: three years, 2023-01-01 to 2025-12-31, with the ties
// that real directories have.
#pragma once

#include <array>
#include <cstdint>

#include "absl/strings/string_view.h"
#include "bench/workload/random.h"

namespace seatwise::workload {

inline constexpr uint32_t kDaySeconds = 86'400;
inline constexpr uint32_t kTimelineDays = 1096;
// Times are whole seconds since 2023-01-01T00:00:00Z, below this.
inline constexpr uint32_t kTimelineSeconds = kTimelineDays * kDaySeconds;

// A time in [from, kTimelineSeconds): 35 % are shared with a fortnightly bulk job, 25 % are cut to
// the day (imported from a system that knows only dates), the others are any second.
uint32_t PickTime(Random& random, uint32_t from);

// `2024-02-29T13:45:00Z`, or with milliseconds `2024-02-29T13:45:00.250Z`.
struct TimeText {
  std::array<char, 24> text;
  uint8_t size;

  absl::string_view view() const { return {text.data(), size}; }
};

// A second of the timeline as text.
TimeText SpellTime(uint32_t second);
// The same with milliseconds, 0 to 999.
TimeText SpellTime(uint32_t second, uint32_t millisecond);

}  // namespace seatwise::workload
