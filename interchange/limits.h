// Every limit of an input file, with its reason. They bound what reading needs: a file that is not
// what it claims to be costs a clear error, not memory.
#pragma once

#include <cstddef>
#include <cstdint>

namespace seatwise {

// A record of a CSV file. A fact of kMaxFactBytes takes no more, even if it is all quotes, which
// are doubled; a closing quote that is missing shows after no more than this.
inline constexpr size_t kMaxRecordBytes = size_t{8} << 20;

// Cells of a record: attributes of users are columns.
inline constexpr size_t kMaxCells = 10'000;

// tenant.json: four keys.
inline constexpr size_t kMaxTenantJsonBytes = size_t{1} << 20;

// A file of others that is read as a whole: Microsoft's catalog has about 1 MB.
inline constexpr size_t kMaxLooseFileBytes = size_t{64} << 20;

// What one thread reads at a time: small enough for a core's own cache.
inline constexpr size_t kSliceBytes = size_t{512} << 10;

// Errors that stand at the same place of a list that is much longer are not told apart: a cell
// names this many of its unknown ids.
inline constexpr size_t kMaxNamesInReason = 3;

}  // namespace seatwise
