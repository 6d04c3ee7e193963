#include "service/resource_calls.h"

#include "service/call_context.h"
#include "service/grpc_status.h"

namespace seatwise {

grpc::Status ResourceCalls::Get(Context context, FactKind kind, const Message& request,
                                Message* response) const {
  return ToGrpcStatus(reads_.Get(DeadlineOf(*context), kind, request, *response));
}

grpc::Status ResourceCalls::List(Context context, FactKind kind, const Message& request,
                                 Message* response) const {
  return ToGrpcStatus(reads_.List(DeadlineOf(*context), kind, request, *response));
}

grpc::Status ResourceCalls::Create(Context context, FactKind kind, const Message& request,
                                   Message* response) const {
  return ToGrpcStatus(writes_.Create(CallerOf(*context), kind, request, *response));
}

grpc::Status ResourceCalls::Update(Context context, FactKind kind, const Message& request,
                                   Message* response) const {
  return ToGrpcStatus(writes_.Update(CallerOf(*context), kind, request, *response));
}

grpc::Status ResourceCalls::Delete(Context context, FactKind kind, const Message& request,
                                   Message* response) const {
  return ToGrpcStatus(writes_.Delete(CallerOf(*context), kind, request, *response));
}

}  // namespace seatwise
