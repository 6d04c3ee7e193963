#include "storage/journal_reader.h"

#include <optional>
#include <string>
#include <utility>

#include "base/status_macros.h"
#include "storage/journal_builder.h"
#include "storage/keys.h"
#include "storage/record_format.h"
#include "storage/record_reader.h"

namespace seatwise {
namespace {

// Puts entries together from rows.
class EntryReader {
 public:
  explicit EntryReader(absl::FunctionRef<bool(RawEntry)> visit) : visit_(visit) {}

  // Whether to go on.
  absl::StatusOr<bool> Read(absl::string_view key, absl::string_view value) {
    KeyReader reader(key);
    const std::optional<uint64_t> revision = reader.Number64();
    const std::optional<uint32_t> chunk = reader.Number32();
    if (!chunk || !reader.AtEnd()) return RecordError("the journal", "has a damaged key");
    if (*chunk == 0) {
      if (missing_ > 0) return Incomplete();
      SEATWISE_ASSIGN_OR_RETURN(entry_.head, Decoded<storage::JournalRecord>(value));
      entry_.revision = *revision;
      entry_.chunks.assign(1, entry_.head.chunk());
      missing_ = entry_.head.chunks();
    } else {
      if (missing_ == 0 || *revision != entry_.revision) return Incomplete();
      SEATWISE_ASSIGN_OR_RETURN(auto record, Decoded<storage::JournalChunkRecord>(value));
      entry_.chunks.push_back(std::move(record));
      --missing_;
    }
    return missing_ > 0 || visit_(std::exchange(entry_, RawEntry()));
  }

  bool complete() const { return missing_ == 0; }
  static absl::Status Incomplete() {
    return RecordError("a revision in the journal", "lacks parts");
  }

 private:
  absl::FunctionRef<bool(RawEntry)> visit_;
  RawEntry entry_;
  uint32_t missing_ = 0;
};

}  // namespace

absl::Status ForEachEntry(const Snapshot& snapshot, TenantNumber tenant, uint64_t from, uint64_t to,
                          absl::FunctionRef<bool(RawEntry)> visit) {
  const std::string start = JournalKey(from, 0);
  const std::string end = JournalKey(to + 1, 0);
  EntryReader reader(visit);
  absl::Status status;
  bool stopped = false;
  SEATWISE_RETURN_IF_ERROR(snapshot.Scan(tenant, {.start = start, .end = end},
                                         [&](absl::string_view key, absl::string_view value) {
                                           const auto go_on = reader.Read(key, value);
                                           status = go_on.status();
                                           stopped = !status.ok() || !*go_on;
                                           return !stopped;
                                         }));
  if (status.ok() && !stopped && !reader.complete()) return EntryReader::Incomplete();
  return status;
}

absl::StatusOr<std::vector<storage::JournalChunkRecord>> ReadStagedChunks(const Snapshot& snapshot,
                                                                          TenantNumber tenant,
                                                                          uint64_t revision) {
  const std::string start = JournalKey(revision, 1);
  const std::string end = EndOfPrefix(KeyWriter(Table::kJournal).Take());
  std::vector<storage::JournalChunkRecord> chunks;
  absl::Status status;
  SEATWISE_RETURN_IF_ERROR(snapshot.Scan(tenant, {.start = start, .end = end},
                                         [&](absl::string_view, absl::string_view value) {
                                           auto chunk = Decoded<storage::JournalChunkRecord>(value);
                                           status = chunk.status();
                                           if (status.ok()) chunks.push_back(*std::move(chunk));
                                           return status.ok();
                                         }));
  SEATWISE_RETURN_IF_ERROR(status);
  return chunks;
}

absl::StatusOr<uint64_t> ReadOldestRevision(const Snapshot& snapshot, TenantNumber tenant) {
  SEATWISE_ASSIGN_OR_RETURN(const auto trim, ReadRecord<storage::TrimRecord>(
                                                 snapshot, tenant, KeyWriter(Table::kTrim).Take()));
  return trim ? trim->oldest_revision() : 0;
}

}  // namespace seatwise
