// A gRPC service with the name under which its health is told.
#pragma once

#include <memory>
#include <string>

#include "grpcpp/impl/codegen/service_type.h"

namespace seatwise {

struct OwnedService {
  std::unique_ptr<grpc::Service> service;
  std::string name;  // "seatwise.v1.UserService".
};

}  // namespace seatwise
