// Text for people: what may be printed, how wide it is, and how numbers are spelled. Any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace seatwise::cli {

// `text` without anything that could steer a terminal or reorder what stands around it: line breaks
// and tabs become spaces; other control characters, marks of writing direction and bytes that are
// not UTF-8 become U+FFFD. Names come from outside: whatever is printed passes through here.
std::string Printable(absl::string_view text);

// The columns that `text` takes on a terminal: 2 for East Asian wide characters, 0 for combining
// marks and for the escape sequences of Style.
size_t DisplayWidth(absl::string_view text);

// The first `width` columns of a plain text; what is longer ends in "…".
std::string Fit(absl::string_view text, size_t width);

// `text` with spaces behind or in front, so that it takes at least `width` columns.
std::string PadRight(absl::string_view text, size_t width);
std::string PadLeft(absl::string_view text, size_t width);

// A space at which Wrap does not break a line. Not in any printable text.
inline constexpr char kFirmSpace = '\x1f';

// `text` broken at its spaces into lines of at most `width` columns; a longer word has a line of
// its own. At least one line.
std::vector<std::string> Wrap(absl::string_view text, size_t width);

// 1234567 as "1,234,567".
std::string Grouped(int64_t number);

// "1 user", "2 users"; the plural is the singular with an s unless it is given.
std::string Counted(int64_t number, absl::string_view singular, absl::string_view plural = "");

// The word as a shell takes it: quoted if it has to be.
std::string ShellWord(absl::string_view word);

// "812 MiB": three digits and a binary unit.
std::string HumanBytes(int64_t bytes);

// "a, b and c".
std::string Enumerated(absl::Span<const std::string> items);

// "a, b, c and 5 more": the first `most`.
std::string EnumeratedUpTo(absl::Span<const std::string> items, size_t most);

}  // namespace seatwise::cli
