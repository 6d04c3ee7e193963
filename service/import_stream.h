// One stream of an import, message by message and without gRPC: chunks are staged, the last message
// makes a revision of them.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "absl/container/flat_hash_set.h"
#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "base/mutex.h"
#include "engine/plan/impact.h"
#include "seatwise/v1/transfer_service.pb.h"
#include "service/import_note.h"
#include "service/staged.pb.h"
#include "service/tenant.h"
#include "service/tenant_registry.h"

namespace seatwise {

// An import is dropped so long after it was begun.
inline constexpr int64_t kImportLifeMicros = int64_t{24} * 3600 * 1'000'000;

// Which imports streams are at work on: one at a time. Any thread.
class ActiveImports {
 public:
  // False if it is taken.
  bool Take(const std::string& tenant, const std::string& import_id);
  void Release(const std::string& tenant, const std::string& import_id);

 private:
  Mutex mutex_;
  absl::flat_hash_set<std::pair<std::string, std::string>> taken_ SEATWISE_GUARDED_BY(mutex_);
};

// One thread. Holds its tenant.
class ImportStream {
 public:
  // Both outlive it.
  ImportStream(TenantRegistry& registry, ActiveImports& active, std::string actor)
      : registry_(registry), active_(active), actor_(std::move(actor)) {}
  ImportStream(const ImportStream&) = delete;
  ImportStream& operator=(const ImportStream&) = delete;
  ~ImportStream();

  // The answer to the next message; durable, where it acknowledges a chunk. After an error, and
  // once it is finished(), there is nothing more to say.
  absl::StatusOr<v1::ImportResponse> Take(const service::StreamedImportRequest& message);

  bool finished() const { return finished_; }

  // Once it is finished: hands the rows of the impact that were asked for to `write`, message by
  // message, before the answer is sent. False if that does.
  bool WriteRows(absl::FunctionRef<bool(const v1::ImportResponse&)> write) const;

 private:
  absl::StatusOr<v1::ImportResponse> Start(const v1::ImportRequest::Start& start);
  absl::StatusOr<v1::ImportResponse> Stage(const std::string& chunk);
  absl::StatusOr<v1::ImportResponse> Finish(const v1::ImportRequest::Finish& finish);

  TenantRegistry& registry_;
  ActiveImports& active_;
  const std::string actor_;
  std::shared_ptr<Tenant> tenant_;  // Null before Start.
  std::string import_id_;
  ImportNote note_;
  bool finished_ = false;
  std::shared_ptr<const Impact> rows_;  // Null if nobody asked for them.
};

// Drops the imports of a tenant that are too old, but those that streams are at work on.
absl::Status DropOldImports(Tenant& tenant, ActiveImports& active);

}  // namespace seatwise
