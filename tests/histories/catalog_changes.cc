// What changes about the catalog and its supply.
#include <algorithm>

#include "absl/strings/str_cat.h"
#include "tests/histories/change_maker.h"

namespace seatwise::histories {

Subscription ChangeMaker::NewSubscription(const SkuId& sku) {
  Subscription subscription;
  subscription.id = SubscriptionId(absl::StrCat("new", made_));
  subscription.sku = sku;
  subscription.units = AnyUnits();
  if (Chance(30)) return ChangedSubscription(subscription);
  return subscription;
}

Subscription ChangeMaker::ChangedSubscription(Subscription subscription) {
  switch (dice_.Below(8)) {
    case 0:
    case 1:
      subscription.units = std::max<int64_t>(0, subscription.units - 1);
      break;
    case 2:
    case 3:
      subscription.units = std::min<int64_t>(1'000'000'000'000, subscription.units + 1);
      break;
    case 4:
      subscription.units = AnyUnits();
      break;
    case 5:
    case 6:
      subscription.status = static_cast<SubscriptionStatus>(dice_.Below(5));
      break;
    default:
      subscription.self_service = !subscription.self_service;
  }
  return subscription;
}

Changes ChangeMaker::Subscriptions() {
  if (facts_->skus.empty()) return {};
  const int way = dice_.Below(100);
  if (way < 12 || facts_->subscriptions.empty()) {
    return {Put{NewSubscription(dice_.Pick(facts_->skus).id)}};
  }
  Subscription subscription = dice_.Pick(facts_->subscriptions);
  if (way < 22) return {Gone(subscription)};
  if (way < 28) {
    subscription.sku = dice_.Pick(facts_->skus).id;
    return {Put{subscription}};
  }
  return {Put{ChangedSubscription(subscription)}};
}

Changes ChangeMaker::Overage() {
  if (facts_->skus.empty()) return {};
  Sku sku = dice_.Pick(facts_->skus);
  sku.overage_units = Chance(30) ? kUnlimited : dice_.Between(0, 3);
  return {Put{sku}};
}

Changes ChangeMaker::Plans() {
  const int way = dice_.Below(100);
  if (way < 30 || facts_->plans.empty()) {
    ServicePlan plan{.id = PlanId(AnyId("p", {}))};
    if (Chance(10)) plan.applies_to = AppliesTo::kCompany;
    plan.unique_address = Chance(w_.tenant.unique_plan);
    Changes changes = {Put{plan}};
    if (facts_->skus.empty() || Chance(20)) return changes;
    Sku sku = dice_.Pick(facts_->skus);
    sku.plans.insert(plan.id);
    changes.push_back(Put{sku});
    return changes;
  }
  ServicePlan plan = dice_.Pick(facts_->plans);
  if (way < 50) return {Gone(plan, /*cascade=*/true)};
  if (way < 70) {
    plan.unique_address = !plan.unique_address;
  } else if (way < 90) {
    plan.applies_to = plan.applies_to == AppliesTo::kUser ? AppliesTo::kCompany : AppliesTo::kUser;
  } else {
    plan.retains_data = !plan.retains_data;
  }
  return {Put{plan}};
}

Changes ChangeMaker::NewSku() {
  Sku sku{.id = SkuId(AnyId("s", {})), .plans = AnyPlans(w_.tenant.plan_in_sku)};
  Changes changes = {Put{sku}, Put{NewSubscription(sku.id)}};
  if (!facts_->groups.empty() && Chance(60)) {
    changes.push_back(Put{Assignment{dice_.Pick(facts_->groups).id, sku.id, {}, 0, AnyTime()}});
  }
  if (!facts_->users.empty() && Chance(40)) {
    changes.push_back(Put{Assignment{dice_.Pick(facts_->users).id, sku.id, {}, 0, AnyTime()}});
  }
  return changes;
}

Changes ChangeMaker::Skus() {
  const int way = dice_.Below(100);
  if (way < 20 || facts_->skus.empty()) return NewSku();
  Sku sku = dice_.Pick(facts_->skus);
  if (way < 35) return {Gone(sku, /*cascade=*/true)};
  if (facts_->plans.empty()) return {};
  const PlanId plan = dice_.Pick(facts_->plans).id;
  if (way < 65) {
    sku.plans.insert(plan);
  } else if (way < 90) {
    if (!sku.plans.empty()) sku.plans.erase(sku.plans.begin());
  } else {
    sku.plans = AnyPlans(w_.tenant.plan_in_sku);
  }
  return {Put{sku}};
}

Changes ChangeMaker::Relations() {
  if (facts_->plans.empty()) return {};
  const PlanId a = dice_.Pick(facts_->plans).id;
  const PlanId b = dice_.Pick(facts_->plans).id;
  switch (dice_.Below(6)) {
    case 0:
      if (a == b) return {};
      return {Put{PlanConflict{a, b}}};
    case 1: {
      PlanRequirement requirement{a, {b}};
      if (Chance(40)) requirement.any_of.insert(dice_.Pick(facts_->plans).id);
      return {Put{requirement}};
    }
    case 2:
      return {Put{PlanProhibition{a, AnyLocation()}}};
    case 3:
      if (facts_->conflicts.empty()) return {};
      return {Gone(dice_.Pick(facts_->conflicts))};
    case 4:
      if (facts_->requirements.empty()) return {};
      return {Gone(dice_.Pick(facts_->requirements))};
    default:
      if (facts_->prohibitions.empty()) return {};
      return {Gone(dice_.Pick(facts_->prohibitions))};
  }
}

}  // namespace seatwise::histories
