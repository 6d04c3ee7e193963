#include "cli/time_text.h"

#include <ctime>
#include <optional>

#include "base/time.h"

namespace seatwise::cli {

std::string TimeForReader(absl::string_view utc, const Style& style) {
  constexpr int64_t kMicros = 1'000'000;
  const std::optional<Time> time = style.terminal() ? ParseTime(utc) : std::nullopt;
  if (!time.has_value()) return std::string(utc);
  // The second that it is in, also before 1970.
  const int64_t into = (time->micros % kMicros + kMicros) % kMicros;
  const time_t seconds = (time->micros - into) / kMicros;
  tm local = {};
  char text[64];
  tzset();
  if (localtime_r(&seconds, &local) == nullptr) return std::string(utc);
  const size_t size = strftime(text, sizeof(text), "%Y-%m-%d %H:%M:%S %z", &local);
  return size == 0 ? std::string(utc) : std::string(text, size);
}

}  // namespace seatwise::cli
