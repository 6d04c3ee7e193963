// request_id: what makes a call safe to repeat.
#pragma once

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/message.h"
#include "service/commit.h"

namespace seatwise {

// The key of a request with a field request_id, or nothing if that is empty. Its digest is that of
// the request without the id. INVALID_REQUEST_ID if the id is no UUID (8-4-4-4-12 hexadecimal
// digits, in either case: they are the same id).
absl::StatusOr<std::optional<RequestKey>> RequestKeyOf(const google::protobuf::Message& request);

}  // namespace seatwise
