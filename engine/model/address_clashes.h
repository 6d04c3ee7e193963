// Who owns a proxy address that several users have (K3).
#pragma once

#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "base/time.h"
#include "engine/model/columns.h"
#include "engine/model/id_table.h"

namespace seatwise {

// The proxy addresses of all users.
struct AddressColumn {
  StringColumn address;        // As spelled.
  std::vector<uint32_t> user;  // By address: the position of its user in the arrays by user.
};

// The positions of all addresses that some other spells as well, in ASCII lower case, ascending; a
// few that are alone may be among them. Needs a few bytes of memory for each address.
std::vector<uint32_t> SharedAddresses(const StringColumn& addresses);

// Every (user, address) whose owner is another user, sorted and each once. The owner is the user
// with the smallest (created_at, number); addresses compare in ASCII lower case. `created_at` and
// `number_of` are by position of the user.
std::vector<ClashRow> FindAddressClashes(const AddressColumn& addresses,
                                         const std::vector<Time>& created_at,
                                         const std::vector<uint32_t>& number_of);
// The same, where `shared` is what SharedAddresses found.
std::vector<ClashRow> FindAddressClashes(const AddressColumn& addresses,
                                         absl::Span<const uint32_t> shared,
                                         const std::vector<Time>& created_at,
                                         const std::vector<uint32_t>& number_of);

}  // namespace seatwise
