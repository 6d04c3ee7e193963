// Engines that keep tenants up to date, where facts are given and not changes: tests that judge
// engines by facts judge these as well. Test only.
#pragma once

#include <cstdint>

#include "engine/model/derived.h"
#include "engine/model/facts.h"
#include "tests/histories/engine_under_test.h"
#include "tests/histories/history.h"

namespace seatwise::histories {

// Two steps that end with `facts`: from nothing, from a part of them, or from another tenant
// altogether, by way of another part. The same for the same seed.
History HistoryTo(const Facts& facts, uint64_t seed);

// What the engine derives once it has followed HistoryTo(facts), of a seed that the facts draw.
Derived DeriveOnTheWay(const IncrementalEngine& engine, const Facts& facts);

// Each call takes the facts as those of one tenant later on, and derives its state from the last
// one. Copies of the function follow the same tenant.
DeriveFacts Following(IncrementalEngine engine);

}  // namespace seatwise::histories
