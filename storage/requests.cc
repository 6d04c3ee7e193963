#include "storage/requests.h"

#include "base/check.h"
#include "base/status_macros.h"
#include "storage/keys.h"
#include "storage/record.pb.h"
#include "storage/record_format.h"
#include "storage/record_reader.h"

namespace seatwise {
namespace {

// Times before 1970 sort first.
uint64_t Ordered(Time time) { return static_cast<uint64_t>(time.micros) ^ (uint64_t{1} << 63); }

std::string StoredRequestKey(absl::string_view actor, absl::string_view method,
                             absl::string_view id) {
  return KeyWriter(Table::kRequest).Id(actor).Id(method).Id(id).Take();
}

// Forgets the request of a row of expiries; not if it came again and expires later.
absl::Status Forget(const Snapshot& snapshot, TenantNumber tenant, absl::string_view row,
                    Batch& batch) {
  KeyReader reader(row);
  const std::optional<uint64_t> expires = reader.Number64();
  const std::optional<std::string> actor = reader.Id();
  const std::optional<std::string> method = reader.Id();
  const std::optional<std::string> id = reader.Id();
  if (!id || !reader.AtEnd()) return RecordError("a request's expiry", "has a damaged key");
  batch.Delete(row);
  const std::string key = StoredRequestKey(*actor, *method, *id);
  SEATWISE_ASSIGN_OR_RETURN(const auto record,
                            ReadRecord<storage::RequestRecord>(snapshot, tenant, key));
  if (record && Ordered(Time{record->expires_at()}) <= *expires) batch.Delete(key);
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::optional<RequestOutcome>> FindRequest(const FactsSnapshot& facts,
                                                          absl::string_view actor,
                                                          absl::string_view method,
                                                          absl::string_view request_id) {
  SEATWISE_ASSIGN_OR_RETURN(const auto record, ReadRecord<storage::RequestRecord>(
                                                   facts.bytes(), facts.tenant(),
                                                   StoredRequestKey(actor, method, request_id)));
  if (!record) return std::nullopt;
  return RequestOutcome{.request = {.request_id = std::string(request_id),
                                    .digest = record->digest(),
                                    .reply = record->reply(),
                                    .expires_at = Time{record->expires_at()}},
                        .revision = record->revision()};
}

void WriteRequest(const StoredRequest& request, absl::string_view actor, absl::string_view method,
                  uint64_t revision, Batch& batch) {
  SEATWISE_CHECK(request.reply.size() <= kMaxStoredReplyBytes) << request.reply.size();
  storage::RequestRecord record;
  record.set_digest(request.digest);
  record.set_reply(request.reply);
  record.set_expires_at(request.expires_at.micros);
  record.set_revision(revision);
  batch.Put(StoredRequestKey(actor, method, request.request_id), EncodeMessage(record));
  batch.Put(KeyWriter(Table::kRequestExpiry)
                .Number64(Ordered(request.expires_at))
                .Id(actor)
                .Id(method)
                .Id(request.request_id)
                .Take(),
            "");
}

absl::StatusOr<Batch> ForgetExpiredRequests(const Snapshot& snapshot, TenantNumber tenant, Time now,
                                            size_t most) {
  const std::string start = KeyWriter(Table::kRequestExpiry).Take();
  const std::string end = KeyWriter(Table::kRequestExpiry).Number64(Ordered(now)).Take();
  Batch batch;
  size_t forgotten = 0;
  absl::Status status;
  SEATWISE_RETURN_IF_ERROR(snapshot.Scan(tenant, {.start = start, .end = end},
                                         [&](absl::string_view key, absl::string_view) {
                                           if (forgotten++ == most) return false;
                                           status = Forget(snapshot, tenant, key, batch);
                                           return status.ok();
                                         }));
  SEATWISE_RETURN_IF_ERROR(status);
  return batch;
}

}  // namespace seatwise
