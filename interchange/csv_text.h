// Cells and rows as CSV text: LF at the end of a row, quotes only where RFC 4180 needs them.
#pragma once

#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "engine/model/facts.h"

namespace seatwise {

void AppendCell(absl::string_view cell, std::string& text);

// A whole row; there must be at least two cells or a cell that is not empty, since a blank line is
// no row.
void AppendRow(absl::Span<const absl::string_view> cells, std::string& text);

// The ids between ';', in the order of their bytes.
std::string JoinPlans(const PlanIdSet& plans);

}  // namespace seatwise
