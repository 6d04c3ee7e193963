#include "tests/engines/engines.h"

#include "engine/reference/reference.h"

namespace seatwise {

std::vector<Engine> AllEngines() { return {{"reference", DeriveReference}}; }

}  // namespace seatwise
