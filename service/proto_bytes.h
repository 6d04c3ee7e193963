// Messages as bytes that are the same for equal messages (of one program; maps are sorted).
#pragma once

#include <string>

#include "google/protobuf/message_lite.h"

namespace seatwise {

// For digests, never for storing. Unknown fields are part of it, packed ones are not, and messages
// within say 0 for their lengths: databases of format 1 and callers hold digests of such bytes, so
// it stays. What has packed fields needs other bytes.
std::string SameBytesOf(const google::protobuf::MessageLite& message);

}  // namespace seatwise
