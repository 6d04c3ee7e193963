#include "storage/journal_builder.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/status_macros.h"
#include "storage/keys.h"
#include "storage/record_format.h"
#include "storage/records.h"

namespace seatwise {
namespace {

// Users of a run in one record: at most five bytes each.
constexpr size_t kUsersPerRecord = 500'000;

void Fill(const LicenseValue& value, storage::LicenseRecord& record) {
  record.set_state(static_cast<uint32_t>(value.state));
  AppendIds(value.enabled_plans, *record.mutable_enabled_plans());
}

absl::StatusOr<LicenseValue> ToLicense(const storage::LicenseRecord& record) {
  if (record.state() > static_cast<uint32_t>(LicenseState::kError)) {
    return RecordError("a license in the journal", "has an unknown state");
  }
  return LicenseValue{static_cast<LicenseState>(record.state()), ToIds(record.enabled_plans())};
}

}  // namespace

std::string JournalKey(uint64_t revision, uint32_t chunk) {
  return KeyWriter(Table::kJournal).Number64(revision).Number32(chunk).Take();
}

std::string BulkLoadChunk(const Fact& before) {
  storage::JournalChunkRecord chunk;
  chunk.set_bulk_load(true);
  storage::ChangeRecord& settings = *chunk.add_changes();
  settings.set_kind(storage::ChangeRecord::REPLACED);
  *settings.mutable_fact() = ToRecord(before);
  return EncodeMessage(chunk);
}

void JournalBuilder::Count(Kind kind, uint64_t facts) {
  switch (kind) {
    case storage::ChangeRecord::CREATED:
      return head_.set_created(head_.created() + facts);
    case storage::ChangeRecord::REPLACED:
      return head_.set_replaced(head_.replaced() + facts);
    default:
      return head_.set_deleted(head_.deleted() + facts);
  }
}

void JournalBuilder::Added(size_t bytes) {
  chunk_bytes_ += bytes;
  bytes_ += bytes;
  if (chunk_bytes_ < kFullChunkBytes) return;
  full_.push_back(EncodeMessage(chunk_));
  chunk_.Clear();
  chunk_bytes_ = 0;
}

void JournalBuilder::AddChange(Kind kind, storage::FactRecord fact) {
  Count(kind, 1);
  storage::ChangeRecord& change = *chunk_.add_changes();
  change.set_kind(kind);
  *change.mutable_fact() = std::move(fact);
  Added(change.ByteSizeLong() + 8);
}

void JournalBuilder::AddMemberships(Kind kind, uint32_t group, absl::Span<const Posting> members) {
  Count(kind, members.size());
  // At most fifteen bytes each.
  constexpr size_t kMembersPerRecord = 200'000;
  while (!members.empty()) {
    const size_t count = std::min(kMembersPerRecord, members.size());
    storage::MembershipChangesRecord& changes = *chunk_.add_memberships();
    changes.set_group(group);
    changes.set_kind(kind);
    changes.set_block(EncodePostings(members.first(count), PostingKind::kWithTimes));
    Added(changes.block().size() + 24);
    members.remove_prefix(count);
  }
}

void JournalBuilder::AddDelta(const LicenseDelta& delta) {
  for (const LicenseDelta::Run& run : delta.runs) {
    absl::Span<const uint32_t> users = run.users;
    while (!users.empty()) {
      const size_t count = std::min(kUsersPerRecord, users.size());
      storage::DeltaRunRecord& record = *chunk_.add_delta();
      record = ToDeltaRecord(run, users.first(count));
      Added(record.ByteSizeLong() + 8);
      users.remove_prefix(count);
    }
  }
}

std::vector<std::string> JournalBuilder::TakeChunks(bool with_head) {
  if (with_head && full_.empty()) {
    *head_.mutable_chunk() = std::move(chunk_);
  } else {
    full_.push_back(EncodeMessage(chunk_));
  }
  head_.set_chunks(written_chunks_ + static_cast<uint32_t>(full_.size()));
  chunk_.Clear();
  return std::move(full_);
}

std::string JournalBuilder::Head(Time time, absl::string_view actor,
                                 absl::string_view method) const {
  storage::JournalRecord head = head_;
  head.set_time(time.micros);
  head.set_actor(std::string(actor));
  head.set_method(std::string(method));
  return EncodeMessage(head);
}

storage::DeltaRunRecord ToDeltaRecord(const LicenseDelta::Run& run,
                                      absl::Span<const uint32_t> users) {
  storage::DeltaRunRecord record;
  record.set_sku(run.sku.value());
  if (run.before) Fill(*run.before, *record.mutable_before());
  if (run.after) Fill(*run.after, *record.mutable_after());
  std::vector<Posting> postings;
  postings.reserve(users.size());
  for (const uint32_t user : users) postings.push_back({.number = user});
  record.set_users(EncodePostings(postings, PostingKind::kWithoutTimes));
  return record;
}

absl::StatusOr<LicenseDelta::Run> FromDeltaRecord(const storage::DeltaRunRecord& record) {
  LicenseDelta::Run run{.sku = SkuId(record.sku())};
  if (record.has_before()) {
    SEATWISE_ASSIGN_OR_RETURN(run.before, ToLicense(record.before()));
  }
  if (record.has_after()) {
    SEATWISE_ASSIGN_OR_RETURN(run.after, ToLicense(record.after()));
  }
  PostingColumns users;
  SEATWISE_RETURN_IF_ERROR(users.Append(record.users(), PostingKind::kWithoutTimes));
  run.users = std::move(users.numbers);
  return run;
}

}  // namespace seatwise
