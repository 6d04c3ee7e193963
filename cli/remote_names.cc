#include "cli/remote_names.h"

#include <utility>
#include <variant>

#include "absl/types/span.h"
#include "base/status_macros.h"
#include "cli/message_names.h"
#include "cli/pages.h"
#include "engine/model/facts.h"
#include "seatwise/v1/catalog.pb.h"
#include "seatwise/v1/group_service.pb.h"
#include "seatwise/v1/user_service.pb.h"
#include "service/names.h"

namespace seatwise::cli {

absl::StatusOr<RemoteNames> RemoteNames::WithSkus(ProductWords& products) {
  SEATWISE_ASSIGN_OR_RETURN(const absl::Span<const v1::Sku> skus, products.Skus());
  RemoteNames names(products.client(), products.tenant());
  for (const v1::Sku& sku : skus) {
    names.names_.Add(Sku{.id = SkuId(sku.sku_id()),
                         .part_number = sku.sku_part_number(),
                         .display_name = sku.display_name(),
                         .plans = {}});
  }
  return names;
}

absl::StatusOr<RemoteNames> RemoteNames::WithCatalog(ProductWords& products) {
  SEATWISE_ASSIGN_OR_RETURN(RemoteNames names, WithSkus(products));
  SEATWISE_ASSIGN_OR_RETURN(const absl::Span<const v1::ServicePlan> plans, products.Plans());
  for (const v1::ServicePlan& plan : plans) {
    names.names_.Add(ServicePlan{.id = PlanId(plan.service_plan_id()),
                                 .name = plan.service_plan_name(),
                                 .display_name = plan.display_name()});
  }
  return names;
}

absl::Status RemoteNames::Need(const std::vector<UserId>& users) {
  v1::BatchGetUsersRequest request;
  request.set_parent(TenantName(tenant_));
  const auto ask = [&]() -> absl::Status {
    if (request.user_ids().empty()) return absl::OkStatus();
    SEATWISE_ASSIGN_OR_RETURN(
        const v1::BatchGetUsersResponse response,
        client_->Call<v1::BatchGetUsersResponse>("seatwise.v1.UserService/BatchGetUsers", request));
    for (const v1::User& user : response.users()) AddName(user, names_);
    request.clear_user_ids();
    return absl::OkStatus();
  };
  for (const UserId& user : users) {
    if (!names_.Knows(user)) request.add_user_ids(user.value());
    if (request.user_ids_size() == kPageSize) SEATWISE_RETURN_IF_ERROR(ask());
  }
  return ask();
}

absl::Status RemoteNames::Need(const GroupId& group) {
  if (names_.Knows(group)) return absl::OkStatus();
  v1::GetGroupRequest request;
  request.set_name(ChildName(tenant_, "groups", group.value()));
  const auto response =
      client_->Call<v1::GetGroupResponse>("seatwise.v1.GroupService/GetGroup", request);
  Group known = {.id = group, .display_name = "", .membership_rule = ""};
  if (response.ok()) known.display_name = response->group().display_name();
  if (!response.ok() && !absl::IsNotFound(response.status())) return response.status();
  names_.Add(known);
  return absl::OkStatus();
}

absl::Status RemoteNames::Need(const Principal& principal) {
  if (const auto* group = std::get_if<GroupId>(&principal)) return Need(*group);
  return Need(std::vector<UserId>{std::get<UserId>(principal)});
}

}  // namespace seatwise::cli
