#include "storage/tenant_store.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "storage/appender.h"
#include "storage/batch.h"
#include "storage/fact_editor.h"
#include "storage/fact_keys.h"
#include "storage/head.h"
#include "storage/journal_builder.h"
#include "storage/journal_reader.h"
#include "storage/keys.h"
#include "storage/record.pb.h"
#include "storage/record_format.h"
#include "storage/rollback.h"

namespace seatwise {
namespace {

// Revisions and requests that one append forgets at most: others write in between.
constexpr size_t kForgottenPerBatch = 1000;

// Of revision 0 nothing is stored.
Precondition HeadMustBe(const Head& head) {
  return head.revision == 0 ? MustBeAbsent(HeadKey()) : MustBe(HeadKey(), EncodeHead(head));
}

// The names of users and groups that an entry deleted: only the journal knew them.
void ForgetNames(const RawEntry& entry, Batch& batch) {
  for (const storage::JournalChunkRecord& chunk : entry.chunks) {
    for (const storage::ChangeRecord& change : chunk.changes()) {
      if (change.kind() != storage::ChangeRecord::DELETED) continue;
      if (change.fact().has_user()) {
        batch.Delete(UserNameKey(change.fact().user().user().number()));
      } else if (change.fact().has_group()) {
        batch.Delete(GroupNameKey(change.fact().group().group().number()));
      }
    }
  }
}

}  // namespace

absl::StatusOr<std::unique_ptr<TenantStore>> TenantStore::Open(Store& store, TenantNumber tenant) {
  SEATWISE_ASSIGN_OR_RETURN(const Owner owner, store.OpenTenant(tenant));
  SEATWISE_RETURN_IF_ERROR(RollBack(store, owner));
  SEATWISE_ASSIGN_OR_RETURN(auto facts, FactsSnapshot::Open(store.TakeSnapshot(), tenant));
  return std::unique_ptr<TenantStore>(new TenantStore(store, owner, std::move(facts)));
}

TenantStore::TenantStore(Store& store, Owner owner, std::shared_ptr<const FactsSnapshot> tip)
    : store_(store), owner_(owner), tip_(std::move(tip)) {}

std::shared_ptr<const FactsSnapshot> TenantStore::tip() const {
  MutexLock lock(&mutex_);
  return tip_;
}

void TenantStore::SetTip(std::shared_ptr<const FactsSnapshot> tip) {
  MutexLock lock(&mutex_);
  tip_ = std::move(tip);
}

absl::StatusOr<Appended> TenantStore::Append(const ValidatedChangeSet& changes,
                                             const FactsSnapshot& base, const LicenseDelta& delta,
                                             const CommitMeta& meta) {
  SEATWISE_RETURN_IF_ERROR(refusal_);
  if (base.head() != tip()->head()) {
    return absl::AbortedError(absl::StrCat("the changes were made for revision ", base.revision(),
                                           ", the tenant is at ", tip()->revision(),
                                           "; make them again"));
  }
  FactEditor editor(base);
  for (const Fact& fact : changes.puts()) SEATWISE_RETURN_IF_ERROR(editor.Put(fact));
  for (const FactKey& key : changes.deletes()) SEATWISE_RETURN_IF_ERROR(editor.Delete(key));
  SEATWISE_RETURN_IF_ERROR(editor.Finish());
  editor.journal().AddDelta(delta);
  const bool small = editor.batch().bytes() + editor.journal().bytes() < kFullBatchBytes;
  const std::vector<std::string> chunks = editor.journal().TakeChunks(small);
  if (small)
    return FinishCommit(editor.batch(), base.head(), editor.head(), editor.journal(), meta);
  const absl::Status staged = Stage(base.revision() + 1, chunks, editor);
  if (!staged.ok()) return TakeBack(staged);
  absl::StatusOr<Appended> appended =
      FinishCommit({}, base.head(), editor.head(), editor.journal(), meta);
  return appended.ok() ? std::move(appended) : TakeBack(appended.status());
}

absl::Status TenantStore::Stage(uint64_t revision, const std::vector<std::string>& chunks,
                                const FactEditor& editor) {
  Appender appender(store_, owner_);
  for (size_t i = 0; i < chunks.size(); ++i) {
    SEATWISE_RETURN_IF_ERROR(
        appender.Put(JournalKey(revision, static_cast<uint32_t>(i + 1)), chunks[i]));
  }
  SEATWISE_RETURN_IF_ERROR(appender.AddAll(editor.batch()));
  return appender.Flush().status();
}

absl::Status TenantStore::TakeBack(const absl::Status& why) {
  const absl::Status undone = RollBack(store_, owner_);
  // Nobody sees what is half there: the tip is a snapshot of before, and Open tries again.
  if (!undone.ok()) {
    refusal_ = absl::FailedPreconditionError(
        "a commit of this tenant is half taken back; open the tenant again");
  }
  return why;
}

absl::StatusOr<Appended> TenantStore::FinishCommit(Batch batch, const Head& before, Head head,
                                                   const JournalBuilder& journal,
                                                   const CommitMeta& meta) {
  head.revision = before.revision + 1;
  head.commit_time = std::max(meta.time, before.commit_time);
  if (meta.rule_version) head.rule_version = *meta.rule_version;
  batch.Put(JournalKey(head.revision, 0), journal.Head(head.commit_time, meta.actor, meta.method));
  if (meta.request) {
    WriteRequest(*meta.request, meta.actor, meta.method, head.revision, batch);
  }
  batch.Put(HeadKey(), EncodeHead(head));
  SEATWISE_ASSIGN_OR_RETURN(const Ticket ticket,
                            store_.Append(owner_, batch, {HeadMustBe(before)}));
  auto facts = std::make_shared<const FactsSnapshot>(store_.TakeSnapshot(), owner_.tenant, head);
  SetTip(facts);
  return Appended{.revision = head.revision,
                  .time = head.commit_time,
                  .ticket = ticket,
                  .facts = std::move(facts)};
}

absl::Status TenantStore::AwaitDurable(Ticket ticket) { return store_.AwaitDurable(ticket); }

absl::Status TenantStore::Prune(const Retention& retention, Time now) {
  const auto facts = tip();
  SEATWISE_ASSIGN_OR_RETURN(uint64_t oldest, ReadOldestRevision(facts->bytes(), owner_.tenant));
  while (oldest < facts->revision()) {
    SEATWISE_ASSIGN_OR_RETURN(const uint64_t pruned, PruneSome(*facts, oldest, retention));
    if (pruned == oldest) break;
    oldest = pruned;
  }
  while (true) {
    SEATWISE_ASSIGN_OR_RETURN(
        const Batch batch,
        ForgetExpiredRequests(*store_.TakeSnapshot(), owner_.tenant, now, kForgottenPerBatch));
    if (batch.empty()) break;
    SEATWISE_RETURN_IF_ERROR(store_.Append(owner_, batch, {}).status());
  }
  Renew();
  return absl::OkStatus();
}

std::shared_ptr<const FactsSnapshot> TenantStore::Renew() {
  auto facts =
      std::make_shared<const FactsSnapshot>(store_.TakeSnapshot(), owner_.tenant, tip()->head());
  SetTip(facts);
  return facts;
}

absl::StatusOr<uint64_t> TenantStore::PruneSome(const FactsSnapshot& facts, uint64_t oldest,
                                                const Retention& retention) {
  Batch batch;
  size_t entries = 0;
  SEATWISE_RETURN_IF_ERROR(ForEachEntry(
      facts.bytes(), owner_.tenant, oldest + 1, facts.revision(), [&](const RawEntry& entry) {
        const bool too_old = Time{entry.head.time()} < retention.oldest_time;
        if (!too_old && facts.revision() - entry.revision < retention.most_revisions) return false;
        oldest = entry.revision;
        for (uint32_t chunk = 0; chunk <= entry.head.chunks(); ++chunk) {
          batch.Delete(JournalKey(entry.revision, chunk));
        }
        ForgetNames(entry, batch);
        return ++entries < kForgottenPerBatch && batch.bytes() < kFullBatchBytes;
      }));
  if (batch.empty()) return oldest;
  storage::TrimRecord trim;
  trim.set_oldest_revision(oldest);
  batch.Put(KeyWriter(Table::kTrim).Take(), EncodeMessage(trim));
  SEATWISE_RETURN_IF_ERROR(store_.Append(owner_, batch, {}).status());
  return oldest;
}

}  // namespace seatwise
