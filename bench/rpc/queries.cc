#include "bench/rpc/queries.h"

#include <grpcpp/grpcpp.h>

#include <iostream>

#include "absl/strings/str_cat.h"
#include "seatwise/v1/license_service.pb.h"
#include "seatwise/v1/user_service.grpc.pb.h"

namespace seatwise::bench {
namespace {

constexpr size_t kUsers = 10'000;

}  // namespace

std::shared_ptr<grpc::Channel> Connect(const std::string& address) {
  return grpc::CreateChannel(address, grpc::InsecureChannelCredentials());
}

std::vector<std::string> UserIds(const std::shared_ptr<grpc::Channel>& channel,
                                 const std::string& tenant) {
  const auto stub = v1::UserService::NewStub(channel);
  v1::ListUsersRequest request;
  request.set_parent(tenant);
  request.set_page_size(1000);
  std::vector<std::string> ids;
  while (ids.size() < kUsers) {
    grpc::ClientContext context;
    v1::ListUsersResponse response;
    const grpc::Status status = stub->ListUsers(&context, request, &response);
    if (!status.ok()) {
      std::cerr << "ListUsers: " << status.error_message() << "\n";
      return {};
    }
    for (const v1::User& user : response.users()) ids.push_back(user.user_id());
    if (response.next_page_token().empty()) break;
    request.set_page_token(response.next_page_token());
  }
  return ids;
}

std::vector<std::string> GetRequests(const std::string& tenant,
                                     const std::vector<std::string>& ids) {
  std::vector<std::string> requests;
  for (const std::string& id : ids) {
    v1::GetEffectiveLicensesRequest request;
    request.set_name(absl::StrCat(tenant, "/users/", id));
    requests.push_back(request.SerializeAsString());
  }
  return requests;
}

}  // namespace seatwise::bench
