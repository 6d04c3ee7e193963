// What reports tell of an account. No license depends on it.
#pragma once

#include "engine/model/facts.h"

namespace seatwise {

// One byte: there are millions of these.
struct AccountFlags {
  bool blocked : 1 = false;  // User::account_enabled is not set.
  bool guest : 1 = false;    // User::user_type is kGuest.

  friend bool operator==(const AccountFlags&, const AccountFlags&) = default;
};
static_assert(sizeof(AccountFlags) == 1);

inline AccountFlags FlagsOf(const User& user) {
  return {.blocked = !user.account_enabled, .guest = user.user_type == UserType::kGuest};
}

}  // namespace seatwise
