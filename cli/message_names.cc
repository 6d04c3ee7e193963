#include "cli/message_names.h"

#include "engine/model/facts.h"
#include "engine/model/ids.h"
#include "seatwise/v1/directory.pb.h"
#include "seatwise/v1/explanation.pb.h"

namespace seatwise::cli {

Names NamesFrom(const v1::Names& message) {
  Names names;
  for (const v1::Names::Name& sku : message.skus()) {
    names.Add(Sku{.id = SkuId(sku.id()),
                  .part_number = sku.name(),
                  .display_name = sku.display_name(),
                  .plans = {}});
  }
  for (const v1::Names::Name& plan : message.service_plans()) {
    names.Add(ServicePlan{
        .id = PlanId(plan.id()), .name = plan.name(), .display_name = plan.display_name()});
  }
  for (const v1::Names::Name& group : message.groups()) {
    names.Add(Group{
        .id = GroupId(group.id()), .display_name = group.display_name(), .membership_rule = ""});
  }
  for (const v1::Names::Name& user : message.users()) {
    User known;
    known.id = UserId(user.id());
    known.user_principal_name = user.name();
    known.display_name = user.display_name();
    names.Add(known);
  }
  return names;
}

void AddName(const v1::User& user, Names& names) {
  User known;
  known.id = UserId(user.user_id());
  known.display_name = user.display_name();
  known.user_principal_name = user.user_principal_name();
  names.Add(known);
}

}  // namespace seatwise::cli
