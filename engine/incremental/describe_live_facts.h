// Live facts as text, for comparing and for reading. Test only.
#pragma once

#include <cstdint>
#include <string>

#include "engine/incremental/live_facts.h"

namespace seatwise {

// All that the answer for a user depends on but for seats: claims in order, traits, and what the
// catalog says of the plans of the claims.
std::string DescribeUser(const LiveFacts& facts, uint32_t user);

// Everything, by the ids of SKUs and plans and by the numbers of users and groups. Equal texts are
// equal facts. Looks everything up in every way there is, and says so where ways disagree.
std::string DescribeLiveFacts(const LiveFacts& facts);

}  // namespace seatwise
