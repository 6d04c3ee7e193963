// The stored users as arrays: how Load reads millions of them.
#pragma once

#include <cstdint>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "base/time.h"
#include "engine/model/account_flags.h"
#include "engine/model/address_clashes.h"
#include "engine/model/location.h"
#include "engine/model/string_column.h"

namespace seatwise {

// Users in the order of their ids, or a part of them. Parallel arrays by user, but `addresses`.
struct UserRows {
  uint32_t users = 0;  // How many were added, whatever was taken since.
  StringColumn ids;
  std::vector<uint32_t> number;
  std::vector<Location> location;
  std::vector<Time> created_at;
  AddressColumn addresses;
  std::vector<AccountFlags> accounts;

  // Adds a user; `value` is a UserRecord in its frame. Reads it as DecodeMessage and ToLocation do,
  // with the same errors, but makes no message of it: a fourth of the time. After an error the rows
  // are of no use.
  absl::Status Add(absl::string_view id, absl::string_view value);
};

// Take a kind of all parts, one part after the other, and give its memory back. Threads may take
// different kinds at the same time.
StringColumn TakeIds(std::vector<UserRows>& parts);
AddressColumn TakeAddresses(std::vector<UserRows>& parts);
// Numbers, locations, times and accounts.
UserRows TakeValues(std::vector<UserRows>& parts);

}  // namespace seatwise
