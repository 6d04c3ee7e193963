// Changes of plans, SKUs and their relations make another catalog: it is small. Changes of seats,
// which are frequent, only change sums.
#include "engine/incremental/live_products.h"

#include <algorithm>
#include <initializer_list>
#include <utility>
#include <variant>

#include "engine/model/plan_bits.h"

namespace seatwise {
namespace {

// Enough for the plans of a year to come: a row of bits that is too short costs more than one that
// is too long.
size_t RoomFor(size_t plans) { return 64 * PlanWords(plans + plans / 8 + 4); }

template <typename Row>
void PutRelation(std::vector<Row>& rows, const Row& row, std::vector<PlanId>& changed,
                 std::initializer_list<PlanId> plans) {
  if (std::find(rows.begin(), rows.end(), row) != rows.end()) return;
  rows.push_back(row);
  changed.insert(changed.end(), plans);
}

template <typename Row>
void DropRelation(std::vector<Row>& rows, const Row& row, std::vector<PlanId>& changed,
                  std::initializer_list<PlanId> plans) {
  rows.erase(std::remove(rows.begin(), rows.end(), row), rows.end());
  changed.insert(changed.end(), plans);
}

void SortUnique(std::vector<SkuNo>& skus) {
  std::sort(skus.begin(), skus.end());
  skus.erase(std::unique(skus.begin(), skus.end()), skus.end());
}

// Makes the next version of the facts that a catalog is built from.
class CatalogEditor {
 public:
  CatalogEditor(const ProductFacts& base, const Catalog& catalog)
      : next_(base), catalog_(catalog) {}

  void Put(const Fact& fact) {
    if (const auto* plan = std::get_if<ServicePlan>(&fact)) PutPlan(*plan);
    if (const auto* sku = std::get_if<Sku>(&fact)) PutSku(*sku);
    Facts& facts = next_.facts;
    if (const auto* row = std::get_if<PlanConflict>(&fact)) {
      // A shape with either knows what conflicts with it.
      PutRelation(facts.conflicts, *row, plans_, {row->a, row->b});
    }
    if (const auto* row = std::get_if<PlanRequirement>(&fact)) {
      PutRelation(facts.requirements, *row, plans_, {row->plan});
    }
    if (const auto* row = std::get_if<PlanProhibition>(&fact)) {
      PutRelation(facts.prohibitions, *row, plans_, {row->plan});
    }
  }

  void Delete(const FactKey& key) {
    Facts& facts = next_.facts;
    if (const auto* plan = std::get_if<PlanId>(&key)) {
      facts.plans[catalog_.FindPlan(plan->value()).value()] = {};
    }
    if (const auto* sku = std::get_if<SkuId>(&key)) {
      facts.skus[catalog_.FindSku(sku->value()).value()] = {};
    }
    if (const auto* row = std::get_if<PlanConflict>(&key)) {
      DropRelation(facts.conflicts, *row, plans_, {row->a, row->b});
    }
    if (const auto* row = std::get_if<PlanRequirement>(&key)) {
      DropRelation(facts.requirements, *row, plans_, {row->plan});
    }
    if (const auto* row = std::get_if<PlanProhibition>(&key)) {
      DropRelation(facts.prohibitions, *row, plans_, {row->plan});
    }
  }

  // SKUs that are other ones now, or that have a plan that is or relates otherwise now.
  std::vector<SkuNo> ChangedSkus() {
    std::vector<SkuNo> skus = skus_;
    for (SkuNo sku = 0; sku < next_.facts.skus.size(); ++sku) {
      const PlanIdSet& plans = next_.facts.skus[sku].plans;
      if (std::any_of(plans_.begin(), plans_.end(),
                      [&](const PlanId& plan) { return plans.contains(plan); })) {
        skus.push_back(sku);
      }
    }
    SortUnique(skus);
    return skus;
  }

  ProductFacts Take() && {
    const size_t plans = next_.facts.plans.size();
    if (plans > next_.plan_room) next_.plan_room = RoomFor(plans);
    return std::move(next_);
  }

 private:
  void PutPlan(const ServicePlan& plan) {
    const std::optional<PlanNo> number = catalog_.FindPlan(plan.id.value());
    if (!number.has_value()) {
      next_.facts.plans.push_back(plan);
      return;
    }
    ServicePlan& old = next_.facts.plans[*number];
    if (old.applies_to != plan.applies_to || old.unique_address != plan.unique_address) {
      plans_.push_back(plan.id);
    }
    old = plan;
  }

  void PutSku(const Sku& sku) {
    const std::optional<SkuNo> number = catalog_.FindSku(sku.id.value());
    if (!number.has_value()) next_.facts.skus.emplace_back();
    Sku& old = number.has_value() ? next_.facts.skus[*number] : next_.facts.skus.back();
    if (number.has_value() && old.plans != sku.plans) skus_.push_back(*number);
    old = sku;
    old.overage_units = 0;
  }

  ProductFacts next_;
  const Catalog& catalog_;
  std::vector<PlanId> plans_;  // That changed.
  std::vector<SkuNo> skus_;    // That changed.
};

// Whether a fact or key is one that a catalog is built from.
bool IsOfCatalog(FactKind kind) {
  return kind >= FactKind::kServicePlan && kind <= FactKind::kPlanProhibition;
}

}  // namespace

LiveProducts::LiveProducts(const Facts& facts) {
  ProductFacts products;
  products.facts.plans = facts.plans;
  products.facts.skus = facts.skus;
  products.facts.conflicts = facts.conflicts;
  products.facts.requirements = facts.requirements;
  products.facts.prohibitions = facts.prohibitions;
  const auto by_id = [](const auto& a, const auto& b) { return a.id < b.id; };
  std::sort(products.facts.plans.begin(), products.facts.plans.end(), by_id);
  std::sort(products.facts.skus.begin(), products.facts.skus.end(), by_id);
  for (Sku& sku : products.facts.skus) sku.overage_units = 0;
  products.plan_room = RoomFor(facts.plans.size());
  facts_ = std::make_shared<const ProductFacts>(std::move(products));
  BuildCatalog();
  AskWhole({});
  supply_.Resize(static_cast<uint32_t>(facts.skus.size()));
  std::vector<SkuNo> changed;
  for (const Sku& sku : facts.skus) SetOverage(sku, changed);
  for (const Subscription& subscription : facts.subscriptions) {
    PutSubscription(subscription, changed);
  }
}

Facts LiveProducts::ToFacts() const {
  Facts facts = facts_->facts;
  for (SkuNo sku = 0; sku < facts.skus.size(); ++sku) {
    facts.skus[sku].overage_units = supply_[sku].overage;
  }
  const auto is_gone = [](const auto& row) { return row.id.empty(); };
  facts.plans.erase(std::remove_if(facts.plans.begin(), facts.plans.end(), is_gone),
                    facts.plans.end());
  facts.skus.erase(std::remove_if(facts.skus.begin(), facts.skus.end(), is_gone), facts.skus.end());
  subscriptions_.ForEach([&](uint32_t, const Ref<LiveSubscription>& subscription) {
    if (!subscription) return;
    facts.subscriptions.push_back({.id = subscription->id,
                                   .sku = catalog_->sku(subscription->sku).id,
                                   .units = subscription->units,
                                   .status = subscription->status,
                                   .self_service = subscription->self_service});
  });
  return facts;
}

ChangedProducts LiveProducts::Apply(absl::Span<const Fact> puts,
                                    absl::Span<const FactKey> deletes) {
  ChangedProducts changed;
  std::vector<SkuNo> gone;
  for (const FactKey& key : deletes) {
    const auto* sku = std::get_if<SkuId>(&key);
    if (sku != nullptr) gone.push_back(catalog_->FindSku(sku->value()).value());
  }
  ApplyToCatalog(puts, deletes, changed);
  ApplyToSupply(puts, deletes, changed.supply);
  for (SkuNo sku : gone) supply_.Set(sku, {});
  changed.supply.insert(changed.supply.end(), gone.begin(), gone.end());
  SortUnique(changed.supply);
  return changed;
}

void LiveProducts::ApplyToCatalog(absl::Span<const Fact> puts, absl::Span<const FactKey> deletes,
                                  ChangedProducts& changed) {
  // Whether anything but overage is different.
  const auto matters = [&](const Fact& fact) {
    if (!IsOfCatalog(KindOf(fact))) return false;
    const auto* sku = std::get_if<Sku>(&fact);
    if (sku == nullptr) return true;
    const std::optional<SkuNo> number = catalog_->FindSku(sku->id.value());
    if (!number.has_value()) return true;
    Sku same_overage = *sku;
    same_overage.overage_units = 0;
    return !(same_overage == catalog_->sku(*number));
  };
  if (std::none_of(puts.begin(), puts.end(), matters) &&
      std::none_of(deletes.begin(), deletes.end(),
                   [](const FactKey& key) { return IsOfCatalog(KindOf(key)); })) {
    return;
  }
  CatalogEditor editor(*facts_, *catalog_);
  for (const Fact& fact : puts) editor.Put(fact);
  for (const FactKey& key : deletes) editor.Delete(key);
  changed.skus = editor.ChangedSkus();
  const size_t words = catalog_->words();
  facts_ = std::make_shared<const ProductFacts>(std::move(editor).Take());
  BuildCatalog();
  changed.wider = catalog_->words() != words;
  if (changed.wider) asked_whole_ = {};
  AskWhole(changed.skus);
}

void LiveProducts::BuildCatalog() {
  catalog_ =
      std::make_shared<const Catalog>(Catalog::BuildInOrder(facts_->facts, facts_->plan_room));
  whole_plan_ids_ = std::make_shared<WholePlanIds>();
}

// Of these SKUs and of those that nothing is known of; shapes of the others keep theirs as well.
void LiveProducts::AskWhole(absl::Span<const SkuNo> skus) {
  const auto ask = [&](SkuNo sku) {
    const PlanBits plans = catalog_->user_plans(sku);
    asked_whole_.Set(sku, AskFor(*catalog_, {{plans.begin(), plans.end()}}));
  };
  const SkuNo known = asked_whole_.size();
  asked_whole_.Resize(static_cast<uint32_t>(catalog_->skus()));
  for (SkuNo sku : skus) ask(sku);
  for (SkuNo sku = known; sku < asked_whole_.size(); ++sku) ask(sku);
}

void LiveProducts::ApplyToSupply(absl::Span<const Fact> puts, absl::Span<const FactKey> deletes,
                                 std::vector<SkuNo>& changed) {
  const uint32_t skus = supply_.size();
  for (SkuNo sku = skus; sku < catalog_->skus(); ++sku) changed.push_back(sku);
  supply_.Resize(static_cast<uint32_t>(catalog_->skus()));
  for (const Fact& fact : puts) {
    if (const auto* sku = std::get_if<Sku>(&fact)) SetOverage(*sku, changed);
    if (const auto* row = std::get_if<Subscription>(&fact)) PutSubscription(*row, changed);
  }
  for (const FactKey& key : deletes) {
    if (const auto* id = std::get_if<SubscriptionId>(&key)) DropSubscription(id->value(), changed);
  }
}

void LiveProducts::SetOverage(const Sku& sku, std::vector<SkuNo>& changed) {
  const SkuNo number = catalog_->FindSku(sku.id.value()).value();
  if (supply_[number].overage == sku.overage_units) return;
  supply_.Mutable(number).overage = sku.overage_units;
  changed.push_back(number);
}

std::optional<uint32_t> LiveProducts::FindSubscription(absl::string_view id) const {
  return FindText(subscription_places_, id, [&](uint32_t place) {
    return absl::string_view(subscriptions_[place]->id.value());
  });
}

void LiveProducts::PutSubscription(const Subscription& subscription, std::vector<SkuNo>& changed) {
  const SkuNo sku = catalog_->FindSku(subscription.sku.value()).value();
  std::optional<uint32_t> place = FindSubscription(subscription.id.value());
  if (place.has_value()) {
    AddUnits(*subscriptions_[*place], -1);
    changed.push_back(subscriptions_[*place]->sku);
  } else if (!free_places_.empty()) {
    place = free_places_.First();
    free_places_.Erase(*place);
  } else {
    place = subscriptions_.size();
    subscriptions_.Resize(*place + 1);
  }
  LiveSubscription live;
  live.id = subscription.id;
  live.sku = sku;
  live.units = subscription.units;
  live.status = subscription.status;
  live.self_service = subscription.self_service;
  AddUnits(live, 1);
  subscriptions_.Set(*place, Ref<LiveSubscription>::Make(std::move(live)));
  subscription_places_.Insert({HashOfText(subscription.id.value()), *place});
  changed.push_back(sku);
}

void LiveProducts::DropSubscription(absl::string_view id, std::vector<SkuNo>& changed) {
  const uint32_t place = FindSubscription(id).value();
  AddUnits(*subscriptions_[place], -1);
  changed.push_back(subscriptions_[place]->sku);
  subscriptions_.Set(place, {});
  subscription_places_.Erase({HashOfText(id), place});
  free_places_.Insert(place);
}

void LiveProducts::AddUnits(const LiveSubscription& subscription, int64_t sign) {
  if (subscription.self_service) return;
  supply_.Mutable(subscription.sku).Add(subscription.status, sign * subscription.units);
}

}  // namespace seatwise
