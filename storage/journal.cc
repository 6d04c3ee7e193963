#include "storage/journal.h"

#include <algorithm>
#include <map>
#include <utility>
#include <variant>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "storage/facts_collector.h"
#include "storage/journal_builder.h"
#include "storage/journal_reader.h"
#include "storage/posting_block.h"
#include "storage/record.pb.h"
#include "storage/record_format.h"
#include "storage/records.h"
#include "storage/row_reader.h"

namespace seatwise {
namespace {

using storage::ChangeRecord;

absl::Status PrunedError(uint64_t revision, uint64_t oldest) {
  return absl::OutOfRangeError(absl::StrCat("revision ", revision,
                                            " is no longer kept; the oldest that can be read is ",
                                            oldest, ": list there and go on from it"));
}

absl::StatusOr<LicenseDelta> DeltaOf(const RawEntry& entry) {
  LicenseDelta delta;
  for (const storage::JournalChunkRecord& chunk : entry.chunks) {
    for (const storage::DeltaRunRecord& record : chunk.delta()) {
      SEATWISE_ASSIGN_OR_RETURN(LicenseDelta::Run run, FromDeltaRecord(record));
      LicenseDelta::Run* last = delta.runs.empty() ? nullptr : &delta.runs.back();
      // Parts of one run follow each other.
      if (last != nullptr && !(*last < run) && !(run < *last)) {
        last->users.insert(last->users.end(), run.users.begin(), run.users.end());
      } else {
        delta.runs.push_back(std::move(run));
      }
    }
  }
  return delta;
}

absl::StatusOr<JournalEntry> ToEntry(const RawEntry& raw) {
  JournalEntry entry{.revision = raw.revision,
                     .time = Time{raw.head.time()},
                     .actor = raw.head.actor(),
                     .method = raw.head.method(),
                     .created = raw.head.created(),
                     .replaced = raw.head.replaced(),
                     .deleted = raw.head.deleted()};
  SEATWISE_ASSIGN_OR_RETURN(entry.delta, DeltaOf(raw));
  return entry;
}

absl::StatusOr<JournalChange> ToChange(const ChangeRecord& record) {
  SEATWISE_ASSIGN_OR_RETURN(Fact fact, FromRecord(record.fact()));
  JournalChange change{.key = KeyOf(fact), .deleted = record.kind() == ChangeRecord::DELETED};
  if (record.kind() != ChangeRecord::CREATED) change.before = std::move(fact);
  return change;
}

absl::Status AddMemberships(const storage::MembershipChangesRecord& record, RowReader& names,
                            std::vector<JournalChange>& changes) {
  SEATWISE_ASSIGN_OR_RETURN(const GroupId group, names.Group(record.group()));
  SEATWISE_ASSIGN_OR_RETURN(const std::vector<Posting> members,
                            DecodePostings(record.block(), PostingKind::kWithTimes));
  for (const Posting& member : members) {
    SEATWISE_ASSIGN_OR_RETURN(UserId user, names.User(member.number));
    JournalChange change{.key = MembershipKey{group, user},
                         .deleted = record.kind() == ChangeRecord::DELETED};
    if (record.kind() != ChangeRecord::CREATED) {
      change.before = Membership{group, std::move(user), member.added_at};
    }
    changes.push_back(std::move(change));
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<JournalChange>> ChangesOf(const FactsSnapshot& facts,
                                                     const RawEntry& entry) {
  RowReader names(facts.bytes(), facts.tenant());
  std::vector<JournalChange> changes;
  for (const storage::JournalChunkRecord& chunk : entry.chunks) {
    for (const ChangeRecord& record : chunk.changes()) {
      SEATWISE_ASSIGN_OR_RETURN(JournalChange change, ToChange(record));
      changes.push_back(std::move(change));
    }
    for (const storage::MembershipChangesRecord& record : chunk.memberships()) {
      SEATWISE_RETURN_IF_ERROR(AddMemberships(record, names, changes));
    }
  }
  std::sort(changes.begin(), changes.end(),
            [](const JournalChange& a, const JournalChange& b) { return a.key < b.key; });
  return changes;
}

// The one entry of a revision that was checked to be there.
absl::StatusOr<RawEntry> ReadEntry(const FactsSnapshot& facts, uint64_t revision) {
  RawEntry entry;
  SEATWISE_RETURN_IF_ERROR(
      ForEachEntry(facts.bytes(), facts.tenant(), revision, revision, [&](RawEntry found) {
        entry = std::move(found);
        return true;
      }));
  if (entry.chunks.empty()) return RecordError("a revision in the journal", "is missing");
  return entry;
}

bool IsBulkLoad(const RawEntry& entry) {
  return std::any_of(entry.chunks.begin(), entry.chunks.end(),
                     [](const storage::JournalChunkRecord& chunk) { return chunk.bulk_load(); });
}

using FactsByKey = std::map<FactKey, Fact>;

// Rows of facts, into the map and out of it.
template <typename Row>
void AddRows(const std::vector<Row>& rows, FactsByKey& facts) {
  for (const Row& row : rows) facts.insert_or_assign(KeyOf(Fact(row)), row);
}

FactsByKey ByKey(const Facts& facts) {
  FactsByKey by_key;
  by_key.emplace(TenantSettingsKey(), facts.settings);
  AddRows(facts.plans, by_key), AddRows(facts.skus, by_key);
  AddRows(facts.conflicts, by_key), AddRows(facts.requirements, by_key);
  AddRows(facts.prohibitions, by_key), AddRows(facts.subscriptions, by_key);
  AddRows(facts.users, by_key), AddRows(facts.groups, by_key);
  AddRows(facts.memberships, by_key), AddRows(facts.assignments, by_key);
  AddRows(facts.observed, by_key);
  return by_key;
}

}  // namespace

absl::StatusOr<uint64_t> OldestRevision(const FactsSnapshot& facts) {
  return ReadOldestRevision(facts.bytes(), facts.tenant());
}

absl::Status ReadJournal(const FactsSnapshot& facts, uint64_t from,
                         absl::FunctionRef<bool(const JournalEntry&)> visit) {
  from = std::max<uint64_t>(from, 1);
  if (from > facts.revision()) return absl::OkStatus();
  SEATWISE_ASSIGN_OR_RETURN(const uint64_t oldest, OldestRevision(facts));
  if (from <= oldest) return PrunedError(from, oldest);
  absl::Status status;
  SEATWISE_RETURN_IF_ERROR(
      ForEachEntry(facts.bytes(), facts.tenant(), from, facts.revision(), [&](const RawEntry& raw) {
        const absl::StatusOr<JournalEntry> entry = ToEntry(raw);
        status = entry.status();
        return status.ok() && visit(*entry);
      }));
  return status;
}

absl::StatusOr<RevisionChanges> ReadRevision(const FactsSnapshot& facts, uint64_t revision) {
  SEATWISE_ASSIGN_OR_RETURN(const uint64_t oldest, OldestRevision(facts));
  if (revision == 0 || revision > facts.revision()) {
    return absl::NotFoundError(
        absl::StrCat("there is no revision ", revision, " yet; the last is ", facts.revision()));
  }
  if (revision <= oldest) return PrunedError(revision, oldest);
  SEATWISE_ASSIGN_OR_RETURN(const RawEntry entry, ReadEntry(facts, revision));
  RevisionChanges read;
  SEATWISE_ASSIGN_OR_RETURN(read.changes, ChangesOf(facts, entry));
  read.bulk_load = IsBulkLoad(entry);
  return read;
}

absl::StatusOr<std::vector<JournalChange>> ReadChanges(const FactsSnapshot& facts,
                                                       uint64_t revision) {
  SEATWISE_ASSIGN_OR_RETURN(RevisionChanges read, ReadRevision(facts, revision));
  return std::move(read.changes);
}

absl::StatusOr<Facts> FactsAt(const FactsSnapshot& facts, uint64_t revision) {
  SEATWISE_ASSIGN_OR_RETURN(const uint64_t oldest, OldestRevision(facts));
  if (revision < oldest) return PrunedError(revision, oldest);
  if (revision > facts.revision()) {
    return absl::OutOfRangeError(
        absl::StrCat("revision ", revision, " is not there yet; the last is ", facts.revision()));
  }
  SEATWISE_ASSIGN_OR_RETURN(const Facts now, facts.ReadAll());
  FactsByKey by_key = ByKey(now);
  for (uint64_t undone = facts.revision(); undone > revision; --undone) {
    SEATWISE_ASSIGN_OR_RETURN(const RawEntry entry, ReadEntry(facts, undone));
    if (IsBulkLoad(entry)) by_key.clear();
    SEATWISE_ASSIGN_OR_RETURN(std::vector<JournalChange> changes, ChangesOf(facts, entry));
    for (JournalChange& change : changes) {
      if (change.before) {
        by_key.insert_or_assign(change.key, *std::move(change.before));
      } else {
        by_key.erase(change.key);
      }
    }
  }
  FactsCollector then;
  for (auto& [key, fact] : by_key) then.Add(std::move(fact));
  return std::move(then).Take();
}

}  // namespace seatwise
