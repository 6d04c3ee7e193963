// Writes an entry of the journal: collects what a revision changes and cuts it into chunks that fit
// into batches.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "base/time.h"
#include "engine/model/facts.h"
#include "engine/model/license_delta.h"
#include "storage/posting_block.h"
#include "storage/record.pb.h"

namespace seatwise {

// Chunks are cut when they are over this many bytes. A fact is at most 3 MiB (limits.h), so they
// stay below 8 MB.
inline constexpr size_t kFullChunkBytes = 4'000'000;

// The first chunk of a bulk load: undone by emptying the tenant but for these settings.
std::string BulkLoadChunk(const Fact& before);

// The key of the head of an entry (chunk 0), and of its chunks.
std::string JournalKey(uint64_t revision, uint32_t chunk);

// One entry, one thread.
class JournalBuilder {
 public:
  using Kind = storage::ChangeRecord::Kind;

  // So many chunks of the entry are written already.
  explicit JournalBuilder(uint32_t written_chunks = 0) : written_chunks_(written_chunks) {}

  // A fact as it was before, or as it was created.
  void AddChange(Kind kind, storage::FactRecord fact);
  // Memberships of users in a group; ascending by number, not none.
  void AddMemberships(Kind kind, uint32_t group, absl::Span<const Posting> members);
  void AddDelta(const LicenseDelta& delta);
  // Counts facts that no change tells of: those of a bulk load.
  void CountCreated(uint64_t facts) { Count(storage::ChangeRecord::CREATED, facts); }

  // Bytes so far, about.
  size_t bytes() const { return bytes_; }

  // After the last addition: the values of the next chunks. Empty if the head has room for all and
  // is written together with the changes (`with_head`): else there is at least one, for Open to
  // undo. Called once.
  std::vector<std::string> TakeChunks(bool with_head);
  // Then: the head, with everything that is in no chunk.
  std::string Head(Time time, absl::string_view actor, absl::string_view method) const;

 private:
  void Count(Kind kind, uint64_t facts);
  void Added(size_t bytes);

  uint32_t written_chunks_;
  storage::JournalRecord head_;
  storage::JournalChunkRecord chunk_;
  size_t chunk_bytes_ = 0;
  size_t bytes_ = 0;
  std::vector<std::string> full_;
};

// Users of a delta's run as a value of a message, and back.
storage::DeltaRunRecord ToDeltaRecord(const LicenseDelta::Run& run,
                                      absl::Span<const uint32_t> users);
absl::StatusOr<LicenseDelta::Run> FromDeltaRecord(const storage::DeltaRunRecord& record);

}  // namespace seatwise
