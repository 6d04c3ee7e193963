#include "tests/histories/step_situations.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>
#include <variant>

#include "absl/container/btree_map.h"
#include "absl/strings/str_cat.h"
#include "engine/model/change.h"
#include "engine/model/fact_key.h"
#include "engine/model/ids.h"
#include "tests/histories/facts_difference.h"

namespace seatwise::histories {
namespace {

// Changes of values, and turns of seats, that go by one name.
constexpr const char* kChangesAndTurns[] = {"nothing",
                                            "assignment_mode",
                                            "nested_groups",
                                            "default_usage_location",
                                            "retention_days",
                                            "applies_to",
                                            "unique_address",
                                            "retains_data",
                                            "plans into a SKU",
                                            "plans out of a SKU",
                                            "overage",
                                            "overage without limit",
                                            "fewer units",
                                            "more units",
                                            "status",
                                            "self_service",
                                            "subscription of another SKU",
                                            "usage_location",
                                            "created_at",
                                            "proxy_addresses",
                                            "what no answer depends on",
                                            "added_at of a user",
                                            "added_at of a group",
                                            "moved between groups",
                                            "another in the place",
                                            "two change places",
                                            "S4 goes off while held",
                                            "S4 comes back while held",
                                            "a first user waits",
                                            "nobody waits any more",
                                            "fewer seats than are held",
                                            "seats for some who waited",
                                            "capacity without limit",
                                            "no seat at all any more",
                                            "a seat moved",
                                            "three seats moved",
                                            "somebody unnamed lost a seat",
                                            "three unnamed won or lost seats",
                                            "licenses are as they were",
                                            "O8 places of others change",
                                            "K3 of others changes",
                                            "K5 of others changes",
                                            "K7 of others changes",
                                            "only details change",
                                            "only counts change"};

// Situations of a tenant.
constexpr const char* kHealing[] = {"G2 healed", "G2 healed by a healed claim",
                                    "G2 healed claim took a seat others wait for"};

class Finder {
 public:
  Finder(const Scene& before, const Scene& after) : before_(before), after_(after) {
    for (const Fact& fact : ListOf(before.facts)) was_.insert_or_assign(KeyOf(fact), fact);
  }

  std::set<std::string> Find() && {
    SeeChanges();
    SeeMoves();
    SeeSeats();
    SeeLicenses();
    SeeClaims();
    SeeHealing();
    return std::move(seen_);
  }

 private:
  void See(absl::string_view name, bool seen) {
    if (seen) seen_.insert(std::string(name));
  }

  void SeeChanges();
  // What is put in place of what was there.
  void Compare(const TenantSettings& was, const TenantSettings& is);
  void Compare(const ServicePlan& was, const ServicePlan& is);
  void Compare(const Sku& was, const Sku& is);
  void Compare(const Subscription& was, const Subscription& is);
  void Compare(const User& was, const User& is);
  void Compare(const Membership& was, const Membership& is);
  void Compare(const Assignment& was, const Assignment& is);
  template <typename Was, typename Is>
  void Compare(const Was&, const Is&) {}

  void SeeMoves();
  // Whether somebody made the move from `in` to `out`.
  bool CameInReturn(const MembershipKey& in, const MembershipKey& out) const;
  void SeeSeats();
  void SeeLicenses();
  void SeeClaims();
  void SeeHealing();

  const Scene& before_;
  const Scene& after_;
  absl::btree_map<FactKey, Fact> was_;
  std::set<FactKey> put_;
  std::set<FactKey> gone_;
  std::set<FactKey> named_;  // Users that a change names.
  std::set<std::string> seen_;
};

// "member", "assignment of a user".
std::string KindOfChange(const FactKey& key) {
  if (const auto* k = std::get_if<MembershipKey>(&key)) {
    if (k->member == Principal(k->group)) return "group in itself";
    return std::holds_alternative<UserId>(k->member) ? "member" : "group in a group";
  }
  if (const auto* k = std::get_if<AssignmentKey>(&key)) {
    return IsDirect(k->principal) ? "assignment of a user" : "assignment of a group";
  }
  return std::string(KindName(KindOf(key)));
}

// The user that a change is about.
std::optional<FactKey> NamedUser(const FactKey& key) {
  if (const auto* k = std::get_if<MembershipKey>(&key)) return KeyOf(k->member);
  if (const auto* k = std::get_if<AssignmentKey>(&key)) return KeyOf(k->principal);
  if (std::holds_alternative<UserId>(key)) return key;
  return std::nullopt;
}

void Finder::SeeChanges() {
  const ChangeSet changes = ChangesBetween(before_.facts, after_.facts);
  See("nothing", changes.changes.empty());
  for (const Change& change : changes.changes) {
    const FactKey key = KeyOf(change);
    if (const std::optional<FactKey> user = NamedUser(key)) named_.insert(*user);
    const Put* put = std::get_if<Put>(&change);
    if (put == nullptr) {
      gone_.insert(key);
      See(absl::StrCat(KindOfChange(key), " out"), true);
    } else if (const auto was = was_.find(key); was == was_.end()) {
      put_.insert(key);
      See(absl::StrCat(KindOfChange(key), " in"), true);
    } else {
      std::visit([&](const auto& from, const auto& to) { Compare(from, to); }, was->second,
                 put->fact);
    }
  }
}

void Finder::Compare(const TenantSettings& was, const TenantSettings& is) {
  See("assignment_mode", was.assignment_mode != is.assignment_mode);
  See("nested_groups", was.nested_groups != is.nested_groups);
  See("default_usage_location", was.default_usage_location != is.default_usage_location);
  See("retention_days", was.retention_days != is.retention_days);
}

void Finder::Compare(const ServicePlan& was, const ServicePlan& is) {
  See("applies_to", was.applies_to != is.applies_to);
  See("unique_address", was.unique_address != is.unique_address);
  See("retains_data", was.retains_data != is.retains_data);
}

void Finder::Compare(const Sku& was, const Sku& is) {
  const auto has_all = [](const PlanIdSet& of, const PlanIdSet& plans) {
    return std::includes(of.begin(), of.end(), plans.begin(), plans.end());
  };
  See("plans into a SKU", !has_all(was.plans, is.plans));
  See("plans out of a SKU", !has_all(is.plans, was.plans));
  See("overage", was.overage_units != is.overage_units);
  See("overage without limit",
      was.overage_units != is.overage_units && is.overage_units == kUnlimited);
}

void Finder::Compare(const Subscription& was, const Subscription& is) {
  See("fewer units", is.units < was.units);
  See("more units", is.units > was.units);
  See("status", is.status != was.status);
  See("self_service", is.self_service != was.self_service);
  See("subscription of another SKU", is.sku != was.sku);
}

void Finder::Compare(const User& was, const User& is) {
  See("usage_location", is.usage_location != was.usage_location);
  See("created_at", is.created_at != was.created_at);
  See("proxy_addresses", is.proxy_addresses != was.proxy_addresses);
  See("what no answer depends on", is.display_name != was.display_name);
}

void Finder::Compare(const Membership& was, const Membership& is) {
  See(std::holds_alternative<UserId>(is.member) ? "added_at of a user" : "added_at of a group",
      is.added_at != was.added_at);
}

void Finder::Compare(const Assignment& was, const Assignment& is) {
  const absl::string_view of = IsDirect(is.principal) ? " of a user" : " of a group";
  See(absl::StrCat("priority", of), is.priority != was.priority);
  See(absl::StrCat("assigned_at", of), is.assigned_at != was.assigned_at);
  See(absl::StrCat("disabled_plans", of), is.disabled_plans != was.disabled_plans);
}

// Pairs of a membership that comes and one that goes.
void Finder::SeeMoves() {
  for (const FactKey& put : put_) {
    const auto* in = std::get_if<MembershipKey>(&put);
    if (in == nullptr || !std::holds_alternative<UserId>(in->member)) continue;
    for (const FactKey& gone : gone_) {
      const auto* out = std::get_if<MembershipKey>(&gone);
      if (out == nullptr) continue;
      See("moved between groups", out->member == in->member);
      See("another in the place", out->group == in->group);
      See("two change places", out->member == in->member && CameInReturn(*in, *out));
    }
  }
}

bool Finder::CameInReturn(const MembershipKey& in, const MembershipKey& out) const {
  return std::any_of(gone_.begin(), gone_.end(), [&](const FactKey& gone) {
    const auto* left = std::get_if<MembershipKey>(&gone);
    return left != nullptr && left->group == in.group &&
           put_.contains(MembershipKey{out.group, left->member});
  });
}

void Finder::SeeSeats() {
  std::map<SkuId, SeatUsage> was;
  for (const SeatUsage& seats : before_.derived.seats) was[seats.sku] = seats;
  for (const SeatUsage& is : after_.derived.seats) {
    if (!was.contains(is.sku)) continue;
    const SeatUsage& old = was[is.sku];
    See("S4 goes off while held", !old.off() && is.off() && is.consumed > 0);
    See("S4 comes back while held", old.off() && !is.off() && is.consumed > 0);
    See("a first user waits", old.waiting == 0 && is.waiting > 0);
    See("nobody waits any more", old.waiting > 0 && is.waiting == 0);
    See("fewer seats than are held", is.capacity < old.consumed);
    See("seats for some who waited",
        is.capacity > old.capacity && is.waiting < old.waiting && is.waiting > 0);
    See("capacity without limit", old.capacity != kUnlimited && is.capacity == kUnlimited);
    See("no seat at all any more", old.consumed > 0 && is.capacity == 0);
  }
}

std::map<SkuId, std::set<UserId>> Holders(const Derived& derived) {
  std::map<SkuId, std::set<UserId>> holders;
  for (const License& license : derived.licenses) {
    if (license.held()) holders[license.sku].insert(license.user);
  }
  return holders;
}

void Finder::SeeLicenses() {
  std::map<SkuId, std::set<UserId>> was = Holders(before_.derived);
  std::map<SkuId, std::set<UserId>> is = Holders(after_.derived);
  int moved = 0;                  // Seats from one user to another.
  std::set<UserId> unnamed;       // Whose seats moved, though nothing is changed about them.
  std::set<UserId> unnamed_lost;  // Of these, who lost one.
  for (const SeatUsage& seats : after_.derived.seats) {
    std::vector<UserId> lost;
    std::vector<UserId> got;
    std::set_difference(was[seats.sku].begin(), was[seats.sku].end(), is[seats.sku].begin(),
                        is[seats.sku].end(), std::back_inserter(lost));
    std::set_difference(is[seats.sku].begin(), is[seats.sku].end(), was[seats.sku].begin(),
                        was[seats.sku].end(), std::back_inserter(got));
    moved += static_cast<int>(std::min(lost.size(), got.size()));
    for (const UserId& user : got) {
      if (!named_.contains(user)) unnamed.insert(user);
    }
    for (const UserId& user : lost) {
      if (named_.contains(user)) continue;
      unnamed.insert(user);
      unnamed_lost.insert(user);
    }
  }
  See("a seat moved", moved > 0);
  See("three seats moved", moved >= 3);
  See("somebody unnamed lost a seat", !unnamed_lost.empty());
  See("three unnamed won or lost seats", unnamed.size() >= 3);
  See("licenses are as they were", before_.derived.licenses == after_.derived.licenses);
}

void Finder::SeeClaims() {
  const auto rejected = [](const Derived& derived, ViolationCode code, bool place) {
    std::map<std::pair<UserId, SkuId>, std::set<int64_t>> users;
    for (const ClaimItem& item : derived.items) {
      for (const Violation& violation : item.violations) {
        if (CodeOf(violation) != code) continue;
        const Count* count = std::get_if<Count>(&violation);
        users[{item.user, item.sku}].insert(place && count != nullptr ? count->place : 0);
      }
    }
    return users;
  };
  const auto changes_for_unnamed = [&](ViolationCode code, bool place) {
    const auto was = rejected(before_.derived, code, place);
    const auto is = rejected(after_.derived, code, place);
    return std::any_of(is.begin(), is.end(), [&](const auto& row) {
      const auto old = was.find(row.first);
      return !named_.contains(row.first.first) && (old == was.end() || old->second != row.second);
    });
  };
  See("O8 places of others change", changes_for_unnamed(ViolationCode::kCount, true));
  See("K3 of others changes", changes_for_unnamed(ViolationCode::kUniqueness, false));
  See("K5 of others changes", changes_for_unnamed(ViolationCode::kDependency, false));
  See("K7 of others changes", changes_for_unnamed(ViolationCode::kOther, false));
  See("only details change", before_.derived.licenses == after_.derived.licenses &&
                                 before_.derived.items != after_.derived.items);
  See("only counts change", before_.derived.items == after_.derived.items &&
                                before_.derived.seats != after_.derived.seats);
}

void Finder::SeeHealing() {
  for (const char* name : kHealing) {
    const bool was = before_.situations.contains(name);
    const bool is = after_.situations.contains(name);
    See(absl::StrCat(name, ": begins or ends"), was != is);
    See(absl::StrCat(name, ": goes on"), was && is);
  }
}

}  // namespace

std::set<std::string> FindStepSituations(const Scene& before, const Scene& after) {
  return Finder(before, after).Find();
}

std::vector<std::string> AllStepSituations() {
  std::vector<std::string> names(std::begin(kChangesAndTurns), std::end(kChangesAndTurns));
  for (const char* kind :
       {"plan", "SKU", "plan conflict", "plan requirement", "plan prohibition", "subscription",
        "user", "group", "member", "group in a group", "group in itself", "assignment of a user",
        "assignment of a group", "observed license"}) {
    names.push_back(absl::StrCat(kind, " in"));
    names.push_back(absl::StrCat(kind, " out"));
  }
  for (const char* of : {" of a user", " of a group"}) {
    for (const char* what : {"priority", "assigned_at", "disabled_plans"}) {
      names.push_back(absl::StrCat(what, of));
    }
  }
  for (const char* name : kHealing) {
    names.push_back(absl::StrCat(name, ": begins or ends"));
    names.push_back(absl::StrCat(name, ": goes on"));
  }
  return names;
}

}  // namespace seatwise::histories
