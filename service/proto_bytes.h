// Messages as bytes that are the same for equal messages (of one program; maps are sorted).
#pragma once

#include <string>

#include "google/protobuf/message_lite.h"

namespace seatwise {

// For digests, never for storing. Unknown fields are part of it.
std::string SameBytesOf(const google::protobuf::MessageLite& message);

}  // namespace seatwise
