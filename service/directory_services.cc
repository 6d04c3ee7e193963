#include "service/directory_services.h"

#include <memory>

#include "seatwise/v1/assignment_service.grpc.pb.h"
#include "seatwise/v1/group_service.grpc.pb.h"
#include "seatwise/v1/user_service.grpc.pb.h"
#include "service/call_context.h"
#include "service/grpc_status.h"
#include "service/owned_service.h"
#include "service/user_reads.h"

namespace seatwise {
namespace {

class UserService final : public v1::UserService::Service {
 public:
  explicit UserService(const ResourceCalls& calls) : calls_(calls) {}

  grpc::Status GetUser(grpc::ServerContext* context, const v1::GetUserRequest* request,
                       v1::GetUserResponse* response) override {
    return calls_.Get(context, FactKind::kUser, *request, response);
  }
  grpc::Status ListUsers(grpc::ServerContext* context, const v1::ListUsersRequest* request,
                         v1::ListUsersResponse* response) override {
    if (request->called().empty()) {
      return calls_.List(context, FactKind::kUser, *request, response);
    }
    return ToGrpcStatus(
        ::seatwise::ListUsersCalled(calls_.reads(), DeadlineOf(*context), *request, *response));
  }
  grpc::Status CreateUser(grpc::ServerContext* context, const v1::CreateUserRequest* request,
                          v1::CreateUserResponse* response) override {
    return calls_.Create(context, FactKind::kUser, *request, response);
  }
  grpc::Status UpdateUser(grpc::ServerContext* context, const v1::UpdateUserRequest* request,
                          v1::UpdateUserResponse* response) override {
    return calls_.Update(context, FactKind::kUser, *request, response);
  }
  grpc::Status DeleteUser(grpc::ServerContext* context, const v1::DeleteUserRequest* request,
                          v1::DeleteUserResponse* response) override {
    return calls_.Delete(context, FactKind::kUser, *request, response);
  }
  grpc::Status BatchGetUsers(grpc::ServerContext* context, const v1::BatchGetUsersRequest* request,
                             v1::BatchGetUsersResponse* response) override {
    return ToGrpcStatus(
        ::seatwise::BatchGetUsers(calls_.reads(), DeadlineOf(*context), *request, *response));
  }
  grpc::Status ListUserGroups(grpc::ServerContext* context,
                              const v1::ListUserGroupsRequest* request,
                              v1::ListUserGroupsResponse* response) override {
    return ToGrpcStatus(
        ::seatwise::ListUserGroups(calls_.reads(), DeadlineOf(*context), *request, *response));
  }

 private:
  const ResourceCalls calls_;
};

class GroupService final : public v1::GroupService::Service {
 public:
  explicit GroupService(const ResourceCalls& calls) : calls_(calls) {}

  grpc::Status GetGroup(grpc::ServerContext* context, const v1::GetGroupRequest* request,
                        v1::GetGroupResponse* response) override {
    return calls_.Get(context, FactKind::kGroup, *request, response);
  }
  grpc::Status ListGroups(grpc::ServerContext* context, const v1::ListGroupsRequest* request,
                          v1::ListGroupsResponse* response) override {
    return calls_.List(context, FactKind::kGroup, *request, response);
  }
  grpc::Status CreateGroup(grpc::ServerContext* context, const v1::CreateGroupRequest* request,
                           v1::CreateGroupResponse* response) override {
    return calls_.Create(context, FactKind::kGroup, *request, response);
  }
  grpc::Status UpdateGroup(grpc::ServerContext* context, const v1::UpdateGroupRequest* request,
                           v1::UpdateGroupResponse* response) override {
    return calls_.Update(context, FactKind::kGroup, *request, response);
  }
  grpc::Status DeleteGroup(grpc::ServerContext* context, const v1::DeleteGroupRequest* request,
                           v1::DeleteGroupResponse* response) override {
    return calls_.Delete(context, FactKind::kGroup, *request, response);
  }

 private:
  const ResourceCalls calls_;
};

class MemberService final : public v1::MemberService::Service {
 public:
  explicit MemberService(const ResourceCalls& calls) : calls_(calls) {}

  grpc::Status GetMember(grpc::ServerContext* context, const v1::GetMemberRequest* request,
                         v1::GetMemberResponse* response) override {
    return calls_.Get(context, FactKind::kMembership, *request, response);
  }
  grpc::Status ListMembers(grpc::ServerContext* context, const v1::ListMembersRequest* request,
                           v1::ListMembersResponse* response) override {
    return calls_.List(context, FactKind::kMembership, *request, response);
  }
  grpc::Status CreateMember(grpc::ServerContext* context, const v1::CreateMemberRequest* request,
                            v1::CreateMemberResponse* response) override {
    return calls_.Create(context, FactKind::kMembership, *request, response);
  }
  grpc::Status UpdateMember(grpc::ServerContext* context, const v1::UpdateMemberRequest* request,
                            v1::UpdateMemberResponse* response) override {
    return calls_.Update(context, FactKind::kMembership, *request, response);
  }
  grpc::Status DeleteMember(grpc::ServerContext* context, const v1::DeleteMemberRequest* request,
                            v1::DeleteMemberResponse* response) override {
    return calls_.Delete(context, FactKind::kMembership, *request, response);
  }

 private:
  const ResourceCalls calls_;
};

class AssignmentService final : public v1::AssignmentService::Service {
 public:
  explicit AssignmentService(const ResourceCalls& calls) : calls_(calls) {}

  grpc::Status GetAssignment(grpc::ServerContext* context, const v1::GetAssignmentRequest* request,
                             v1::GetAssignmentResponse* response) override {
    return calls_.Get(context, FactKind::kAssignment, *request, response);
  }
  grpc::Status ListAssignments(grpc::ServerContext* context,
                               const v1::ListAssignmentsRequest* request,
                               v1::ListAssignmentsResponse* response) override {
    return calls_.List(context, FactKind::kAssignment, *request, response);
  }
  grpc::Status CreateAssignment(grpc::ServerContext* context,
                                const v1::CreateAssignmentRequest* request,
                                v1::CreateAssignmentResponse* response) override {
    return calls_.Create(context, FactKind::kAssignment, *request, response);
  }
  grpc::Status UpdateAssignment(grpc::ServerContext* context,
                                const v1::UpdateAssignmentRequest* request,
                                v1::UpdateAssignmentResponse* response) override {
    return calls_.Update(context, FactKind::kAssignment, *request, response);
  }
  grpc::Status DeleteAssignment(grpc::ServerContext* context,
                                const v1::DeleteAssignmentRequest* request,
                                v1::DeleteAssignmentResponse* response) override {
    return calls_.Delete(context, FactKind::kAssignment, *request, response);
  }

 private:
  const ResourceCalls calls_;
};

}  // namespace

std::vector<OwnedService> MakeDirectoryServices(const ResourceCalls& calls) {
  std::vector<OwnedService> services;
  services.push_back({std::make_unique<UserService>(calls), v1::UserService::service_full_name()});
  services.push_back(
      {std::make_unique<GroupService>(calls), v1::GroupService::service_full_name()});
  services.push_back(
      {std::make_unique<MemberService>(calls), v1::MemberService::service_full_name()});
  services.push_back(
      {std::make_unique<AssignmentService>(calls), v1::AssignmentService::service_full_name()});
  return services;
}

}  // namespace seatwise
