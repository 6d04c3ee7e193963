// Text behind a margin, for people.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "cli/style.h"

namespace seatwise::cli {

// `text` in lines that fit the style's columns, each in `ink` and ending in a line feed, behind a
// margin of `margin` columns that says `front` in the first line.
std::string Paragraph(absl::string_view front, absl::string_view text, size_t margin,
                      const Style& style, std::optional<Ink> ink = std::nullopt);

}  // namespace seatwise::cli
