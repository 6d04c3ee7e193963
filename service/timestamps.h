// Times as messages: google.protobuf.Timestamp, in whole microseconds.
#pragma once

#include <optional>

#include "base/time.h"
#include "google/protobuf/timestamp.pb.h"

namespace seatwise {

// `time` may be any.
google::protobuf::Timestamp ToTimestamp(Time time);

// nullopt if it is not within year 1 to 9999, or finer than a microsecond.
std::optional<Time> FromTimestamp(const google::protobuf::Timestamp& timestamp);

}  // namespace seatwise
