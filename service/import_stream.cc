#include "service/import_stream.h"

#include <algorithm>
#include <random>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "base/free_memory.h"
#include "base/status_macros.h"
#include "service/errors.h"
#include "service/impact.h"
#include "service/import_finish.h"
#include "service/names.h"
#include "service/staged_chunk.h"
#include "storage/staging_area.h"
#include "storage/store.h"

namespace seatwise {
namespace {

constexpr size_t kMostChunkBytes = 3 << 20;
// Of one message of rows.
constexpr size_t kRowsBytes = 1 << 20;

std::string NewImportId() {
  std::random_device random;
  return absl::StrFormat("%08x%08x%08x", random(), random(), random());
}

absl::Status ClosedError(absl::string_view why) {
  return ErrorOf(v1::IMPORT_CLOSED, absl::StrCat("the import ", why));
}

absl::Status OutOfOrderError(uint32_t staged) {
  return ErrorOf(v1::CHUNK_OUT_OF_ORDER,
                 absl::StrCat("the next chunk is number ", int64_t{staged} + 1, "; send that one"),
                 {{"next_chunk", absl::StrCat(int64_t{staged} + 1)}});
}

}  // namespace

bool ActiveImports::Take(const std::string& tenant, const std::string& import_id) {
  MutexLock lock(&mutex_);
  return taken_.insert({tenant, import_id}).second;
}

void ActiveImports::Release(const std::string& tenant, const std::string& import_id) {
  MutexLock lock(&mutex_);
  taken_.erase({tenant, import_id});
}

ImportStream::~ImportStream() {
  if (!import_id_.empty()) active_.Release(tenant_->id(), import_id_);
}

absl::StatusOr<v1::ImportResponse> ImportStream::Take(
    const service::StreamedImportRequest& message) {
  using Request = service::StreamedImportRequest;
  const bool is_start = message.message_case() == Request::kStart;
  if (is_start != (tenant_ == nullptr) || finished_) {
    return FieldError(v1::CONTRADICTION, "message",
                      "is not in order: one start, then chunks, then one finish");
  }
  switch (message.message_case()) {
    case Request::kStart:
      return Start(message.start());
    case Request::kChunk:
      return Stage(message.chunk());
    case Request::kFinish:
      return Finish(message.finish());
    case Request::MESSAGE_NOT_SET:
      break;
  }
  return FieldRequiredError("message");
}

absl::StatusOr<v1::ImportResponse> ImportStream::Start(const v1::ImportRequest::Start& start) {
  SEATWISE_ASSIGN_OR_RETURN(const std::string id, ParseTenantName(start.parent(), "start.parent"));
  SEATWISE_ASSIGN_OR_RETURN(std::shared_ptr<Tenant> tenant, registry_.Get(id));
  SEATWISE_RETURN_IF_ERROR(DropOldImports(*tenant, active_));
  const bool is_new = start.import_id().empty();
  const std::string import_id = is_new ? NewImportId() : start.import_id();
  if (!active_.Take(id, import_id)) return ClosedError("is in the hands of another stream");
  tenant_ = std::move(tenant);
  import_id_ = import_id;

  StagingArea staging = tenant_->staging();
  absl::StatusOr<StagedImport> import =
      is_new ? staging.Create(import_id, registry_.environment().clock.Now(), "")
             : staging.Find(import_id);
  if (absl::IsNotFound(import.status())) return NotFoundError(ChildName(id, "imports", import_id));
  SEATWISE_RETURN_IF_ERROR(import.status());
  note_ = ImportNote::Decode(import->note);
  if (note_.chunks() != import->next_chunk) {
    return ClosedError("was begun by another version of the server; begin a new one");
  }
  v1::ImportResponse response;
  response.mutable_started()->set_import_id(import_id);
  response.mutable_started()->set_next_chunk(int64_t{import->next_chunk} + 1);
  return response;
}

absl::StatusOr<v1::ImportResponse> ImportStream::Stage(const std::string& bytes) {
  if (note_.finished()) return ClosedError("is finished");
  const absl::StatusOr<RawChunk> chunk = ReadChunk(bytes);
  if (!chunk.ok()) return FieldError(v1::MALFORMED, "chunk", chunk.status().message());
  if (chunk->number < 1) {
    return FieldError(v1::OUT_OF_RANGE, "chunk.number", "is less than 1; chunks count from 1");
  }
  if (bytes.size() > kMostChunkBytes) {
    return FieldError(v1::TOO_LARGE, "chunk.facts",
                      absl::StrCat("have ", bytes.size(), " bytes; at most ", kMostChunkBytes));
  }
  const int64_t staged = note_.chunks();
  if (chunk->number > staged + 1) return OutOfOrderError(note_.chunks());
  ImportNote note = note_;
  if (chunk->number > staged) note.Add(*chunk);
  SEATWISE_ASSIGN_OR_RETURN(
      const Ticket ticket,
      tenant_->staging().AppendChunk(import_id_, static_cast<uint32_t>(chunk->number - 1), bytes,
                                     note.Encode()));
  // Also of one that was there: who sent it before may not have waited.
  SEATWISE_RETURN_IF_ERROR(registry_.environment().store.AwaitDurable(ticket));
  note_ = std::move(note);
  v1::ImportResponse response;
  response.mutable_acknowledged()->set_through_chunk(note_.chunks());
  return response;
}

absl::StatusOr<v1::ImportResponse> ImportStream::Finish(const v1::ImportRequest::Finish& finish) {
  v1::ImportResponse response;
  SEATWISE_ASSIGN_OR_RETURN(
      std::shared_ptr<const Impact> impact,
      FinishImport(*tenant_, actor_, import_id_, note_, finish, *response.mutable_finished()));
  finished_ = true;
  if (finish.include_rows()) rows_ = std::move(impact);
  impact.reset();
  // Filling a tenant takes several times the memory that it has in the end.
  if (note_.facts() >= kFewestInBulk) ReturnFreeMemory();
  if (finish.validate_only() || note_.finished()) return response;
  StagingArea staging = tenant_->staging();
  SEATWISE_RETURN_IF_ERROR(staging.Drop(import_id_));
  SEATWISE_RETURN_IF_ERROR(
      staging
          .Create(import_id_, registry_.environment().clock.Now(), ImportNote::Finished().Encode())
          .status());
  return response;
}

bool ImportStream::WriteRows(absl::FunctionRef<bool(const v1::ImportResponse&)> write) const {
  if (rows_ == nullptr) return true;
  v1::ImportResponse response;
  return ForEachRows(*rows_, kRowsBytes, [&](const v1::ImpactRows& rows) {
    *response.mutable_rows() = rows;
    return write(response);
  });
}

absl::Status DropOldImports(Tenant& tenant, ActiveImports& active) {
  const int64_t oldest = tenant.environment().clock.Now().micros - kImportLifeMicros;
  StagingArea staging = tenant.staging();
  SEATWISE_ASSIGN_OR_RETURN(const std::vector<StagedImport> imports, staging.List());
  for (const StagedImport& import : imports) {
    if (import.created_at.micros >= oldest || !active.Take(tenant.id(), import.id)) continue;
    const absl::Status dropped = staging.Drop(import.id);
    active.Release(tenant.id(), import.id);
    SEATWISE_RETURN_IF_ERROR(dropped);
  }
  return absl::OkStatus();
}

}  // namespace seatwise
