#include "cli/user.h"

#include "cli/resource_verbs.h"
#include "seatwise/v1/directory.pb.h"
#include "seatwise/v1/user_service.pb.h"

namespace seatwise::cli {

std::unique_ptr<Verb> MakeUserVerb() {
  return MakeResourceVerb({
      .noun = "user",
      .description = "People and accounts",
      .collection = "users",
      .resource = v1::User::descriptor(),
      .list_response = v1::ListUsersResponse::descriptor(),
      .example_id = "ana",
      .example_flags = "--name 'Ana Silva'",
      .fields = {{.name = "user_principal_name",
                  .flag = "--principal-name",
                  .type = "TEXT",
                  .help = "Sign-in name",
                  .may_shrink = true},
                 {.name = "display_name",
                  .flag = "--name",
                  .type = "TEXT",
                  .help = "Name for people",
                  .may_shrink = true},
                 {.name = "usage_location",
                  .flag = "--location",
                  .type = "CC",
                  .help = "Two letters; none: the tenant's"},
                 {.name = "account_enabled",
                  .flag = "--enabled",
                  .type = "BOOL",
                  .help = "Whether the account is not blocked"},
                 {.name = "user_type", .flag = "--type", .type = "TYPE", .help = "Member or Guest"},
                 {.name = "created_at",
                  .flag = "--created-at",
                  .type = "TIME",
                  .help = "As in 2026-11-26T08:00:00Z",
                  .in_table = false},
                 {.name = "proxy_addresses",
                  .flag = "--address",
                  .type = "TEXT",
                  .help = "An address, with its prefix",
                  .in_table = false},
                 {.name = "attributes",
                  .flag = "--attribute",
                  .type = "KEY=VALUE",
                  .help = "Anything else",
                  .in_table = false}},
  });
}

}  // namespace seatwise::cli
