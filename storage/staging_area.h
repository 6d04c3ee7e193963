// Imports on their way in: numbered chunks, durable and read by nobody, until one revision is made
// of them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "base/time.h"
#include "storage/store.h"

namespace seatwise {

// The largest chunk, in bytes.
inline constexpr size_t kMaxStagedChunkBytes = 8'000'000;

// One import.
struct StagedImport {
  std::string id;
  uint32_t next_chunk = 0;  // How many chunks are there; the number of the one to send next.
  Time created_at;
  std::string note;  // Whatever the caller keeps with it.
};

// The staging area of one tenant. Lies beside its facts, in a key space of the same owner, and does
// not move the revision. One call at a time for each import; different imports from any thread.
class StagingArea {
 public:
  // `store` outlives it. `owner` is that of the tenant (TenantStore::owner).
  StagingArea(Store& store, const Owner& owner) : store_(store), owner_(owner) {}

  // ALREADY_EXISTS.
  absl::StatusOr<StagedImport> Create(absl::string_view id, Time now, absl::string_view note);
  // NOT_FOUND.
  absl::StatusOr<StagedImport> Find(absl::string_view id) const;
  absl::StatusOr<std::vector<StagedImport>> List() const;

  // Adds chunk `number`, and makes `note` that of the import; both are durable once
  // Store::AwaitDurable says OK to the ticket. A chunk that is there already is not looked at, nor
  // its note: sending it again is harmless. FAILED_PRECONDITION, naming the next number, if chunks
  // before it are missing; INVALID_ARGUMENT over kMaxStagedChunkBytes.
  absl::StatusOr<Ticket> AppendChunk(absl::string_view id, uint32_t number, absl::string_view bytes,
                                     absl::string_view note);

  // Visits the chunks with numbers from `begin` on and before `end`, which are there, in the order
  // of their numbers, until a visit fails, whose error is returned.
  absl::Status ForEachChunk(absl::string_view id, uint32_t begin, uint32_t end,
                            absl::FunctionRef<absl::Status(absl::string_view bytes)> visit) const;

  // Removes an import; OK if it is not there.
  absl::Status Drop(absl::string_view id);

 private:
  Store& store_;
  Owner owner_;
};

}  // namespace seatwise
