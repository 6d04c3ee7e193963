// Get and List of all kinds of resources, as resource_writes.h has the writes:
//
//   GetXRequest   {name, min_revision}                             -> {X, revision}
//   ListXsRequest {parent, page_size, page_token, min_revision}    -> {Xs, next_page_token,
//   revision}
#pragma once

#include <functional>
#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "base/clock.h"
#include "engine/model/fact_key.h"
#include "google/protobuf/message.h"
#include "service/page_token.h"
#include "service/tenant_registry.h"
#include "storage/facts_snapshot.h"

namespace seatwise {

// Any thread. Reads the store, so it may block; not for threads that must not.
class ResourceReads {
 public:
  // Both outlive it.
  ResourceReads(TenantRegistry& registry, const PageTokens& tokens)
      : registry_(registry), tokens_(tokens) {}

  // `deadline` bounds the wait for min_revision. Errors: as each rpc documents.
  absl::Status Get(Deadline deadline, FactKind kind, const google::protobuf::Message& request,
                   google::protobuf::Message& response) const;
  // Members are those of a group, assignments those of a user or group; the rest is the tenant's.
  absl::Status List(Deadline deadline, FactKind kind, const google::protobuf::Message& request,
                    google::protobuf::Message& response) const;

  // A page of any list: `read` reads it at `cursor`.
  using ReadPage = absl::FunctionRef<absl::StatusOr<FactPage>(
      const FactsSnapshot& facts, absl::string_view cursor, size_t limit)>;
  absl::Status ListBy(Deadline deadline, const std::string& tenant, ReadPage read,
                      const google::protobuf::Message& request,
                      google::protobuf::Message& response) const;

  TenantRegistry& registry() const { return registry_; }

 private:
  TenantRegistry& registry_;
  const PageTokens& tokens_;
};

// NOT_FOUND unless the fact is there.
absl::Status CheckExists(const FactsSnapshot& facts, absl::string_view tenant, const FactKey& key);

}  // namespace seatwise
