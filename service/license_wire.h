// What users have, as bytes of messages. Each license names a dozen plans by ids of 36 bytes:
// making a string of each, in a message that is serialized and thrown away, costs many times what
// copying the ids does. Only the fields that hold licenses are written here; bytes of other fields
// of the same message, as protobuf writes them, may stand before or behind.
#pragma once

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "engine/incremental/live_state.h"

namespace seatwise {

// Appends `licenses` of a GetEffectiveLicensesResponse: all of one user, who exists.
void AppendLicenses(const LiveState& live, uint32_t user, std::string& bytes);

// Whose license a row is. The names may be empty.
struct RowUser {
  absl::string_view id;
  absl::string_view user_principal_name;
  absl::string_view display_name;
};

// Appends an element of `rows` of a ListEffectiveLicensesResponse; without a license if that is
// null.
void AppendLicenseRow(const LiveState& live, const RowUser& user, const LiveLicense* license,
                      std::string& bytes);

}  // namespace seatwise
