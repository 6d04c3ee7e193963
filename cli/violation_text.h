// Violations as sentences, by name.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cli/names.h"
#include "engine/model/derived.h"

namespace seatwise::cli {

// What is wrong, one sentence a line, for example "EXCHANGE_S_DESKLESS excludes
// EXCHANGE_S_ENTERPRISE of SPE_E3 (Office staff)". `waiting` is how many wait for the item's SKU
// (O6). Never empty.
std::vector<std::string> ViolationLines(const Violation& violation, const Names& names,
                                        int64_t waiting);

}  // namespace seatwise::cli
