// The calls that all services of resources have in common, as gRPC makes them.
#pragma once

#include "engine/model/fact_key.h"
#include "google/protobuf/message.h"
#include "grpcpp/server_context.h"
#include "grpcpp/support/status.h"
#include "service/resource_reads.h"
#include "service/resource_writes.h"

namespace seatwise {

// For handlers of the synchronous API, which have a thread of their own and may block.
class ResourceCalls {
 public:
  using Context = const grpc::ServerContext*;
  using Message = google::protobuf::Message;

  // Both outlive it.
  ResourceCalls(TenantRegistry& registry, const PageTokens& tokens)
      : reads_(registry, tokens), writes_(registry) {}

  grpc::Status Get(Context context, FactKind kind, const Message& request, Message* response) const;
  grpc::Status List(Context context, FactKind kind, const Message& request,
                    Message* response) const;
  grpc::Status Create(Context context, FactKind kind, const Message& request,
                      Message* response) const;
  grpc::Status Update(Context context, FactKind kind, const Message& request,
                      Message* response) const;
  grpc::Status Delete(Context context, FactKind kind, const Message& request,
                      Message* response) const;

  const ResourceReads& reads() const { return reads_; }

 private:
  ResourceReads reads_;
  ResourceWrites writes_;
};

}  // namespace seatwise
