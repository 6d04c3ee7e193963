// The seats of each SKU as bars.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "cli/style.h"
#include "cli/summary.h"
#include "engine/model/ids.h"

namespace seatwise::cli {

// By SKU: seats whose subscriptions are in grace (WARNING).
using GraceSeats = absl::flat_hash_map<SkuId, int64_t>;

// One line for each SKU: name, bar, held of usable, and what there is to say. The SKUs with most
// overrun come first, then those with most holders. Every bar is as long as its SKU's seats and
// demand together: "█" held, "▓" held beyond the usable, "×" waiting, "░" free.
std::string SeatBars(const Summary& summary, const GraceSeats& grace, const Style& style);

}  // namespace seatwise::cli
