// The folder examples/contoso as part of the program, so that `seatwise demo` needs nothing but the
// binary. The source is made by bazel/embed.py.
#pragma once

#include "absl/types/span.h"
#include "cli/embedded_file.h"

namespace seatwise::cli {

// tenant.json and the CSV files.
absl::Span<const EmbeddedFile> ContosoFiles();

}  // namespace seatwise::cli
