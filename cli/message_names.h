// Names out of messages of the API.
#pragma once

#include "cli/names.h"

namespace seatwise::v1 {
class Names;
class User;
}  // namespace seatwise::v1

namespace seatwise::cli {

Names NamesFrom(const v1::Names& message);

// Tells `names` what a user is called.
void AddName(const v1::User& user, Names& names);

}  // namespace seatwise::cli
