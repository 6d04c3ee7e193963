// Chunks are written before the first change that they describe, and removed after the last one is
// undone; whatever beginning of a commit or of a rollback is there, the same undoing leads back.
#include "storage/rollback.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/status_macros.h"
#include "engine/model/numbers.h"
#include "storage/appender.h"
#include "storage/fact_editor.h"
#include "storage/fact_keys.h"
#include "storage/journal_builder.h"
#include "storage/journal_reader.h"
#include "storage/keys.h"
#include "storage/posting_block.h"
#include "storage/record.pb.h"
#include "storage/records.h"

namespace seatwise {
namespace {

using storage::ChangeRecord;
using Chunks = std::vector<storage::JournalChunkRecord>;

// The number of a user or group that a record of one has.
std::optional<uint32_t> NumberIn(const storage::FactRecord& record) {
  if (record.has_user()) return record.user().user().number();
  if (record.has_group()) return record.group().group().number();
  return std::nullopt;
}

// What was there before is there again, named before it is named.
absl::Status RestoreReplaced(const Chunks& chunks, FactEditor& editor) {
  std::vector<std::pair<Fact, std::optional<uint32_t>>> facts;
  for (const storage::JournalChunkRecord& chunk : chunks) {
    for (const ChangeRecord& change : chunk.changes()) {
      if (change.kind() == ChangeRecord::CREATED) continue;
      SEATWISE_ASSIGN_OR_RETURN(Fact fact, FromRecord(change.fact()));
      facts.emplace_back(std::move(fact), NumberIn(change.fact()));
    }
  }
  for (size_t kind = 0; kind < kFactKinds; ++kind) {
    for (const auto& [fact, number] : facts) {
      if (fact.index() != kind) continue;
      SEATWISE_RETURN_IF_ERROR(editor.Put(fact, number));
    }
  }
  return absl::OkStatus();
}

absl::Status DeleteCreated(const Chunks& chunks, FactEditor& editor) {
  std::vector<FactKey> keys;
  for (const storage::JournalChunkRecord& chunk : chunks) {
    for (const ChangeRecord& change : chunk.changes()) {
      if (change.kind() != ChangeRecord::CREATED) continue;
      SEATWISE_ASSIGN_OR_RETURN(const Fact fact, FromRecord(change.fact()));
      keys.push_back(KeyOf(fact));
    }
  }
  for (size_t kind = kFactKinds; kind-- > 0;) {
    for (const FactKey& key : keys) {
      if (key.index() == kind) SEATWISE_RETURN_IF_ERROR(editor.Delete(key));
    }
  }
  return absl::OkStatus();
}

absl::Status RestoreMemberships(const Chunks& chunks, FactEditor& editor) {
  for (const storage::JournalChunkRecord& chunk : chunks) {
    for (const storage::MembershipChangesRecord& record : chunk.memberships()) {
      SEATWISE_ASSIGN_OR_RETURN(const std::vector<Posting> members,
                                DecodePostings(record.block(), PostingKind::kWithTimes));
      const bool created = record.kind() == ChangeRecord::CREATED;
      for (const Posting& member : members) {
        editor.EditMember(record.group(), member.number,
                          created ? std::nullopt : std::optional<Time>(member.added_at));
      }
    }
  }
  return absl::OkStatus();
}

// The names of numbers that nobody was given.
Batch NamesOfCreated(const Chunks& chunks) {
  Batch batch;
  for (const storage::JournalChunkRecord& chunk : chunks) {
    for (const ChangeRecord& change : chunk.changes()) {
      if (change.kind() != ChangeRecord::CREATED) continue;
      const std::optional<uint32_t> number = NumberIn(change.fact());
      if (number)
        batch.Delete(change.fact().has_user() ? UserNameKey(*number) : GroupNameKey(*number));
    }
  }
  return batch;
}

absl::Status EraseKeys(Store& store, const Owner& owner, const std::string& start, Table end) {
  return EraseRange(store, owner, {.start = start, .end = KeyWriter(end).Take()});
}

// All facts, of a tenant that had none. Users and groups of the past keep their names, of which the
// journal tells.
absl::Status EraseFacts(Store& store, const Owner& owner, const NextNumbers& next) {
  SEATWISE_RETURN_IF_ERROR(
      EraseKeys(store, owner, KeyWriter(Table::kSettings).Take(), Table::kUserName));
  SEATWISE_RETURN_IF_ERROR(EraseKeys(store, owner, UserNameKey(next.user), Table::kGroupName));
  SEATWISE_RETURN_IF_ERROR(EraseKeys(store, owner, GroupNameKey(next.group), Table::kJournal));
  return absl::OkStatus();
}

}  // namespace

absl::Status RollBack(Store& store, const Owner& owner) {
  SEATWISE_ASSIGN_OR_RETURN(auto base, FactsSnapshot::Open(store.TakeSnapshot(), owner.tenant));
  const uint64_t revision = base->revision() + 1;
  SEATWISE_ASSIGN_OR_RETURN(const Chunks chunks,
                            ReadStagedChunks(base->bytes(), owner.tenant, revision));
  if (chunks.empty()) return absl::OkStatus();
  if (chunks[0].bulk_load()) {
    SEATWISE_RETURN_IF_ERROR(EraseFacts(store, owner, base->next_numbers()));
    SEATWISE_ASSIGN_OR_RETURN(base, FactsSnapshot::Open(store.TakeSnapshot(), owner.tenant));
  }
  FactEditor editor(*base);
  SEATWISE_RETURN_IF_ERROR(RestoreReplaced(chunks, editor));
  SEATWISE_RETURN_IF_ERROR(DeleteCreated(chunks, editor));
  SEATWISE_RETURN_IF_ERROR(RestoreMemberships(chunks, editor));
  SEATWISE_RETURN_IF_ERROR(editor.Finish());

  Appender appender(store, owner);
  SEATWISE_RETURN_IF_ERROR(appender.AddAll(editor.batch()));
  SEATWISE_RETURN_IF_ERROR(appender.AddAll(NamesOfCreated(chunks)));
  SEATWISE_RETURN_IF_ERROR(appender.Flush().status());
  // In one batch: half of the chunks would undo half.
  Batch chunks_gone;
  for (size_t chunk = 1; chunk <= chunks.size(); ++chunk) {
    chunks_gone.Delete(JournalKey(revision, static_cast<uint32_t>(chunk)));
  }
  return store.Commit(owner, chunks_gone, {}).status();
}

}  // namespace seatwise
