// Users are grouped by the outcome that they had and the one that they have (outcome.h): each such
// pair is compared once, and then counts as often as there are users.
#include "engine/plan/impact.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "engine/incremental/changed_users.h"
#include "engine/incremental/outcome.h"

namespace seatwise {
namespace {

bool Held(const std::optional<LicenseValue>& value) {
  return value.has_value() && value->state != LicenseState::kError;
}

bool IsLoss(const LicenseDelta::Run& run) { return Held(run.before) && !Held(run.after); }

// The seats of all SKUs of both versions, as impacts without licenses.
std::map<SkuId, SkuImpact> SeatsOf(const LiveState& before, const LiveState& after) {
  std::map<SkuId, SkuImpact> skus;
  for (SeatUsage& usage : before.Seats()) {
    SkuImpact& sku = skus[usage.sku];
    sku.sku = usage.sku;
    sku.seats_before = std::move(usage);
  }
  for (SeatUsage& usage : after.Seats()) {
    SkuImpact& sku = skus[usage.sku];
    sku.sku = usage.sku;
    sku.seats_after = std::move(usage);
  }
  return skus;
}

}  // namespace

Impact::Impact(std::shared_ptr<const LiveState> before, std::shared_ptr<const LiveState> after,
               std::shared_ptr<const LicenseDelta> delta)
    : before_(std::move(before)), after_(std::move(after)), delta_(std::move(delta)) {
  FindUsers();
  CountLicenses();
  CountUsers();
}

void Impact::FindUsers() {
  constexpr uint32_t kNone = UINT32_MAX;
  const EffectMaker maker(before_->parts(), after_->parts());
  absl::flat_hash_map<std::pair<const Outcome*, const Outcome*>, uint32_t> known;
  for (const ChangedUser& user : ChangedUsers(before_->parts(), after_->parts())) {
    const auto [it, is_new] = known.try_emplace({user.before, user.after}, kNone);
    if (is_new) {
      UserEffect effect = maker.Make(user.before, user.after);
      if (!effect.empty()) {
        it->second = static_cast<uint32_t>(effects_.size());
        effects_.push_back(std::move(effect));
      }
    }
    if (it->second != kNone) rows_.push_back({user.user, it->second});
  }
}

void Impact::CountLicenses() {
  std::map<SkuId, SkuImpact> skus = SeatsOf(*before_, *after_);
  for (const LicenseDelta::Run& run : delta_->runs) {
    SkuImpact& sku = skus[run.sku];
    const auto users = static_cast<int64_t>(run.users.size());
    if (!Held(run.before) && Held(run.after)) {
      sku.gained += users;
      totals_.licenses_gained += users;
    } else if (IsLoss(run)) {
      sku.lost += users;
      totals_.licenses_lost += users;
    } else {
      sku.changed += users;
      totals_.licenses_changed += users;
    }
  }
  for (auto& [id, sku] : skus) {
    if (sku.seats_before.has_value()) totals_.licenses_held += sku.seats_before->consumed;
    const bool same = sku.seats_before == sku.seats_after;
    if (same && sku.gained + sku.lost + sku.changed == 0) continue;
    totals_.skus.push_back(std::move(sku));
  }
}

void Impact::CountUsers() {
  std::vector<int64_t> users(effects_.size());
  for (const Row& row : rows_) ++users[row.effect];
  std::map<PlanId, PlanImpact> plans;
  for (size_t i = 0; i < effects_.size(); ++i) {
    const UserEffect& effect = effects_[i];
    if (effect.license_differs) totals_.users += users[i];
    if (effect.gains_sku) totals_.users_gaining += users[i];
    if (effect.loses_sku) totals_.users_losing += users[i];
    if (!effect.plans_at_risk.empty()) totals_.users_at_risk += users[i];
    totals_.plans_at_risk += users[i] * static_cast<int64_t>(effect.plans_at_risk.size());
    for (PlanNo plan : effect.plans_gained) plans[PlanIdOf(plan)].gained += users[i];
    for (PlanNo plan : effect.plans_lost) plans[PlanIdOf(plan)].lost += users[i];
    for (PlanNo plan : effect.plans_at_risk) plans[PlanIdOf(plan)].data_at_risk = true;
    for (const ItemEffect& item : effect.items) {
      for (int code = 0; code < kViolationCodes; ++code) {
        const bool was = Contains(item.before, static_cast<ViolationCode>(code));
        const bool is = Contains(item.after, static_cast<ViolationCode>(code));
        if (is && !was) totals_.violations[code].appeared += users[i];
        if (was && !is) totals_.violations[code].cleared += users[i];
      }
    }
  }
  for (auto& [id, plan] : plans) {
    plan.plan = id;
    totals_.plans.push_back(std::move(plan));
  }
}

std::vector<const LicenseDelta::Run*> Impact::LicenseGroups() const {
  std::vector<const LicenseDelta::Run*> groups;
  for (const LicenseDelta::Run& run : delta_->runs) groups.push_back(&run);
  std::ranges::stable_sort(groups, [](const LicenseDelta::Run* x, const LicenseDelta::Run* y) {
    return x->users.size() > y->users.size();
  });
  return groups;
}

std::vector<ItemGroup> Impact::ItemGroups(size_t most_users) const {
  absl::flat_hash_map<ItemEffect, ItemGroup> by_item;
  for (const Row& row : rows_) {
    for (const ItemEffect& item : effects_[row.effect].items) {
      ItemGroup& group = by_item[item];
      ++group.users;
      if (group.some_users.size() < most_users) group.some_users.push_back(row.user);
    }
  }
  std::vector<ItemGroup> groups;
  for (auto& [item, group] : by_item) {
    group.item = item;
    groups.push_back(std::move(group));
  }
  const auto key = [&](const ItemGroup& group) {
    const ItemEffect& item = group.item;
    return std::tuple(-group.users, !item.direct, item.direct ? "" : GroupIdOf(item.group),
                      absl::string_view(SkuIdOf(item.sku).value()), item.before, item.after);
  };
  std::ranges::sort(groups, {}, key);
  return groups;
}

void Impact::ForEachItems(VisitItems visit) const {
  for (const Row& row : rows_) {
    const std::vector<ItemEffect>& items = effects_[row.effect].items;
    if (!items.empty() && !visit(row.user, items)) return;
  }
}

void Impact::ForEachAtRisk(VisitPlans visit) const {
  for (const Row& row : rows_) {
    const std::vector<PlanNo>& plans = effects_[row.effect].plans_at_risk;
    if (!plans.empty() && !visit(row.user, plans)) return;
  }
}

absl::string_view Impact::UserIdOf(uint32_t user) const {
  const absl::string_view id = after_->UserIdOf(user);
  return id.empty() ? before_->UserIdOf(user) : id;
}

absl::string_view Impact::GroupIdOf(uint32_t group) const {
  const absl::string_view id = after_->GroupIdOf(group);
  return id.empty() ? before_->GroupIdOf(group) : id;
}

const SkuId& Impact::SkuIdOf(SkuNo sku) const {
  const Catalog& after = after_->catalog();
  if (sku < after.skus() && !after.sku(sku).id.value().empty()) return after.sku(sku).id;
  return before_->catalog().sku(sku).id;
}

const PlanId& Impact::PlanIdOf(PlanNo plan) const {
  const Catalog& after = after_->catalog();
  if (plan < after.plans() && !after.plan(plan).id.value().empty()) return after.plan(plan).id;
  return before_->catalog().plan(plan).id;
}

int64_t LicensesLost(const LicenseDelta& delta) {
  int64_t lost = 0;
  for (const LicenseDelta::Run& run : delta.runs) {
    if (IsLoss(run)) lost += static_cast<int64_t>(run.users.size());
  }
  return lost;
}

int64_t LicensesHeld(const LiveState& state) {
  int64_t held = 0;
  for (const SeatUsage& usage : state.Seats()) held += usage.consumed;
  return held;
}

}  // namespace seatwise
