// Edits (edit_words.h) as changes of the API, in the light of what the tenant holds.
#pragma once

#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "cli/edit_words.h"
#include "cli/product_words.h"
#include "seatwise/v1/fact.pb.h"

namespace seatwise::cli {

// The changes of all edits; what an edit starts from must still be there when they are made. A swap
// keeps the priority and each disabled plan that the new SKU has too. INVALID_ARGUMENT for a kind,
// field or value that does not exist, NOT_FOUND for a SKU or plan; else the errors of the calls.
absl::StatusOr<std::vector<v1::Change>> ChangesOf(absl::Span<const Edit> edits,
                                                  ProductWords& products);

}  // namespace seatwise::cli
