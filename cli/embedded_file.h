// A file that is part of the program.
#pragma once

#include "absl/strings/string_view.h"

namespace seatwise::cli {

struct EmbeddedFile {
  absl::string_view name;  // Without a folder.
  absl::string_view content;
};

}  // namespace seatwise::cli
