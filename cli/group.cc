#include "cli/group.h"

#include "cli/resource_verbs.h"
#include "seatwise/v1/directory.pb.h"
#include "seatwise/v1/group_service.pb.h"

namespace seatwise::cli {

std::unique_ptr<Verb> MakeGroupVerb() {
  return MakeResourceVerb({
      .noun = "group",
      .description = "Sets of users and groups",
      .collection = "groups",
      .resource = v1::Group::descriptor(),
      .list_response = v1::ListGroupsResponse::descriptor(),
      .example_id = "sales",
      .example_flags = "--name Sales",
      .fields = {{.name = "display_name",
                  .flag = "--name",
                  .type = "TEXT",
                  .help = "Name for people",
                  .may_shrink = true},
                 {.name = "membership_rule",
                  .flag = "--rule",
                  .type = "TEXT",
                  .help = "Stored, not evaluated",
                  .in_table = false}},
  });
}

}  // namespace seatwise::cli
