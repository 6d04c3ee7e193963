// Whom a SKU reaches.
#pragma once

#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "engine/incremental/live_facts.h"
#include "engine/model/catalog.h"

namespace seatwise {

// The users with a claim on one of the SKUs, ascending, each once. The time follows the members of
// the groups that the SKUs are assigned to, with their subgroups.
std::vector<uint32_t> UsersWithClaimOn(const LiveFacts& facts, absl::Span<const SkuNo> skus);

}  // namespace seatwise
