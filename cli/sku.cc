#include "cli/sku.h"

#include "cli/resource_verbs.h"
#include "seatwise/v1/catalog.pb.h"
#include "seatwise/v1/sku_service.pb.h"

namespace seatwise::cli {

std::unique_ptr<Verb> MakeSkuVerb() {
  return MakeResourceVerb({
      .noun = "sku",
      .description = "Products: sets of service plans",
      .collection = "skus",
      .resource = v1::Sku::descriptor(),
      .list_response = v1::ListSkusResponse::descriptor(),
      .example_id = "e3",
      .example_flags = "--part-number SPE_E3",
      .fields = {{.name = "sku_part_number",
                  .flag = "--part-number",
                  .type = "TEXT",
                  .help = "Technical name"},
                 {.name = "display_name",
                  .flag = "--name",
                  .type = "TEXT",
                  .help = "Name for people",
                  .may_shrink = true},
                 {.name = "service_plan_ids",
                  .flag = "--plan",
                  .type = "PLAN",
                  .help = "A service plan of it: id or name",
                  .holds = NamedProducts::kPlans,
                  .in_table = false},
                 {.name = "overage_units",
                  .flag = "--overage",
                  .type = "N",
                  .help = "Seats beyond the usable ones, or 'unlimited'",
                  .is_number = true}},
  });
}

}  // namespace seatwise::cli
