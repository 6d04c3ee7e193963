// Names and addresses of users and groups: what nothing else in the tenant depends on, except that
// some users have an address of another one (rule K3).
#pragma once

#include <cstdint>
#include <string>

namespace seatwise::workload {

struct Identity {
  std::string user_principal_name;
  std::string display_name;     // 1 % contain a comma, 0.1 % a double quote.
  std::string proxy_addresses;  // 1 to 3, `;` between; 0.05 % of users have one of another user.
};

// How many users share an address with how many others.
enum class Sharing {
  kRare,        // 0.05 % of the users have, in other letter case, the address of some user.
  kByThousands  // Besides, a tenth has one in common, a tenth one for each 2,000 of them.
};

// `users` is the number of users of the tenant, above `user`.
Identity IdentityOf(uint64_t seed, uint32_t user, uint32_t users, Sharing sharing);

}  // namespace seatwise::workload
