// A config file: one JSON object whose values are texts, numbers or booleans.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace seatwise {

// One key of the file.
struct ConfigEntry {
  std::string key;
  std::string value;  // As it would stand on a command line.
  int line = 0;       // Where the key stands, from 1.
};

// The entries in the order of their keys. INVALID_ARGUMENT with file and line if it is no such
// object or has a key twice; NOT_FOUND if it cannot be read.
absl::StatusOr<std::vector<ConfigEntry>> ReadConfigFile(const std::string& path);

}  // namespace seatwise
