#include "cli/subscription.h"

#include "cli/resource_verbs.h"
#include "seatwise/v1/catalog.pb.h"
#include "seatwise/v1/subscription_service.pb.h"

namespace seatwise::cli {

std::unique_ptr<Verb> MakeSubscriptionVerb() {
  return MakeResourceVerb({
      .noun = "subscription",
      .description = "Units of SKUs that were bought",
      .collection = "subscriptions",
      .resource = v1::Subscription::descriptor(),
      .list_response = v1::ListSubscriptionsResponse::descriptor(),
      .example_id = "contoso-e3",
      .example_flags = "--sku e3 --units 25",
      .fields =
          {{.name = "sku_id",
            .flag = "--sku",
            .type = "SKU",
            .help = "Of which SKU: id or name",
            .holds = NamedProducts::kSkus,
            .may_shrink = true},
           {.name = "units", .flag = "--units", .type = "N", .help = "How many", .is_number = true},
           {.name = "status",
            .flag = "--status",
            .type = "STATUS",
            .help = "Enabled, Warning, Suspended, LockedOut, Deleted"},
           {.name = "self_service",
            .flag = "--self-service",
            .type = "BOOL",
            .help = "Whether users bought it for themselves",
            .in_table = false},
           {.name = "unit_price",
            .flag = "--unit-price",
            .type = "PRICE",
            .help = "For one unit, as in 12.50",
            .is_number = true},
           {.name = "currency", .flag = "--currency", .type = "CCC", .help = "Three letters"},
           {.name = "renews_at",
            .flag = "--renews-at",
            .type = "TIME",
            .help = "As in 2026-11-26T08:00:00Z"}},
  });
}

}  // namespace seatwise::cli
