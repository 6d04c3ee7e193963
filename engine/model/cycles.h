// Circles in a directed graph.
#pragma once

#include <cstdint>
#include <vector>

#include "absl/types/span.h"

namespace seatwise {

// The largest sets of nodes that all reach each other: of two nodes or more, or of one that points
// to itself. Each set ascending, sets by their first node. Node n points to
// targets[first[n]] to targets[first[n + 1] - 1]; `first` has one entry more than there are nodes.
// Linear, and not recursive: chains may be as long as there are nodes.
std::vector<std::vector<uint32_t>> FindCycles(absl::Span<const uint32_t> first,
                                              absl::Span<const uint32_t> targets);

}  // namespace seatwise
