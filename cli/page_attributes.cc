#include "cli/page_attributes.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "base/status_macros.h"
#include "cli/pages.h"
#include "seatwise/v1/user_service.pb.h"
#include "service/names.h"

namespace seatwise::cli {
namespace {

struct Values {
  size_t users = 0;
  std::set<std::string> different;
};

}  // namespace

absl::StatusOr<std::vector<std::string>> GroupingAttributes(Client& client,
                                                            const std::string& tenant,
                                                            size_t most) {
  v1::ListUsersRequest request;
  request.set_parent(TenantName(tenant));
  request.set_page_size(kPageSize);
  SEATWISE_ASSIGN_OR_RETURN(const auto page, client.Call<v1::ListUsersResponse>(
                                                 "seatwise.v1.UserService/ListUsers", request));
  std::map<std::string, Values> attributes;
  for (const v1::User& user : page.users()) {
    for (const auto& [name, value] : user.attributes()) {
      Values& values = attributes[name];
      ++values.users;
      values.different.insert(value);
    }
  }
  std::vector<std::pair<size_t, std::string>> grouping;
  for (const auto& [name, values] : attributes) {
    if (2 * values.different.size() <= values.users) grouping.emplace_back(values.users, name);
  }
  std::stable_sort(grouping.begin(), grouping.end(),
                   [](const auto& x, const auto& y) { return x.first > y.first; });
  grouping.resize(std::min(grouping.size(), most));
  std::vector<std::string> names;
  for (auto& [users, name] : grouping) names.push_back(std::move(name));
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace seatwise::cli
