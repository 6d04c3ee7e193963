#include "cli/paragraph.h"

#include "absl/strings/str_cat.h"
#include "cli/text.h"

namespace seatwise::cli {

std::string Paragraph(absl::string_view front, absl::string_view text, size_t margin,
                      const Style& style, std::optional<Ink> ink) {
  std::string lines;
  for (const std::string& line : Wrap(text, style.columns() - margin)) {
    absl::StrAppend(&lines, PadRight(lines.empty() ? front : "", margin),
                    ink.has_value() ? style.Paint(*ink, line) : line, "\n");
  }
  return lines;
}

}  // namespace seatwise::cli
