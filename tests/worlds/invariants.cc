#include "tests/worlds/invariants.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "tests/worlds/describe_derived.h"

namespace seatwise::worlds {
namespace {

using UserSku = std::pair<UserId, SkuId>;

const Count* CountOf(const ClaimItem& item) {
  for (const Violation& violation : item.violations) {
    if (const auto* count = std::get_if<Count>(&violation)) return count;
  }
  return nullptr;
}

// True if each row's key is greater than the one before.
template <typename Row, typename Key>
bool IsSorted(const std::vector<Row>& rows, Key key) {
  return std::adjacent_find(rows.begin(), rows.end(), [&](const Row& a, const Row& b) {
           return !(key(a) < key(b));
         }) == rows.end();
}

// Checks one derived state. Each check answers what is wrong, or "".
class Inspector {
 public:
  Inspector(const Facts& facts, const Derived& derived);

  std::string Inspect() const {
    for (const auto check : {&Inspector::Order, &Inspector::Violations, &Inspector::Claims,
                             &Inspector::Licenses, &Inspector::Plans, &Inspector::Exclusions,
                             &Inspector::Requirements, &Inspector::Locations, &Inspector::Addresses,
                             &Inspector::Seats, &Inspector::Waiting, &Inspector::Groups}) {
      std::string wrong = (this->*check)();
      if (!wrong.empty()) return wrong;
    }
    return "";
  }

 private:
  std::string Order() const;
  std::string Violations() const;
  std::string Claims() const;
  std::string Licenses() const;
  std::string Plans() const;
  std::string Exclusions() const;
  std::string Requirements() const;
  std::string Locations() const;
  std::string Addresses() const;
  std::string Seats() const;
  std::string Waiting() const;
  std::string Groups() const;

  const Facts& facts_;
  const Derived& derived_;
  std::map<UserSku, std::vector<const ClaimItem*>> items_;
  std::map<UserId, std::set<PlanId>> enabled_;  // E at the end, for every user.
};

Inspector::Inspector(const Facts& facts, const Derived& derived)
    : facts_(facts), derived_(derived) {
  for (const ClaimItem& item : derived.items) items_[{item.user, item.sku}].push_back(&item);
  for (const User& user : facts.users) enabled_[user.id];
  for (const License& license : derived.licenses) {
    enabled_[license.user].insert(license.enabled_plans.begin(), license.enabled_plans.end());
  }
}

std::string Inspector::Order() const {
  const bool sorted =
      IsSorted(derived_.licenses, [](const License& l) { return std::tie(l.user, l.sku); }) &&
      IsSorted(derived_.items,
               [](const ClaimItem& i) { return std::tie(i.user, i.source, i.sku); }) &&
      IsSorted(derived_.seats, [](const SeatUsage& s) { return std::tie(s.sku); }) &&
      IsSorted(derived_.groups, [](const GroupStatus& g) { return std::tie(g.group); });
  return sorted ? "" : "derived.h: a list is not sorted";
}

// G3: what is rejected has violations, each code once, in display order; what is granted has none.
std::string Inspector::Violations() const {
  for (const ClaimItem& item : derived_.items) {
    const bool in_order = IsSorted(item.violations, CodeOf);
    if (item.granted != item.violations.empty() || !in_order) {
      return "G3: violations of " + DescribeItem(item);
    }
  }
  return "";
}

// C4: a claim is granted or rejected as a whole.
std::string Inspector::Claims() const {
  if (facts_.settings.assignment_mode != AssignmentMode::kGroupAtomic) return "";
  std::map<std::pair<UserId, Principal>, bool> granted;
  for (const ClaimItem& item : derived_.items) {
    if (IsDirect(item.source)) continue;
    const auto [it, is_new] = granted.emplace(std::pair(item.user, item.source), item.granted);
    if (it->second != item.granted) return "C4: the claim is split: " + DescribeItem(item);
  }
  return "";
}

// O1, O2: one license for each pair that is asked for; its state follows from the items.
std::string Inspector::Licenses() const {
  std::map<SkuId, bool> off;
  for (const SeatUsage& seats : derived_.seats) off[seats.sku] = seats.off();
  if (items_.size() != derived_.licenses.size()) return "O1: not one license for each pair";
  for (const License& license : derived_.licenses) {
    const auto items = items_.find({license.user, license.sku});
    if (items == items_.end()) return "O1: nobody asks for " + DescribeLicense(license);
    const auto is_granted = [](const ClaimItem* item) { return item->granted; };
    const bool held = std::any_of(items->second.begin(), items->second.end(), is_granted);
    const bool all = std::all_of(items->second.begin(), items->second.end(), is_granted);
    const LicenseState state = !held              ? LicenseState::kError
                               : off[license.sku] ? LicenseState::kDisabled
                               : all              ? LicenseState::kActive
                                                  : LicenseState::kActiveWithError;
    if (license.state != state) return "O2: state of " + DescribeLicense(license);
  }
  return "";
}

// C1, O3: only USER plans of the SKU are enabled, and none without holding it.
std::string Inspector::Plans() const {
  std::set<std::pair<SkuId, PlanId>> of_skus;
  std::set<PlanId> for_users;
  for (const Sku& sku : facts_.skus) {
    for (const PlanId& plan : sku.plans) of_skus.insert({sku.id, plan});
  }
  for (const ServicePlan& plan : facts_.plans) {
    if (plan.applies_to == AppliesTo::kUser) for_users.insert(plan.id);
  }
  for (const License& license : derived_.licenses) {
    if (!license.held() && !license.enabled_plans.empty()) {
      return "O3: plans without holding: " + DescribeLicense(license);
    }
    for (const PlanId& plan : license.enabled_plans) {
      if (!of_skus.contains({license.sku, plan}) || !for_users.contains(plan)) {
        return "C1: a plan that is not for users of " + DescribeLicense(license);
      }
    }
  }
  return "";
}

// K4: no two plans of a user are in conflict.
std::string Inspector::Exclusions() const {
  for (const auto& [user, plans] : enabled_) {
    for (const PlanConflict& conflict : facts_.conflicts) {
      if (plans.contains(conflict.a) && plans.contains(conflict.b)) {
        return absl::StrCat("K4: ", user.value(), " has both ", conflict.a.value(), " and ",
                            conflict.b.value());
      }
    }
  }
  return "";
}

// K5: every requirement of every enabled plan holds.
std::string Inspector::Requirements() const {
  for (const auto& [user, plans] : enabled_) {
    for (const PlanRequirement& requirement : facts_.requirements) {
      if (!plans.contains(requirement.plan)) continue;
      const bool holds =
          std::any_of(requirement.any_of.begin(), requirement.any_of.end(),
                      [&, &plans = plans](const PlanId& plan) { return plans.contains(plan); });
      if (!holds) {
        return absl::StrCat("K5: ", user.value(), " has ", requirement.plan.value(),
                            " without what it requires");
      }
    }
  }
  return "";
}

// K1, K2: who holds something has a location, in which no enabled plan is prohibited.
std::string Inspector::Locations() const {
  std::set<PlanProhibition> prohibitions(facts_.prohibitions.begin(), facts_.prohibitions.end());
  std::map<UserId, Location> locations;
  for (const User& user : facts_.users) {
    locations[user.id] =
        user.usage_location.empty() ? facts_.settings.default_usage_location : user.usage_location;
  }
  for (const License& license : derived_.licenses) {
    const Location location = locations[license.user];
    if (license.held() && location.empty()) return "K1: " + DescribeLicense(license);
    for (const PlanId& plan : license.enabled_plans) {
      if (prohibitions.contains({plan, location})) return "K2: " + DescribeLicense(license);
    }
  }
  return "";
}

// K3: of all users with an address in common, only the oldest has plans that need unique ones.
std::string Inspector::Addresses() const {
  std::set<PlanId> unique;
  for (const ServicePlan& plan : facts_.plans) {
    if (plan.unique_address) unique.insert(plan.id);
  }
  std::map<std::string, std::set<std::pair<Time, UserId>>> users_of;
  for (const User& user : facts_.users) {
    for (const std::string& address : user.proxy_addresses) {
      users_of[absl::AsciiStrToLower(address)].insert({user.created_at, user.id});
    }
  }
  for (const auto& [address, users] : users_of) {
    for (auto it = std::next(users.begin()); it != users.end(); ++it) {
      for (const PlanId& plan : enabled_.at(it->second)) {
        if (unique.contains(plan)) {
          return absl::StrCat("K3: ", it->second.value(), " does not own ", address);
        }
      }
    }
  }
  return "";
}

// S3, O5, O7: seats are held by those who hold the SKU, never more than there are.
std::string Inspector::Seats() const {
  std::map<SkuId, int64_t> holders;
  for (const License& license : derived_.licenses) holders[license.sku] += license.held();
  if (derived_.seats.size() != facts_.skus.size()) return "O5: not one row for each SKU";
  for (const SeatUsage& seats : derived_.seats) {
    const int64_t beyond = seats.consumed - seats.usable;
    const bool right = seats.consumed == holders[seats.sku] && seats.consumed <= seats.capacity &&
                       seats.available() == (beyond < 0 ? -beyond : 0) &&
                       seats.overrun() == seats.waiting + (beyond > 0 ? beyond : 0);
    if (!right) return "O5: " + DescribeSeats(seats);
  }
  return "";
}

// K6, O6, O8: users wait for full SKUs only, one place each, from 1 on without holes.
std::string Inspector::Waiting() const {
  std::map<SkuId, std::map<UserId, std::set<int64_t>>> places;
  for (const ClaimItem& item : derived_.items) {
    if (const Count* count = CountOf(item)) places[item.sku][item.user].insert(count->place);
  }
  for (const SeatUsage& seats : derived_.seats) {
    std::set<int64_t> all;
    for (const auto& [user, of_user] : places[seats.sku]) {
      if (of_user.size() != 1) return absl::StrCat("O8: two places of ", user.value());
      all.insert(*of_user.begin());
    }
    const auto users = static_cast<int64_t>(places[seats.sku].size());
    if (seats.waiting != users) return "O6: waiting of " + DescribeSeats(seats);
    if (users == 0) continue;
    if (seats.consumed < seats.capacity) return "K6: seats are left of " + DescribeSeats(seats);
    if (*all.begin() != 1 || *all.rbegin() != users || static_cast<int64_t>(all.size()) != users) {
      return "O8: places of " + DescribeSeats(seats);
    }
  }
  return "";
}

// Section 7, the last line: every member of a licensed group has a claim from it.
std::string Inspector::Groups() const {
  std::map<GroupId, std::set<UserId>> with_claims;
  std::map<GroupId, std::set<UserId>> with_errors;
  for (const Assignment& assignment : facts_.assignments) {
    if (const auto* group = std::get_if<GroupId>(&assignment.principal)) with_claims[*group];
  }
  for (const ClaimItem& item : derived_.items) {
    const auto* group = std::get_if<GroupId>(&item.source);
    if (group == nullptr) continue;
    with_claims[*group].insert(item.user);
    if (!item.granted) with_errors[*group].insert(item.user);
  }
  if (with_claims.size() != derived_.groups.size()) return "not one row for each licensed group";
  for (const GroupStatus& status : derived_.groups) {
    const auto members = static_cast<int64_t>(with_claims[status.group].size());
    const auto errors = static_cast<int64_t>(with_errors[status.group].size());
    if (status.members != members || status.with_errors != errors ||
        status.fully_licensed != members - errors) {
      return "section 7: " + DescribeGroupStatus(status);
    }
  }
  return "";
}

}  // namespace

std::string FindBrokenInvariant(const Facts& facts, const Derived& derived) {
  return Inspector(facts, derived).Inspect();
}

}  // namespace seatwise::worlds
