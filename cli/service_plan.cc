#include "cli/service_plan.h"

#include "cli/resource_verbs.h"
#include "seatwise/v1/catalog.pb.h"
#include "seatwise/v1/service_plan_service.pb.h"

namespace seatwise::cli {

std::unique_ptr<Verb> MakeServicePlanVerb() {
  return MakeResourceVerb({
      .noun = "service-plan",
      .description = "The parts of products",
      .collection = "servicePlans",
      .resource = v1::ServicePlan::descriptor(),
      .list_response = v1::ListServicePlansResponse::descriptor(),
      .example_id = "exchange",
      .example_flags = "--unique-address true",
      .fields = {{.name = "service_plan_name",
                  .flag = "--technical-name",
                  .type = "TEXT",
                  .help = "Technical name"},
                 {.name = "display_name",
                  .flag = "--name",
                  .type = "TEXT",
                  .help = "Name for people",
                  .may_shrink = true},
                 {.name = "applies_to",
                  .flag = "--applies-to",
                  .type = "WHOM",
                  .help = "User or Company"},
                 {.name = "unique_address",
                  .flag = "--unique-address",
                  .type = "BOOL",
                  .help = "Whether it needs an address of one's own"},
                 {.name = "retains_data",
                  .flag = "--retains-data",
                  .type = "BOOL",
                  .help = "Whether data outlives it for a while"}},
  });
}

}  // namespace seatwise::cli
