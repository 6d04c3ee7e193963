#include "service/grpc_status.h"

#include <string>

#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "service/errors.h"

namespace seatwise {
namespace {

google::rpc::Status Details(const absl::Status& status, const google::rpc::BadRequest& violations) {
  google::rpc::Status details;
  details.set_code(static_cast<int>(status.code()));
  details.set_message(std::string(status.message()));
  details.add_details()->PackFrom(ErrorInfoOf(status));
  if (violations.field_violations_size() > 0) details.add_details()->PackFrom(violations);
  return details;
}

}  // namespace

grpc::Status ToGrpcStatus(const absl::Status& status) {
  if (status.ok()) return grpc::Status::OK;
  const absl::Status explained = WithReason(status);
  google::rpc::BadRequest violations = BadRequestOf(explained);
  google::rpc::Status details = Details(explained, violations);
  while (details.ByteSizeLong() > kMaxStatusBytes && violations.field_violations_size() > 0) {
    violations.mutable_field_violations()->RemoveLast();
    details = Details(explained, violations);
  }
  return grpc::Status(static_cast<grpc::StatusCode>(explained.code()),
                      std::string(explained.message()), details.SerializeAsString());
}

}  // namespace seatwise
