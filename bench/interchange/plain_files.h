// The floors of reading and writing folders: bytes split at newlines, and bytes written, and no
// thought about either.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/executor.h"

namespace seatwise {

// Reads every file of a folder by blocks on all threads, and looks for the newlines with memchr.
// Answers how many there are, or nothing sensible for what cannot be read.
int64_t SplitFolder(const std::string& dir, Executor& executor);

// Writes so many bytes, in blocks of 1 MiB: an equal share to each of the paths, which are made
// new, and each on a thread as far as there are any. Answers whether all was written.
bool WritePlainly(const std::vector<std::string>& paths, int64_t bytes, Executor& executor);

}  // namespace seatwise
