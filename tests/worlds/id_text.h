// How ids are spelled in the text form of a tenant (describe.h, parse_tenant.h): as they are where
// nothing can be misread, else in double quotes with escapes \" \\ \OOO.
#pragma once

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace seatwise::worlds {

// `ana`, `"new user"`. Words of the text form ("sku", "in", ...) are quoted.
std::string QuoteId(absl::string_view id);

// The reverse. Dies on text that QuoteId does not write.
std::string UnquoteId(absl::string_view text);

// Splits at `separator` where it is not within quotes. Quotes stay. No parts for an empty text.
std::vector<std::string> SplitOutsideQuotes(absl::string_view text, char separator);

}  // namespace seatwise::worlds
