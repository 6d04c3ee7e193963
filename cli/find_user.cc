#include "cli/find_user.h"

#include <cstdint>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "cli/pages.h"
#include "cli/text.h"
#include "seatwise/v1/user_service.pb.h"
#include "service/names.h"

namespace seatwise::cli {
namespace {

constexpr size_t kMostCandidates = 5;

// "ana (ana@contoso.example)".
std::string Candidate(const v1::User& user) {
  const std::string id = Printable(user.user_id());
  if (user.user_principal_name().empty()) return id;
  return absl::StrCat(id, " (", Printable(user.user_principal_name()), ")");
}

}  // namespace

absl::StatusOr<std::string> FindUserByName(Client& client, const std::string& tenant,
                                           absl::string_view name) {
  std::vector<v1::User> by_principal_name;
  std::vector<v1::User> by_display_name;
  v1::ListUsersRequest request;
  request.set_parent(TenantName(tenant));
  request.set_called(std::string(name));
  SEATWISE_RETURN_IF_ERROR(ForEachPage<v1::ListUsersResponse>(
      client, "seatwise.v1.UserService/ListUsers", request, [&](const v1::ListUsersResponse& page) {
        for (const v1::User& user : page.users()) {
          if (absl::EqualsIgnoreCase(user.user_principal_name(), name)) {
            by_principal_name.push_back(user);
          } else {
            by_display_name.push_back(user);
          }
        }
        return true;
      }));
  const std::vector<v1::User>& found =
      by_principal_name.empty() ? by_display_name : by_principal_name;
  if (found.empty()) {
    return absl::NotFoundError(absl::StrCat("no user is called '", Printable(name), "'"));
  }
  if (found.size() == 1) return found.front().user_id();
  std::vector<std::string> candidates;
  for (const v1::User& user : found) candidates.push_back(Candidate(user));
  return absl::FailedPreconditionError(absl::StrCat(
      Counted(static_cast<int64_t>(found.size()), "user"), " are called '", Printable(name),
      "': ", EnumeratedUpTo(candidates, kMostCandidates), "; name one by its id"));
}

}  // namespace seatwise::cli
