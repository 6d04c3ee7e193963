// Users by what people call them.
#pragma once

#include <cstddef>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "storage/facts_snapshot.h"

namespace seatwise {

// Users whose user principal name or display name is `name`, whatever the case of ASCII letters: at
// most `limit` (at least 1), by the bytes of their ids, from `cursor` on, which is FactPage::next
// or empty for the start. Nobody is called "". Costs a look at the names of all users; fails as the
// snapshot does, and with DATA_LOSS if a record cannot be read. Any thread.
absl::StatusOr<FactPage> ListUsersCalled(const FactsSnapshot& facts, absl::string_view name,
                                         absl::string_view cursor, size_t limit);

}  // namespace seatwise
