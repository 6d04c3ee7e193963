// The files of html/, as a part of the program.
#pragma once

#include "absl/types/span.h"
#include "cli/embedded_file.h"

namespace seatwise::cli {

// In the order of their names.
absl::Span<const EmbeddedFile> HtmlFiles();

}  // namespace seatwise::cli
