// Names out of messages of the API.
#pragma once

#include "cli/names.h"

namespace seatwise::v1 {
class Names;
}

namespace seatwise::cli {

Names NamesFrom(const v1::Names& message);

}  // namespace seatwise::cli
