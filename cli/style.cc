#include "cli/style.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>

#include "absl/strings/str_cat.h"

namespace seatwise::cli {
namespace {

absl::string_view Environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

// A terminal that does not say how wide it is counts as 80 columns.
size_t ColumnsOf(int descriptor) {
  winsize size = {};
  if (ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return 80;
  return size.ws_col;
}

absl::string_view CodeOf(Ink ink) {
  switch (ink) {
    case Ink::kStrong:
      return "\x1b[1m";
    case Ink::kFaint:
      return "\x1b[2m";
    case Ink::kGood:
      return "\x1b[32m";
    case Ink::kWarning:
      return "\x1b[33m";
    case Ink::kBad:
      return "\x1b[31m";
  }
  return "";
}

}  // namespace

Style Style::OfStream(int descriptor) {
  if (isatty(descriptor) == 0) return Style();
  const bool able = Environment("TERM") != "dumb";
  return Style(able && Environment("NO_COLOR").empty(), ColumnsOf(descriptor), able);
}

std::string Style::Paint(Ink ink, absl::string_view text) const {
  if (!colour_ || text.empty()) return std::string(text);
  return absl::StrCat(CodeOf(ink), text, "\x1b[0m");
}

}  // namespace seatwise::cli
