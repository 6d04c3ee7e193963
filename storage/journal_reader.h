// Reads entries of the journal as messages.
#pragma once

#include <cstdint>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "storage/record.pb.h"
#include "storage/store.h"

namespace seatwise {

// An entry with its chunks, that of the head first.
struct RawEntry {
  uint64_t revision = 0;
  storage::JournalRecord head;
  std::vector<storage::JournalChunkRecord> chunks;
};

// Visits the entries of the revisions `from` to `to`, ascending, until a visit answers false.
// DATA_LOSS if an entry is damaged or lacks chunks; errors of Snapshot::Scan.
absl::Status ForEachEntry(const Snapshot& snapshot, TenantNumber tenant, uint64_t from, uint64_t to,
                          absl::FunctionRef<bool(RawEntry)> visit);

// The chunks above the head of a commit that never got there.
absl::StatusOr<std::vector<storage::JournalChunkRecord>> ReadStagedChunks(const Snapshot& snapshot,
                                                                          TenantNumber tenant,
                                                                          uint64_t revision);

// The oldest revision that can be read: 0 until something is pruned.
absl::StatusOr<uint64_t> ReadOldestRevision(const Snapshot& snapshot, TenantNumber tenant);

}  // namespace seatwise
