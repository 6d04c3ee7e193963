#include "engine/plan/fix_effect.h"

#include <algorithm>
#include <optional>
#include <string>

#include "engine/model/facts.h"
#include "engine/model/plan_bits.h"

namespace seatwise {
namespace {

// Ascending, each once.
void Normalise(std::vector<uint32_t>& users) {
  std::sort(users.begin(), users.end());
  users.erase(std::unique(users.begin(), users.end()), users.end());
}

void AddOthers(const std::vector<uint32_t>& users, uint32_t user, std::vector<uint32_t>& to) {
  std::copy_if(users.begin(), users.end(), std::back_inserter(to),
               [user](uint32_t other) { return other != user; });
}

// O4 before and not after. Plans may have other numbers in another version.
std::vector<PlanId> LostPlans(const LiveState& before, const LiveState& after, uint32_t user) {
  const PlanIdSet had = before.catalog().IdsOf(before.EffectivePlansOf(user));
  const PlanIdSet has = after.catalog().IdsOf(after.EffectivePlansOf(user));
  std::vector<PlanId> lost;
  std::set_difference(had.begin(), had.end(), has.begin(), has.end(), std::back_inserter(lost));
  return lost;
}

}  // namespace

bool IsHeld(const std::optional<LicenseValue>& value) {
  return value.has_value() && value->state != LicenseState::kError;
}

bool Loses(const std::optional<LicenseValue>& from, const std::optional<LicenseValue>& to) {
  if (!IsHeld(from)) return false;
  return !IsHeld(to) || !std::includes(to->enabled_plans.begin(), to->enabled_plans.end(),
                                       from->enabled_plans.begin(), from->enabled_plans.end());
}

std::vector<UserId> SmallestIds(const LiveState& state, const std::vector<uint32_t>& users,
                                size_t most) {
  std::vector<std::string> ids;
  for (const uint32_t user : users) ids.emplace_back(state.UserIdOf(user));
  const auto end = ids.begin() + static_cast<ptrdiff_t>(std::min(most, ids.size()));
  std::partial_sort(ids.begin(), end, ids.end());
  return {ids.begin(), end};
}

FixEffect EffectOf(const LiveState& before, const LiveState& after, const LicenseDelta& delta,
                   uint32_t user) {
  FixEffect effect;
  std::vector<uint32_t> gaining;
  std::vector<uint32_t> losing;
  for (const LicenseDelta::Run& run : delta.runs) {
    if (Loses(run.before, run.after)) AddOthers(run.users, user, losing);
    if (Loses(run.after, run.before)) AddOthers(run.users, user, gaining);
    if (IsHeld(run.before) == IsHeld(run.after)) continue;
    if (!std::binary_search(run.users.begin(), run.users.end(), user)) continue;
    (IsHeld(run.after) ? effect.gained_skus : effect.lost_skus).push_back(run.sku);
  }
  Normalise(gaining);
  Normalise(losing);
  effect.others_gaining = static_cast<int64_t>(gaining.size());
  effect.others_losing = static_cast<int64_t>(losing.size());
  effect.losing = SmallestIds(before, losing, kMostLosingNamed);
  effect.lost_plans = LostPlans(before, after, user);
  return effect;
}

}  // namespace seatwise
