// What only people read of users, of all of them at once.
#pragma once

#include <cstdint>
#include <optional>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "storage/facts_snapshot.h"

namespace seatwise {

// One user's, as views into what is stored: valid during the visit.
struct UserNamesView {
  absl::string_view id;
  absl::string_view user_principal_name;
  absl::string_view display_name;
  absl::string_view rest;  // Attributes, for AttributeOf.
};

// Calls visit(number, names) for every user by number, until it answers false. A user that was
// deleted may still be among them, with nothing but the id. Fails as the snapshot does, and with
// DATA_LOSS if a record cannot be read. Any thread.
absl::Status ForEachUserNames(const FactsSnapshot& facts,
                              absl::FunctionRef<bool(uint32_t, const UserNamesView&)> visit);

// The value of an attribute; nothing if the user does not have it. DATA_LOSS as above.
absl::StatusOr<std::optional<absl::string_view>> AttributeOf(const UserNamesView& names,
                                                             absl::string_view attribute);

}  // namespace seatwise
