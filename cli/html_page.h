// The page that shows a tenant in a browser: one file with everything in it.
//
// Nothing but what is in the page is run: its policy allows the one script and the one style by
// their digests, and no network. Data is a block of JSON that cannot end the element it stands in.
#pragma once

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"

namespace seatwise::cli {

// A file asks nobody; a page that `seatwise ui` serves may ask where it came from.
enum class PageUse : uint8_t { kFile, kServed };

// JSON that is the same to whoever parses it, and harmless inside of an HTML element: '<', '>',
// '&', U+2028 and U+2029 are written as escapes. They only occur in strings there.
std::string EscapedJson(absl::string_view json);

// The Content-Security-Policy of the page.
std::string PagePolicy(PageUse use);

// The page about `json`, a JSON text as page_data.h makes it. Escapes it.
std::string HtmlPage(absl::string_view json, PageUse use);

}  // namespace seatwise::cli
