// How a bench is to run: what follows the names on its command line.
#pragma once

#include <optional>

#include "absl/strings/numbers.h"

namespace seatwise {

struct RunSize {
  int threads = 2;
  int rounds = 5;
};

// From the arguments "[THREADS [ROUNDS]]", of which argv[first] is the first; nothing if they are
// no numbers above 0, if there are more of them, or if fewer than `first` arguments were given.
inline std::optional<RunSize> RunSizeFrom(int argc, char** argv, int first) {
  RunSize size;
  if (argc < first || argc > first + 2) return std::nullopt;
  if (argc > first && !absl::SimpleAtoi(argv[first], &size.threads)) return std::nullopt;
  if (argc > first + 1 && !absl::SimpleAtoi(argv[first + 1], &size.rounds)) return std::nullopt;
  if (size.threads < 1 || size.rounds < 1) return std::nullopt;
  return size;
}

}  // namespace seatwise
