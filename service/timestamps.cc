#include "service/timestamps.h"

#include <cstdint>

namespace seatwise {
namespace {

constexpr int64_t kMicrosPerSecond = 1'000'000;
constexpr int32_t kNanosPerMicro = 1'000;

}  // namespace

google::protobuf::Timestamp ToTimestamp(Time time) {
  // Rounded down: nanos count forward, also before 1970.
  int64_t seconds = time.micros / kMicrosPerSecond;
  int64_t micros = time.micros % kMicrosPerSecond;
  if (micros < 0) {
    --seconds;
    micros += kMicrosPerSecond;
  }
  google::protobuf::Timestamp timestamp;
  timestamp.set_seconds(seconds);
  timestamp.set_nanos(static_cast<int32_t>(micros) * kNanosPerMicro);
  return timestamp;
}

std::optional<Time> FromTimestamp(const google::protobuf::Timestamp& timestamp) {
  const int64_t seconds = timestamp.seconds();
  const int32_t nanos = timestamp.nanos();
  if (nanos < 0 || nanos >= 1'000'000'000 || nanos % kNanosPerMicro != 0) return std::nullopt;
  if (seconds < kMinTime.micros / kMicrosPerSecond) return std::nullopt;
  if (seconds > kMaxTime.micros / kMicrosPerSecond) return std::nullopt;
  return Time{seconds * kMicrosPerSecond + nanos / kNanosPerMicro};
}

}  // namespace seatwise
