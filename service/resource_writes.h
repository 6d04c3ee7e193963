// Create, Update and Delete of all kinds of resources: these calls differ only in which resource
// they are about, so they are written once, over the messages' descriptions.
//
//   CreateXRequest {parent, X, request_id, validate_only}           -> {X, result}
//   UpdateXRequest {X, update_mask, allow_missing, ...}             -> {X, result}
//   DeleteXRequest {name, etag, allow_missing, cascade, ...}        -> {result}
//
// Fields that a request does not have count as empty.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "engine/model/fact_key.h"
#include "google/protobuf/message.h"
#include "service/tenant_registry.h"

namespace seatwise {

// Any thread. Blocks until the change is durable.
class ResourceWrites {
 public:
  // `registry` outlives it.
  explicit ResourceWrites(TenantRegistry& registry) : registry_(registry) {}

  // `kind` is that of the resource; users, groups, members, assignments, and what the catalog has.
  // Errors: as each rpc documents.
  absl::Status Create(const std::string& actor, FactKind kind,
                      const google::protobuf::Message& request,
                      google::protobuf::Message& response) const;
  absl::Status Update(const std::string& actor, FactKind kind,
                      const google::protobuf::Message& request,
                      google::protobuf::Message& response) const;
  absl::Status Delete(const std::string& actor, FactKind kind,
                      const google::protobuf::Message& request,
                      google::protobuf::Message& response) const;

 private:
  TenantRegistry& registry_;
};

}  // namespace seatwise
