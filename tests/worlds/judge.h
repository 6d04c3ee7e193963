// The verdict over engines on one tenant. Test only.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "absl/types/span.h"
#include "engine/model/facts.h"
#include "tests/engines/engines.h"

namespace seatwise::worlds {

// What is wrong with what the engines derive from the facts: a broken invariant of the first one,
// or a difference of another one from it. "" if nothing is. There must be an engine.
std::string FindFault(absl::Span<const Engine> engines, const Facts& facts);

// The same, and besides whether the first and the last engine derive the same from the facts in
// disguise (disguise.h).
std::string FindFaultInDisguise(absl::Span<const Engine> engines, const Facts& facts,
                                uint64_t seed);

// The whole story of a fault, to be printed: the fault, and the smallest tenant that still has one
// (as parse_tenant.h reads it) with its fault. `find` is called with that tenant's ancestors.
std::string Explain(const Facts& facts, const std::function<std::string(const Facts&)>& find);

}  // namespace seatwise::worlds
