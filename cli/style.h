// How text looks: colour and width, if a person looks at it.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>

#include "absl/strings/string_view.h"

namespace seatwise::cli {

// What a piece of text is painted for.
enum class Ink { kStrong, kFaint, kGood, kWarning, kBad };

// The style of one stream. Value type.
class Style {
 public:
  // No terminal: neither colour nor a limit to the width.
  Style() = default;
  Style(bool colour, size_t columns, bool redraws = false)
      : colour_(colour), redraws_(redraws), columns_(columns) {}

  // As the stream and the environment ask for: colour on terminals unless NO_COLOR is set and not
  // empty, or TERM is "dumb", which cannot redraw lines either.
  static Style OfStream(int descriptor);

  bool terminal() const { return columns_ > 0; }
  // Whether a line can be written again.
  bool redraws() const { return redraws_; }
  // The columns to fill: the terminal's, or 80.
  size_t columns() const { return terminal() ? columns_ : 80; }
  // The same, but never wider than `columns`.
  Style Narrowed(size_t columns) const {
    return Style(colour_, std::min(columns_, columns), redraws_);
  }

  // `text` in the ink's colour, or as it is.
  std::string Paint(Ink ink, absl::string_view text) const;

 private:
  bool colour_ = false;
  bool redraws_ = false;
  size_t columns_ = 0;  // 0: no terminal.
};

}  // namespace seatwise::cli
