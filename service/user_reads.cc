#include "service/user_reads.h"

#include <optional>
#include <string>
#include <variant>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "engine/model/fact_key.h"
#include "engine/model/limits.h"
#include "service/errors.h"
#include "service/facts_to_proto.h"
#include "service/names.h"
#include "service/tenant_reads.h"
#include "storage/facts_snapshot.h"
#include "storage/users_called.h"

namespace seatwise {
namespace {

constexpr int kMostUsers = 1000;

}  // namespace

absl::Status ListUsersCalled(const ResourceReads& reads, Deadline deadline,
                             const v1::ListUsersRequest& request, v1::ListUsersResponse& response) {
  SEATWISE_ASSIGN_OR_RETURN(const std::string tenant, ParseTenantName(request.parent(), "parent"));
  if (request.called().size() > kMaxTextBytes) {
    return FieldError(v1::OUT_OF_RANGE, "called",
                      absl::StrCat("has ", request.called().size(), " bytes; a name has at most ",
                                   kMaxTextBytes));
  }
  const auto read = [&](const FactsSnapshot& facts, absl::string_view cursor, size_t limit) {
    return ::seatwise::ListUsersCalled(facts, request.called(), cursor, limit);
  };
  return reads.ListBy(deadline, tenant, read, request, response);
}

absl::Status BatchGetUsers(const ResourceReads& reads, Deadline deadline,
                           const v1::BatchGetUsersRequest& request,
                           v1::BatchGetUsersResponse& response) {
  SEATWISE_ASSIGN_OR_RETURN(const std::string tenant, ParseTenantName(request.parent(), "parent"));
  if (request.user_ids_size() < 1 || request.user_ids_size() > kMostUsers) {
    return FieldError(
        v1::OUT_OF_RANGE, "user_ids",
        absl::StrCat("has ", request.user_ids_size(), " ids; give 1 to ", kMostUsers));
  }
  SEATWISE_ASSIGN_OR_RETURN(const TenantStatePtr state,
                            ReadTenant(reads.registry(), tenant, request.min_revision(), deadline));
  for (const std::string& id : request.user_ids()) {
    SEATWISE_ASSIGN_OR_RETURN(const std::optional<Fact> user, state->facts->Find(UserId(id)));
    if (user.has_value()) *response.add_users() = ToProto(tenant, std::get<User>(*user));
  }
  response.set_revision(static_cast<int64_t>(state->revision));
  return absl::OkStatus();
}

absl::Status ListUserGroups(const ResourceReads& reads, Deadline deadline,
                            const v1::ListUserGroupsRequest& request,
                            v1::ListUserGroupsResponse& response) {
  SEATWISE_ASSIGN_OR_RETURN(const FactName user,
                            ParseFactName(request.parent(), FactKind::kUser, "parent"));
  const auto read = [&](const FactsSnapshot& facts, absl::string_view cursor,
                        size_t limit) -> absl::StatusOr<FactPage> {
    SEATWISE_RETURN_IF_ERROR(CheckExists(facts, user.tenant, user.key));
    return facts.ListGroupsOf(std::get<UserId>(user.key), cursor, limit);
  };
  return reads.ListBy(deadline, user.tenant, read, request, response);
}

}  // namespace seatwise
