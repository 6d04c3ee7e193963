#include "storage/tenant_directory.h"

#include <memory>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "engine/model/quoted.h"
#include "engine/model/spelling.h"
#include "storage/batch.h"
#include "storage/keys.h"
#include "storage/record.pb.h"
#include "storage/record_format.h"
#include "storage/record_reader.h"

namespace seatwise {
namespace {

std::string EntryKey(const TenantId& id) { return KeyWriter(Table::kTenant).Id(id.value()).Take(); }

// A deleted tenant until its facts are gone: beside the id, which may be given again meanwhile.
std::string DeletedKey(TenantNumber number) {
  return KeyWriter(Table::kDeletedTenant).Number32(number.value).Take();
}

absl::Status NoSuchTenant(const TenantId& id) {
  return absl::NotFoundError(absl::StrCat("there is no tenant ", Quoted(id.value())));
}

TenantEntry ToEntry(const TenantId& id, const storage::TenantRecord& record) {
  return {
      .id = id, .number = TenantNumber{record.number()}, .created_at = Time{record.created_at()}};
}

}  // namespace

absl::StatusOr<std::unique_ptr<TenantDirectory>> TenantDirectory::Open(Store& store) {
  SEATWISE_ASSIGN_OR_RETURN(const Owner owner, store.OpenTenant(kDirectoryTenant));
  std::unique_ptr<TenantDirectory> directory(new TenantDirectory(store, owner));
  SEATWISE_RETURN_IF_ERROR(directory->RemoveDeleted());
  return directory;
}

absl::StatusOr<TenantEntry> TenantDirectory::Create(const TenantId& id, Time now) {
  const std::string problem = CheckId(id.value());
  if (!problem.empty()) {
    return absl::InvalidArgumentError(absl::StrCat("the tenant's id ", problem));
  }
  MutexLock lock(&writer_);
  const std::string next_key = KeyWriter(Table::kNextTenant).Take();
  const auto snapshot = store_.TakeSnapshot();
  SEATWISE_ASSIGN_OR_RETURN(const auto known, snapshot->Get(owner_.tenant, EntryKey(id)));
  if (known) {
    return absl::AlreadyExistsError(absl::StrCat("tenant ", Quoted(id.value()), " exists"));
  }
  SEATWISE_ASSIGN_OR_RETURN(
      auto next, ReadRecord<storage::NextTenantRecord>(*snapshot, owner_.tenant, next_key));
  // The directory has 0.
  const uint32_t number = next ? next->number() : 1;
  if (number > kMaxTenant.value) return absl::ResourceExhaustedError("no tenant numbers are left");
  storage::TenantRecord record;
  record.set_number(number);
  record.set_created_at(now.micros);
  storage::NextTenantRecord after;
  after.set_number(number + 1);
  Batch batch;
  batch.Put(EntryKey(id), EncodeMessage(record));
  batch.Put(next_key, EncodeMessage(after));
  SEATWISE_RETURN_IF_ERROR(store_.Commit(owner_, batch, {}).status());
  return ToEntry(id, record);
}

absl::StatusOr<TenantEntry> TenantDirectory::Find(const TenantId& id) const {
  SEATWISE_ASSIGN_OR_RETURN(
      const auto record,
      ReadRecord<storage::TenantRecord>(*store_.TakeSnapshot(), owner_.tenant, EntryKey(id)));
  if (!record) return NoSuchTenant(id);
  return ToEntry(id, *record);
}

absl::StatusOr<std::vector<TenantEntry>> TenantDirectory::List(const TenantId& after,
                                                               size_t limit) const {
  const std::string table = KeyWriter(Table::kTenant).Take();
  const std::string start = after.empty() ? table : EntryKey(after) + '\0';
  const std::string end = EndOfPrefix(table);
  std::vector<TenantEntry> tenants;
  absl::Status status;
  SEATWISE_RETURN_IF_ERROR(
      store_.TakeSnapshot()->Scan(owner_.tenant, {.start = start, .end = end},
                                  [&](absl::string_view key, absl::string_view value) {
                                    if (tenants.size() == limit) return false;
                                    const auto record = Decoded<storage::TenantRecord>(value);
                                    std::optional<std::string> id = KeyReader(key).Id();
                                    status = !record.ok() ? record.status()
                                             : id         ? absl::OkStatus()
                                                  : RecordError("a tenant", "has a damaged key");
                                    if (status.ok())
                                      tenants.push_back(ToEntry(TenantId(*std::move(id)), *record));
                                    return status.ok();
                                  }));
  SEATWISE_RETURN_IF_ERROR(status);
  return tenants;
}

absl::Status TenantDirectory::Delete(const TenantId& id) {
  TenantNumber number;
  {
    MutexLock lock(&writer_);
    SEATWISE_ASSIGN_OR_RETURN(const TenantEntry entry, Find(id));
    number = entry.number;
    Batch batch;
    batch.Delete(EntryKey(id));
    batch.Put(DeletedKey(number), "");
    SEATWISE_RETURN_IF_ERROR(store_.Commit(owner_, batch, {}).status());
  }
  return Remove(number);
}

absl::Status TenantDirectory::Remove(TenantNumber number) {
  // A new owner: whoever has the tenant open cannot write any more.
  SEATWISE_ASSIGN_OR_RETURN(const Owner owner, store_.OpenTenant(number));
  SEATWISE_RETURN_IF_ERROR(EraseRange(store_, owner, {}));
  Batch batch;
  batch.Delete(DeletedKey(number));
  return store_.Commit(owner_, batch, {}).status();
}

absl::Status TenantDirectory::RemoveDeleted() {
  const std::string start = KeyWriter(Table::kDeletedTenant).Take();
  const std::string end = EndOfPrefix(start);
  std::vector<TenantNumber> deleted;
  SEATWISE_RETURN_IF_ERROR(store_.TakeSnapshot()->Scan(
      owner_.tenant, {.start = start, .end = end}, [&](absl::string_view key, absl::string_view) {
        deleted.push_back(TenantNumber{KeyReader(key).Number32().value_or(0)});
        return true;
      }));
  for (const TenantNumber number : deleted) {
    if (number == kDirectoryTenant) return RecordError("a deleted tenant", "has a damaged key");
    SEATWISE_RETURN_IF_ERROR(Remove(number));
  }
  return absl::OkStatus();
}

}  // namespace seatwise
