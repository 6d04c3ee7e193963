// Sections 2 to 4 are read from facts, members and queue; 5 to 7 from the derived state.
#include "tests/worlds/situations.h"

#include <algorithm>
#include <map>
#include <utility>
#include <variant>

#include "absl/strings/str_cat.h"
#include "base/check.h"
#include "engine/reference/claims.h"
#include "engine/reference/membership.h"

namespace seatwise::worlds {
namespace {

using reference::Claim;
using reference::Item;
using reference::MembersOfGroups;

class Finder {
 public:
  Finder(const Facts& facts, const Derived& derived);

  std::set<std::string> Find();

 private:
  void See(absl::string_view name, bool seen) {
    if (seen) seen_.insert(std::string(name));
  }

  void SeeSubscriptions();
  void SeeSeats();
  void SeeMembers();
  void SeeChains(const GroupId& group, const UserId& user, Time joined);
  void SeeItems();
  void SeeClaims();
  void SeeQueue();
  void SeeHealing();
  void SeeCodes();
  void SeeExclusions(const ClaimItem& item, const MutuallyExclusive& violation);
  void SeeClashes(const ClaimItem& item, const Uniqueness& violation);
  void SeeLicenses();
  void SeeIds();

  bool Granted(const Claim& claim) const { return granted_.at(KeyOf(claim)); }
  static std::tuple<UserId, Principal, SkuId> KeyOf(const Claim& claim) {
    return {claim.user, claim.source, claim.items.front().sku};
  }
  // Whether these claims together enable all that the plans of one of them require.
  bool Satisfied(const Claim& claim, const std::vector<const Claim*>& with) const;

  const Facts& facts_;
  const Derived& derived_;
  const MembersOfGroups members_;
  const std::vector<Claim> queue_;
  std::map<SkuId, const Sku*> skus_;
  std::map<SkuId, const SeatUsage*> seats_;
  std::map<UserId, const User*> users_;
  std::map<std::tuple<UserId, Principal, SkuId>, bool> granted_;
  std::map<std::pair<GroupId, Principal>, Time> added_at_;
  std::set<std::string> seen_;
};

Finder::Finder(const Facts& facts, const Derived& derived)
    : facts_(facts),
      derived_(derived),
      members_(reference::AllMembers(facts)),
      queue_(reference::ClaimQueue(facts, members_)) {
  for (const Sku& sku : facts.skus) skus_[sku.id] = &sku;
  for (const SeatUsage& seats : derived.seats) seats_[seats.sku] = &seats;
  for (const User& user : facts.users) users_[user.id] = &user;
  for (const ClaimItem& item : derived.items) {
    granted_[{item.user, item.source, item.sku}] = item.granted;
  }
  for (const Membership& fact : facts.memberships) {
    added_at_[{fact.group, fact.member}] = fact.added_at;
  }
}

std::set<std::string> Finder::Find() {
  const bool atomic = facts_.settings.assignment_mode == AssignmentMode::kGroupAtomic;
  See("GROUP_ATOMIC", atomic);
  See("SKU_INDEPENDENT", !atomic);
  SeeSubscriptions();
  SeeSeats();
  SeeMembers();
  SeeItems();
  SeeClaims();
  SeeQueue();
  SeeHealing();
  SeeCodes();
  SeeLicenses();
  SeeIds();
  return std::move(seen_);
}

void Finder::SeeSubscriptions() {
  for (const Subscription& subscription : facts_.subscriptions) {
    if (subscription.units == 0) continue;
    const bool self = subscription.self_service;
    See("S1 self-service units", self);
    See("S1 WARNING units", !self && subscription.status == SubscriptionStatus::kWarning);
    See("S2 LOCKED_OUT units", !self && subscription.status == SubscriptionStatus::kLockedOut);
    See("S2 DELETED units", !self && subscription.status == SubscriptionStatus::kDeleted);
  }
}

void Finder::SeeSeats() {
  for (const SeatUsage& seats : derived_.seats) {
    const int64_t overage = skus_.at(seats.sku)->overage_units;
    const bool beyond = seats.usable > 0 && seats.consumed > seats.usable;
    See("S3 overage used", beyond && overage != kUnlimited);
    See("S3 unlimited overage used", beyond && overage == kUnlimited);
    See("S3 overage without effect", overage > 0 && seats.usable == 0);
    See("S3 parked units without effect", seats.usable > 0 && seats.parked > 0);
    See("S3 no seat at all", seats.capacity == 0 && seats.waiting > 0);
    See("S4 off and held", seats.off() && seats.consumed > 0);
    See("S4 off and full", seats.off() && seats.waiting > 0);
    See("O5 available", seats.available() > 0 && seats.consumed > 0);
    See("O6 several waiting", seats.waiting > 1);
    See("O7 overrun without waiting", seats.overrun() > 0 && seats.waiting == 0);
  }
}

void Finder::SeeMembers() {
  const bool nested = facts_.settings.nested_groups;
  for (const Membership& fact : facts_.memberships) {
    const auto* inner = std::get_if<GroupId>(&fact.member);
    if (inner == nullptr) continue;
    See("M1 groups in groups ignored", !nested);
    See("M2 group in itself", nested && *inner == fact.group);
    See("M2 groups in each other",
        nested && *inner != fact.group && added_at_.contains({*inner, Principal(fact.group)}));
  }
  if (!nested) return;
  for (const auto& [group, members] : members_) {
    for (const auto& [user, joined] : members) SeeChains(group, user, joined);
  }
}

void Finder::SeeChains(const GroupId& group, const UserId& user, Time joined) {
  const auto direct = added_at_.find({group, user});
  See("M2 member through inner groups only", direct == added_at_.end());
  See("M2 inner chain earlier than the direct fact",
      direct != added_at_.end() && joined < direct->second);
  if (direct != added_at_.end() && direct->second <= joined) return;
  for (const auto& [inner, members] : members_) {
    const auto fact = added_at_.find({group, inner});
    const auto in_inner = members.find(user);
    if (fact == added_at_.end() || in_inner == members.end()) continue;
    See("M2 outer fact latest", fact->second == joined && in_inner->second < joined);
    See("M2 inner fact latest", in_inner->second == joined && fact->second < joined);
    See("M2 ways of different times", std::max(fact->second, in_inner->second) > joined);
  }
}

void Finder::SeeItems() {
  std::set<PlanId> company;
  for (const ServicePlan& plan : facts_.plans) {
    if (plan.applies_to == AppliesTo::kCompany) company.insert(plan.id);
  }
  for (const Assignment& assignment : facts_.assignments) {
    const PlanIdSet& of_sku = skus_.at(assignment.sku)->plans;
    for (const PlanId& plan : assignment.disabled_plans) {
      See(of_sku.contains(plan) ? "C1 disabled plan" : "C1 disabled plan of another SKU", true);
    }
    for (const PlanId& plan : of_sku) See("C1 COMPANY plan", company.contains(plan));
  }
  for (const Claim& claim : queue_) {
    for (const Item& item : claim.items) {
      See("C1 granted item without plans", item.plans.empty() && Granted(claim));
    }
  }
}

void Finder::SeeClaims() {
  const bool atomic = facts_.settings.assignment_mode == AssignmentMode::kGroupAtomic;
  std::map<std::pair<UserId, SkuId>, int> direct, inherited;
  std::set<UserId> claimants;
  for (const Claim& claim : queue_) {
    const bool is_direct = IsDirect(claim.source);
    See("C2 direct claim in GROUP_ATOMIC", atomic && is_direct);
    See("C3 since joining", !is_direct && claim.since == claim.joined);
    See("C3 since the assignment", !is_direct && claim.since > claim.joined);
    See("C4 several items", claim.items.size() > 1);
    claimants.insert(claim.user);
    for (const Item& item : claim.items) {
      ++(is_direct ? direct : inherited)[{claim.user, item.sku}];
    }
  }
  for (const auto& [pair, count] : inherited) {
    See("C several groups with one SKU", count > 1);
    See("C direct and inherited", direct.contains(pair));
  }
  See("C user without claims", claimants.size() < facts_.users.size());
}

// Which key of C5 decides between two neighbours of the queue.
void Finder::SeeQueue() {
  for (size_t i = 1; i < queue_.size(); ++i) {
    const Claim& a = queue_[i - 1];
    const Claim& b = queue_[i];
    See(a.priority != b.priority                   ? "C5 by priority"
        : a.since != b.since                       ? "C5 by since"
        : a.joined != b.joined                     ? "C5 by joined"
        : a.user != b.user                         ? "C5 by user"
        : IsDirect(a.source) != IsDirect(b.source) ? "C5 by direct before group"
        : a.source != b.source                     ? "C5 by principal"
                                                   : "C5 by smallest SKU",
        true);
  }
}

bool Finder::Satisfied(const Claim& claim, const std::vector<const Claim*>& with) const {
  std::set<PlanId> enabled;
  for (const Claim* other : with) {
    for (const Item& item : other->items) enabled.insert(item.plans.begin(), item.plans.end());
  }
  const auto asks_for = [&](const PlanId& plan) {
    return std::any_of(claim.items.begin(), claim.items.end(),
                       [&](const Item& item) { return item.plans.contains(plan); });
  };
  return std::all_of(facts_.requirements.begin(), facts_.requirements.end(), [&](const auto& r) {
    return !asks_for(r.plan) ||
           std::any_of(r.any_of.begin(), r.any_of.end(),
                       [&](const PlanId& plan) { return enabled.contains(plan); });
  });
}

// G2: a granted claim was healed if it lacks something with all that its user is granted by claims
// before it; twice over if it lacks something without the other healed claims.
void Finder::SeeHealing() {
  std::map<UserId, std::vector<const Claim*>> granted;
  for (const Claim& claim : queue_) {
    if (Granted(claim)) granted[claim.user].push_back(&claim);
  }
  for (const auto& [user, claims] : granted) {
    std::vector<const Claim*> earlier, healed, never_passed_over;
    for (const Claim* claim : claims) {
      earlier.push_back(claim);
      (Satisfied(*claim, earlier) ? never_passed_over : healed).push_back(claim);
    }
    See("G2 healed", !healed.empty());
    See("G2 several healed claims of a user", healed.size() > 1);
    for (const Claim* claim : healed) {
      std::vector<const Claim*> with = never_passed_over;
      with.push_back(claim);
      See("G2 healed by a healed claim", !Satisfied(*claim, with));
      See("G2 healed claim of several items", claim->items.size() > 1);
      for (const Item& item : claim->items) {
        See("G2 healed claim took a seat others wait for", seats_.at(item.sku)->waiting > 0);
      }
    }
  }
}

void Finder::SeeCodes() {
  std::map<std::pair<UserId, SkuId>, int> waiting;
  for (const ClaimItem& item : derived_.items) {
    for (const Violation& violation : item.violations) {
      const ViolationCode code = CodeOf(violation);
      See(ViolationName(code), true);
      for (const Violation& other : item.violations) {
        if (CodeOf(other) <= code) continue;
        See(absl::StrCat(ViolationName(code), " and ", ViolationName(CodeOf(other))), true);
      }
      if (const auto* v = std::get_if<MutuallyExclusive>(&violation)) SeeExclusions(item, *v);
      if (const auto* v = std::get_if<Uniqueness>(&violation)) SeeClashes(item, *v);
      if (const auto* v = std::get_if<Dependency>(&violation)) {
        See("K5 several unmet", v->unmet.size() > 1);
      }
      if (const auto* v = std::get_if<Count>(&violation)) {
        See("O8 place 2 or later", v->place > 1);
        See("O6 waiting by several claims", ++waiting[{item.user, item.sku}] > 1);
      }
      if (const auto* v = std::get_if<Other>(&violation)) {
        See("K7 several items failed", v->failed.size() > 1);
        See("K7 for want of a seat", v->failed.front().codes.front() == ViolationCode::kCount);
      }
      See("K2 by the default location", code == ViolationCode::kProhibitedInUsageLocation &&
                                            users_.at(item.user)->usage_location.empty());
      See("K6 not: lacks more than a seat",
          code < ViolationCode::kCount && seats_.at(item.sku)->waiting > 0);
    }
  }
}

void Finder::SeeExclusions(const ClaimItem& item, const MutuallyExclusive& violation) {
  for (const Exclusion& exclusion : violation.exclusions) {
    See("K4 by several sources", exclusion.sources.size() > 1);
    for (const PlanSource& source : exclusion.sources) {
      const bool same_claim =
          source.source == item.source && !granted_.at({item.user, source.source, source.sku});
      See("K4 within an item", same_claim && source.sku == item.sku);
      See("K4 between items of a claim", same_claim && source.sku != item.sku);
      See("K4 against a granted claim", !same_claim);
      See("K4 against a SKU that is off", !same_claim && seats_.at(source.sku)->off());
    }
  }
}

void Finder::SeeClashes(const ClaimItem& item, const Uniqueness& violation) {
  See("K3 several addresses", violation.clashes.size() > 1);
  for (const AddressClash& clash : violation.clashes) {
    const User& user = *users_.at(item.user);
    const User& owner = *users_.at(clash.owner);
    const bool older = owner.created_at < user.created_at;
    See(older ? "K3 owner by created_at" : "K3 owner by user_id", true);
    See("K3 equal but for case",
        std::none_of(
            user.proxy_addresses.begin(), user.proxy_addresses.end(),
            [&](const std::string& address) { return owner.proxy_addresses.contains(address); }));
  }
}

void Finder::SeeLicenses() {
  std::map<std::pair<UserId, SkuId>, std::vector<const ClaimItem*>> items;
  for (const ClaimItem& item : derived_.items) items[{item.user, item.sku}].push_back(&item);
  for (const License& license : derived_.licenses) {
    See(LicenseStateName(license.state), true);
    int granted = 0;
    bool all_other = true;  // Of the rejected ones.
    for (const ClaimItem* item : items.at({license.user, license.sku})) {
      granted += item->granted;
      all_other &= item->granted || CodeOf(item->violations.front()) == ViolationCode::kOther;
    }
    const bool all = granted == static_cast<int>(items.at({license.user, license.sku}).size());
    See("O1 held by several claims", granted > 1);
    See("O2 ActiveWithError by Other only",
        license.state == LicenseState::kActiveWithError && all_other);
    See("O2 Disabled with a rejected claim", license.state == LicenseState::kDisabled && !all);
  }
}

void Finder::SeeIds() {
  for (const User& user : facts_.users) {
    const std::string& id = user.id.value();
    See("ids beyond ASCII", std::any_of(id.begin(), id.end(), [](char c) { return c < 0; }));
    See("ids of 128 bytes", id.size() == 128);
    for (const Group& group : facts_.groups) See("ids shared by kinds", group.id.value() == id);
  }
}

}  // namespace

std::set<std::string> FindSituations(const Facts& facts, const Derived& derived) {
  return Finder(facts, derived).Find();
}

std::vector<std::string> AllSituations() {
  std::vector<std::string> names = {
      "GROUP_ATOMIC", "SKU_INDEPENDENT",
      // Section 2.
      "S1 self-service units", "S1 WARNING units", "S2 LOCKED_OUT units", "S2 DELETED units",
      "S3 overage used", "S3 unlimited overage used", "S3 overage without effect",
      "S3 parked units without effect", "S3 no seat at all", "S4 off and held", "S4 off and full",
      // Section 3.
      "M1 groups in groups ignored", "M2 group in itself", "M2 groups in each other",
      "M2 member through inner groups only", "M2 inner chain earlier than the direct fact",
      "M2 outer fact latest", "M2 inner fact latest", "M2 ways of different times",
      // Section 4.
      "C1 disabled plan", "C1 disabled plan of another SKU", "C1 COMPANY plan",
      "C1 granted item without plans", "C2 direct claim in GROUP_ATOMIC", "C3 since joining",
      "C3 since the assignment", "C4 several items", "C several groups with one SKU",
      "C direct and inherited", "C user without claims", "C5 by priority", "C5 by since",
      "C5 by joined", "C5 by user", "C5 by direct before group", "C5 by principal",
      "C5 by smallest SKU",
      // Section 5.
      "G2 healed", "G2 several healed claims of a user", "G2 healed by a healed claim",
      "G2 healed claim of several items", "G2 healed claim took a seat others wait for",
      // Section 6.
      "K2 by the default location", "K3 several addresses", "K3 owner by created_at",
      "K3 owner by user_id", "K3 equal but for case", "K4 by several sources", "K4 within an item",
      "K4 between items of a claim", "K4 against a granted claim", "K4 against a SKU that is off",
      "K5 several unmet", "K6 not: lacks more than a seat", "K7 several items failed",
      "K7 for want of a seat",
      // Section 7.
      "O1 held by several claims", "O2 ActiveWithError by Other only",
      "O2 Disabled with a rejected claim", "O5 available", "O6 several waiting",
      "O6 waiting by several claims", "O7 overrun without waiting", "O8 place 2 or later",
      // Section 1.
      "ids beyond ASCII", "ids of 128 bytes", "ids shared by kinds"};
  for (const LicenseState state : {LicenseState::kActive, LicenseState::kActiveWithError,
                                   LicenseState::kDisabled, LicenseState::kError}) {
    names.emplace_back(LicenseStateName(state));
  }
  for (int a = 0; a < kViolationCodes; ++a) {
    const std::string name(ViolationName(static_cast<ViolationCode>(a)));
    names.push_back(name);
    // K6 and K7 stand alone; K1 and K2 exclude each other.
    for (int b = std::max(a + 1, 2); b < static_cast<int>(ViolationCode::kCount); ++b) {
      names.push_back(absl::StrCat(name, " and ", ViolationName(static_cast<ViolationCode>(b))));
    }
  }
  return names;
}

}  // namespace seatwise::worlds
