// What UserService reads besides single users and lists of all.
#pragma once

#include "absl/status/status.h"
#include "base/clock.h"
#include "seatwise/v1/user_service.pb.h"
#include "service/resource_reads.h"

namespace seatwise {

// As the rpcs of these names say. ListUsersCalled is ListUsers with `called`.
absl::Status ListUsersCalled(const ResourceReads& reads, Deadline deadline,
                             const v1::ListUsersRequest& request, v1::ListUsersResponse& response);
absl::Status BatchGetUsers(const ResourceReads& reads, Deadline deadline,
                           const v1::BatchGetUsersRequest& request,
                           v1::BatchGetUsersResponse& response);
absl::Status ListUserGroups(const ResourceReads& reads, Deadline deadline,
                            const v1::ListUserGroupsRequest& request,
                            v1::ListUserGroupsResponse& response);

}  // namespace seatwise
