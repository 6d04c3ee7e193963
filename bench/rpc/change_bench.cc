// What readers notice of a change to very many users: GetEffectiveLicenses at a steady pace, first
// while nothing else happens, then while a SKU is assigned to a large group and taken away again.
//
//   change_bench SERVER TENANT GROUP SKU     on loopback; change.sh starts all that is needed
#include <grpcpp/grpcpp.h>

#include <iostream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "bench/rpc/meanwhile.h"
#include "bench/rpc/queries.h"
#include "seatwise/v1/assignment_service.grpc.pb.h"

namespace seatwise::bench {
namespace {

constexpr int kRounds = 5;

bool Told(const char* what, const grpc::Status& status) {
  if (!status.ok()) std::cerr << what << ": " << status.error_message() << "\n";
  return status.ok();
}

int Run(const std::string& server, const std::string& tenant, const std::string& group,
        const std::string& sku) {
  const auto readers = Connect(server);
  const std::vector<std::string> ids = UserIds(readers, tenant);
  if (ids.empty()) return 1;
  const std::vector<std::string> requests = GetRequests(tenant, ids);
  const auto stub = v1::AssignmentService::NewStub(Connect(server));
  const std::string parent = absl::StrCat(tenant, "/groups/", group);
  const auto assign = [&] {
    grpc::ClientContext context;
    v1::CreateAssignmentRequest request;
    request.set_parent(parent);
    request.mutable_assignment()->set_sku_id(sku);
    v1::CreateAssignmentResponse response;
    return Told("CreateAssignment", stub->CreateAssignment(&context, request, &response));
  };
  const auto unassign = [&] {
    grpc::ClientContext context;
    v1::DeleteAssignmentRequest request;
    request.set_name(absl::StrCat(parent, "/assignments/", sku));
    v1::DeleteAssignmentResponse response;
    return Told("DeleteAssignment", stub->DeleteAssignment(&context, request, &response));
  };
  std::vector<Measured> quiet, assigned, unassigned;
  for (int round = 0; round < kRounds; ++round) {
    quiet.push_back(DuringNothing(readers, requests));
    assigned.push_back(During(readers, requests, assign));
    unassigned.push_back(During(readers, requests, unassign));
  }
  PrintMeasuredHead(kRounds);
  PrintMeasured("nothing", quiet);
  PrintMeasured("assign", assigned);
  PrintMeasured("unassign", unassigned);
  return 0;
}

}  // namespace
}  // namespace seatwise::bench

int main(int argc, char** argv) {
  if (argc != 5) {
    std::cerr << "usage: change_bench SERVER TENANT GROUP SKU\n";
    return 2;
  }
  return seatwise::bench::Run(argv[1], absl::StrCat("tenants/", argv[2]), argv[3], argv[4]);
}
