#include "bench/incremental/loaded_from_columns.h"

#include <algorithm>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

namespace seatwise {
namespace {

void AddSubscription(const Sku& sku, int64_t units, SubscriptionStatus status, const char* kind,
                     Facts& products) {
  if (units == 0) return;
  products.subscriptions.push_back({.id = SubscriptionId(sku.id.value() + kind),
                                    .sku = sku.id,
                                    .units = units,
                                    .status = status});
}

Facts ProductsOf(const Columns& columns) {
  const Catalog& catalog = columns.catalog;
  Facts products;
  products.settings = columns.settings;
  for (PlanNo plan = 0; plan < catalog.plans(); ++plan) {
    const PlanId& id = catalog.plan(plan).id;
    products.plans.push_back(catalog.plan(plan));
    ForEachPlan(catalog.conflicts_of(plan), [&](PlanNo other) {
      if (plan < other) products.conflicts.push_back({id, catalog.plan(other).id});
    });
    for (const RequirementRow& row : catalog.requirements_of(plan)) {
      products.requirements.push_back({id, catalog.IdsOf(catalog.any_of(row.any_of))});
    }
  }
  for (Location location : catalog.prohibiting_locations()) {
    for (const PlanId& id : catalog.IdsOf(catalog.prohibited_in(location))) {
      products.prohibitions.push_back({id, location});
    }
  }
  for (SkuNo sku = 0; sku < catalog.skus(); ++sku) {
    const SeatSupply& supply = catalog.supply(sku);
    products.skus.push_back(catalog.sku(sku));
    AddSubscription(catalog.sku(sku), supply.usable, SubscriptionStatus::kEnabled, "-usable",
                    products);
    AddSubscription(catalog.sku(sku), supply.parked, SubscriptionStatus::kSuspended, "-parked",
                    products);
  }
  return products;
}

// Whoever clashes, and who owns the address, older than all others.
void AddAddresses(LoadedFacts& loaded) {
  std::vector<std::pair<UserNo, std::string>> addresses;
  for (const ClashRow& row : loaded.columns.clashes) {
    addresses.emplace_back(row.user, row.address);
    addresses.emplace_back(row.owner, row.address);
    loaded.created_at[row.owner] = Time{-1};
  }
  std::sort(addresses.begin(), addresses.end());
  addresses.erase(std::unique(addresses.begin(), addresses.end()), addresses.end());
  for (const auto& [user, address] : addresses) {
    loaded.addresses.address.Add(address);
    loaded.addresses.user.push_back(user);
  }
}

}  // namespace

LoadedFacts LoadedFromColumns(Columns columns) {
  LoadedFacts loaded;
  loaded.products = ProductsOf(columns);
  loaded.user_number.resize(columns.users.size());
  loaded.group_number.resize(columns.groups.size());
  std::iota(loaded.user_number.begin(), loaded.user_number.end(), 0);
  std::iota(loaded.group_number.begin(), loaded.group_number.end(), 0);
  loaded.next = {static_cast<uint32_t>(columns.users.size()),
                 static_cast<uint32_t>(columns.groups.size())};
  loaded.created_at.resize(columns.users.size());
  loaded.columns = std::move(columns);
  AddAddresses(loaded);
  return loaded;
}

}  // namespace seatwise
