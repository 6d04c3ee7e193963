// The products of a tenant in a form that changes: numbers are given in the order of arrival and
// stay, whatever comes or goes later.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "engine/incremental/asked_plans.h"
#include "engine/incremental/hash_trie.h"
#include "engine/incremental/number_index.h"
#include "engine/incremental/persistent_tree.h"
#include "engine/incremental/persistent_vector.h"
#include "engine/incremental/ref.h"
#include "engine/incremental/whole_plan_ids.h"
#include "engine/model/catalog.h"
#include "engine/model/fact_key.h"
#include "engine/model/facts.h"
#include "engine/model/shared_plan_ids.h"

namespace seatwise {

// What a Catalog is built from.
struct ProductFacts {
  // Plans and SKUs by number; the id of a deleted one is empty. Relations in no order. Overage and
  // subscriptions are not here, but in the supply.
  Facts facts;
  size_t plan_room = 0;  // Plan sets are long enough for so many plans.
};

// What of a subscription matters.
struct LiveSubscription : RefCounted {
  SubscriptionId id;
  SkuNo sku = 0;
  int64_t units = 0;
  SubscriptionStatus status = SubscriptionStatus::kEnabled;
  bool self_service = false;
};

// What became different when products changed. Numbers are ascending.
struct ChangedProducts {
  std::vector<SkuNo> skus;    // What they ask for, or what relates to their plans, may differ.
  std::vector<SkuNo> supply;  // Capacity or off may differ.
  bool wider = false;         // Plan sets became longer: every shape must be made anew.
};

// Cheap to copy. Reads from any thread.
class LiveProducts {
 public:
  LiveProducts() = default;
  // Takes the facts that Catalog::Build takes, which must be valid; numbers follow the ids.
  explicit LiveProducts(const Facts& facts);

  // Plans and SKUs by number, with room for plans to come. Its supply() is empty: see below. Shared
  // by all versions between which nothing in it changed, so its address tells whether anything did.
  const std::shared_ptr<const Catalog>& catalog() const { return catalog_; }
  // S1 to S4; zeros for a deleted SKU.
  const SeatSupply& supply(SkuNo sku) const { return supply_[sku]; }
  const ProductFacts& facts() const { return *facts_; }
  // What an assignment of the SKU asks for that disables no plan: shared by all that do so.
  const Ref<AskedPlans>& asked_whole(SkuNo sku) const { return asked_whole_[sku]; }
  // The user plans of the catalog (C1) by id.
  SharedPlanIds whole_plan_ids(SkuNo sku) const { return whole_plan_ids_->Of(*catalog_, sku); }

  // What the store calls them, for converting back; overage and subscriptions included. In no
  // order.
  Facts ToFacts() const;

  // Applies all puts and deletes that are about plans, SKUs, their relations and subscriptions;
  // others are left alone.
  ChangedProducts Apply(absl::Span<const Fact> puts, absl::Span<const FactKey> deletes);

 private:
  void ApplyToCatalog(absl::Span<const Fact> puts, absl::Span<const FactKey> deletes,
                      ChangedProducts& changed);
  void BuildCatalog();
  void AskWhole(absl::Span<const SkuNo> skus);
  void ApplyToSupply(absl::Span<const Fact> puts, absl::Span<const FactKey> deletes,
                     std::vector<SkuNo>& changed);
  void SetOverage(const Sku& sku, std::vector<SkuNo>& changed);
  void PutSubscription(const Subscription& subscription, std::vector<SkuNo>& changed);
  void DropSubscription(absl::string_view id, std::vector<SkuNo>& changed);
  std::optional<uint32_t> FindSubscription(absl::string_view id) const;
  void AddUnits(const LiveSubscription& subscription, int64_t sign);

  std::shared_ptr<const ProductFacts> facts_ = std::make_shared<ProductFacts>();
  std::shared_ptr<const Catalog> catalog_ = std::make_shared<Catalog>();
  std::shared_ptr<WholePlanIds> whole_plan_ids_ = std::make_shared<WholePlanIds>();  // Of catalog_.
  PersistentVector<Ref<AskedPlans>> asked_whole_;                                    // By SKU.
  PersistentVector<SeatSupply> supply_;                                              // By SKU.
  PersistentVector<Ref<LiveSubscription>> subscriptions_;  // In places that are used again.
  HashTrie subscription_places_;
  PersistentTree<uint32_t> free_places_;
};

}  // namespace seatwise
