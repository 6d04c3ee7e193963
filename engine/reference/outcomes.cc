#include "engine/reference/outcomes.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>
#include <variant>

#include "engine/reference/seats.h"

namespace seatwise::reference {
namespace {

// What the claims of one user for one SKU came to.
struct Asked {
  bool granted = false;
  bool rejected = false;
  PlanIdSet plans;  // O3.
};

// O2.
LicenseState StateOf(const Asked& asked, bool off) {
  if (!asked.granted) return LicenseState::kError;
  if (off) return LicenseState::kDisabled;
  return asked.rejected ? LicenseState::kActiveWithError : LicenseState::kActive;
}

// O1 to O3.
std::vector<License> Licenses(const Facts& facts, const std::vector<Claim>& queue,
                              const Outcome& outcome) {
  std::map<std::pair<UserId, SkuId>, Asked> asked;
  for (size_t claim = 0; claim < queue.size(); ++claim) {
    for (const Item& item : queue[claim].items) {
      Asked& pair = asked[{queue[claim].user, item.sku}];
      if (outcome.granted[claim]) {
        pair.granted = true;
        pair.plans.insert(item.plans.begin(), item.plans.end());
      } else {
        pair.rejected = true;
      }
    }
  }
  std::set<SkuId> off;
  for (const Sku& sku : facts.skus) {
    if (IsOff(facts, sku.id)) off.insert(sku.id);
  }
  std::vector<License> licenses;
  for (const auto& [pair, of_pair] : asked) {
    const auto& [user, sku] = pair;
    licenses.push_back({user, sku, StateOf(of_pair, off.contains(sku)), of_pair.plans});
  }
  return licenses;
}

// G3: every item with its violations, in the order derived.h asks for.
std::vector<ClaimItem> Items(const std::vector<Claim>& queue, const Outcome& outcome) {
  std::vector<ClaimItem> items;
  for (size_t claim = 0; claim < queue.size(); ++claim) {
    for (size_t item = 0; item < queue[claim].items.size(); ++item) {
      items.push_back({.user = queue[claim].user,
                       .source = queue[claim].source,
                       .sku = queue[claim].items[item].sku,
                       .granted = outcome.granted[claim],
                       .violations = outcome.violations[claim][item]});
    }
  }
  std::sort(items.begin(), items.end(), [](const ClaimItem& a, const ClaimItem& b) {
    return std::tie(a.user, a.source, a.sku) < std::tie(b.user, b.source, b.sku);
  });
  return items;
}

// O6: the users with a rejected claim with COUNT on the SKU. They do not hold it (K6).
int64_t Waiting(const SkuId& sku, const std::vector<ClaimItem>& items) {
  std::set<UserId> users;
  for (const ClaimItem& item : items) {
    if (item.sku != sku) continue;
    for (const Violation& violation : item.violations) {
      if (std::holds_alternative<Count>(violation)) users.insert(item.user);
    }
  }
  return static_cast<int64_t>(users.size());
}

// O5: the users that hold the SKU.
int64_t Consumed(const SkuId& sku, const Outcome& outcome) {
  return std::count_if(outcome.holdings.begin(), outcome.holdings.end(),
                       [&](const auto& entry) { return entry.second.held.contains(sku); });
}

// S1 to S3, O5, O6.
std::vector<SeatUsage> SeatUsages(const Facts& facts, const std::vector<ClaimItem>& items,
                                  const Outcome& outcome) {
  std::vector<SeatUsage> usages;
  for (const Sku& sku : facts.skus) {
    usages.push_back({.sku = sku.id,
                      .usable = Usable(facts, sku.id),
                      .parked = Parked(facts, sku.id),
                      .capacity = Capacity(facts, sku),
                      .consumed = Consumed(sku.id, outcome),
                      .waiting = Waiting(sku.id, items)});
  }
  std::sort(usages.begin(), usages.end(),
            [](const SeatUsage& a, const SeatUsage& b) { return a.sku < b.sku; });
  return usages;
}

// Section 7, the last line. A member of a licensed group has a claim from it, granted or rejected.
std::vector<GroupStatus> GroupStatuses(const Facts& facts, const MembersOfGroups& members,
                                       const std::vector<ClaimItem>& items) {
  std::map<GroupId, std::set<UserId>> with_errors;
  for (const ClaimItem& item : items) {
    const auto* group = std::get_if<GroupId>(&item.source);
    if (group != nullptr && !item.granted) with_errors[*group].insert(item.user);
  }
  std::map<GroupId, GroupStatus> statuses;
  for (const Assignment& assignment : facts.assignments) {
    const auto* group = std::get_if<GroupId>(&assignment.principal);
    if (group == nullptr) continue;
    const auto of_group = members.find(*group);
    const size_t all = of_group == members.end() ? 0 : of_group->second.size();
    const size_t bad = with_errors[*group].size();
    statuses[*group] = {.group = *group,
                        .members = static_cast<int64_t>(all),
                        .fully_licensed = static_cast<int64_t>(all - bad),
                        .with_errors = static_cast<int64_t>(bad)};
  }
  std::vector<GroupStatus> sorted;
  for (const auto& [group, status] : statuses) sorted.push_back(status);
  return sorted;
}

}  // namespace

Derived ToDerived(const Facts& facts, const MembersOfGroups& members,
                  const std::vector<Claim>& queue, const Outcome& outcome) {
  Derived derived;
  derived.licenses = Licenses(facts, queue, outcome);
  derived.items = Items(queue, outcome);
  derived.seats = SeatUsages(facts, derived.items, outcome);
  derived.groups = GroupStatuses(facts, members, derived.items);
  return derived;
}

}  // namespace seatwise::reference
