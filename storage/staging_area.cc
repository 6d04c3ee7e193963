#include "storage/staging_area.h"

#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "engine/model/quoted.h"
#include "storage/batch.h"
#include "storage/keys.h"
#include "storage/record.pb.h"
#include "storage/record_format.h"
#include "storage/record_reader.h"

namespace seatwise {
namespace {

// Row 0 is the import itself, chunk n is row n + 1.
std::string RowKey(absl::string_view id, uint32_t row) {
  return KeyWriter(Table::kStaging).Id(id).Number32(row).Take();
}

StagedImport ToImport(absl::string_view id, const storage::StagingRecord& record) {
  return {.id = std::string(id),
          .next_chunk = record.next_chunk(),
          .created_at = Time{record.created_at()},
          .note = record.note()};
}

absl::StatusOr<storage::StagingRecord> ReadImport(const Snapshot& snapshot, TenantNumber tenant,
                                                  absl::string_view id) {
  SEATWISE_ASSIGN_OR_RETURN(auto record,
                            ReadRecord<storage::StagingRecord>(snapshot, tenant, RowKey(id, 0)));
  if (!record) return absl::NotFoundError(absl::StrCat("there is no import ", Quoted(id)));
  return *std::move(record);
}

}  // namespace

absl::StatusOr<StagedImport> StagingArea::Create(absl::string_view id, Time now,
                                                 absl::string_view note) {
  const auto known = Find(id);
  if (known.ok()) return absl::AlreadyExistsError(absl::StrCat("import ", Quoted(id), " exists"));
  if (!absl::IsNotFound(known.status())) return known.status();
  // What a Drop that was cut short has left.
  SEATWISE_RETURN_IF_ERROR(Drop(id));
  storage::StagingRecord record;
  record.set_created_at(now.micros);
  record.set_note(std::string(note));
  Batch batch;
  batch.Put(RowKey(id, 0), EncodeMessage(record));
  SEATWISE_RETURN_IF_ERROR(store_.Commit(owner_, batch, {MustBeAbsent(RowKey(id, 0))}).status());
  return ToImport(id, record);
}

absl::StatusOr<StagedImport> StagingArea::Find(absl::string_view id) const {
  SEATWISE_ASSIGN_OR_RETURN(const auto record,
                            ReadImport(*store_.TakeSnapshot(), owner_.tenant, id));
  return ToImport(id, record);
}

absl::StatusOr<std::vector<StagedImport>> StagingArea::List() const {
  const auto snapshot = store_.TakeSnapshot();
  std::vector<StagedImport> imports;
  std::string start = KeyWriter(Table::kStaging).Take();
  const std::string end = EndOfPrefix(start);
  while (true) {
    std::optional<std::string> id;
    SEATWISE_RETURN_IF_ERROR(snapshot->Scan(owner_.tenant, {.start = start, .end = end},
                                            [&](absl::string_view key, absl::string_view) {
                                              id = KeyReader(key).Id().value_or("");
                                              return false;
                                            }));
    if (!id) return imports;
    SEATWISE_ASSIGN_OR_RETURN(const auto record, ReadRecord<storage::StagingRecord>(
                                                     *snapshot, owner_.tenant, RowKey(*id, 0)));
    // None: an import that is half dropped.
    if (record) imports.push_back(ToImport(*id, *record));
    // Past the chunks.
    start = EndOfPrefix(KeyWriter(Table::kStaging).Id(*id).Take());
  }
}

absl::StatusOr<Ticket> StagingArea::AppendChunk(absl::string_view id, uint32_t number,
                                                absl::string_view bytes, absl::string_view note) {
  if (bytes.size() > kMaxStagedChunkBytes) {
    return absl::InvalidArgumentError(absl::StrCat("a chunk of ", bytes.size(),
                                                   " bytes is over the limit of ",
                                                   kMaxStagedChunkBytes, "; send smaller ones"));
  }
  SEATWISE_ASSIGN_OR_RETURN(auto record, ReadImport(*store_.TakeSnapshot(), owner_.tenant, id));
  Batch batch;
  if (number > record.next_chunk()) {
    return absl::FailedPreconditionError(absl::StrCat("chunk ", number, " of import ", Quoted(id),
                                                      " came before chunk ", record.next_chunk(),
                                                      "; go on with that one"));
  }
  if (number == record.next_chunk()) {
    record.set_next_chunk(number + 1);
    record.set_note(std::string(note));
    batch.Put(RowKey(id, number + 1), Framed(bytes));
    batch.Put(RowKey(id, 0), EncodeMessage(record));
  }
  // Nothing for one that is there: its ticket may still have to be awaited.
  return store_.Append(owner_, batch, {});
}

absl::Status StagingArea::ForEachChunk(
    absl::string_view id, uint32_t begin, uint32_t end,
    absl::FunctionRef<absl::Status(absl::string_view bytes)> visit) const {
  const std::string first = RowKey(id, begin + 1);
  const std::string behind = RowKey(id, end + 1);
  uint32_t chunks = 0;
  absl::Status status;
  SEATWISE_RETURN_IF_ERROR(
      store_.TakeSnapshot()->Scan(owner_.tenant, {.start = first, .end = behind, .bulk = true},
                                  [&](absl::string_view, absl::string_view value) {
                                    const auto bytes = Unframed(value);
                                    status = bytes.ok() ? visit(*bytes) : bytes.status();
                                    ++chunks;
                                    return status.ok();
                                  }));
  SEATWISE_RETURN_IF_ERROR(status);
  if (chunks != end - begin) return RecordError("an import", "lacks chunks");
  return absl::OkStatus();
}

absl::Status StagingArea::Drop(absl::string_view id) {
  // The import first: what is left of chunks then is in nobody's way, and is dropped again.
  const auto import = Find(id);
  if (!import.ok() && !absl::IsNotFound(import.status())) return import.status();
  Batch batch;
  batch.Delete(RowKey(id, 0));
  // By their numbers, since a walk over chunks reads them all.
  const uint32_t chunks = import.ok() ? import->next_chunk : 0;
  for (uint32_t chunk = 0; chunk < chunks; ++chunk) {
    batch.Delete(RowKey(id, chunk + 1));
    if (batch.bytes() < kMaxBatchBytes / 2) continue;
    SEATWISE_RETURN_IF_ERROR(store_.Append(owner_, batch, {}).status());
    batch.Clear();
  }
  SEATWISE_RETURN_IF_ERROR(store_.Append(owner_, batch, {}).status());
  // What a Drop that was cut short has left.
  const std::string start = KeyWriter(Table::kStaging).Id(id).Take();
  const std::string end = EndOfPrefix(start);
  return EraseRange(store_, owner_, {.start = start, .end = end});
}

}  // namespace seatwise
