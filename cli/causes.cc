// A rejected item has violations; each is turned into a key (code, sentence, details) that leaves
// out whatever differs between users with the same trouble. Equal keys are one cause.
#include "cli/causes.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>
#include <variant>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cli/text.h"

namespace seatwise::cli {
namespace {

struct Key {
  ViolationCode code = ViolationCode::kOther;
  std::string what;
  std::vector<std::string> details = {};

  friend auto operator<=>(const Key&, const Key&) = default;
};

struct Found {
  std::set<std::string> fallen;
  std::map<std::pair<int64_t, UserNo>, std::string> users;  // By place, if there is one, then id.
};

std::string NamesOf(const std::vector<PlanId>& plans, const Names& names) {
  std::vector<std::string> listed;
  for (const PlanId& plan : plans) listed.push_back(names.Plan(plan));
  return Enumerated(listed);
}

// Makes the key of one violation of one item; kOther has none.
struct KeyMaker {
  const ClaimItem& item;
  const Names& names;

  std::string Item() const {
    return absl::StrCat(names.Sku(item.sku), " (", names.Source(item.source), ")");
  }

  Key operator()(const UsageLocationMissing&) const {
    return {.what = "no usage location, and the tenant has no default"};
  }
  Key operator()(const ProhibitedInUsageLocation& v) const {
    return {.what = absl::StrCat(Item(), ": ", NamesOf(v.plans, names),
                                 v.plans.size() == 1 ? " is" : " are", " prohibited in ",
                                 v.location.ToString())};
  }
  Key operator()(const Uniqueness& v) const {
    std::vector<std::string> owned;
    for (const AddressClash& clash : v.clashes) {
      owned.push_back(
          absl::StrCat(Printable(clash.address), ", which belongs to ", names.User(clash.owner)));
    }
    return {.what = absl::StrCat(NamesOf(v.plans, names),
                                 v.plans.size() == 1 ? " needs " : " need ", Enumerated(owned))};
  }
  Key operator()(const MutuallyExclusive& v) const;
  Key operator()(const Dependency& v) const {
    std::vector<std::string> unmet;
    for (const PlanRequirement& requirement : v.unmet) {
      std::vector<std::string> any_of;
      for (const PlanId& plan : requirement.any_of) any_of.push_back(names.Plan(plan));
      unmet.push_back(absl::StrJoin(any_of, " or "));
    }
    return {.what = absl::StrCat(Item(), " requires ", Enumerated(unmet))};
  }
  Key operator()(const Count&) const {
    return {.what = absl::StrCat("waiting for a seat of ", names.Sku(item.sku))};
  }
  Key operator()(const Other&) const { return {}; }
};

Key KeyMaker::operator()(const MutuallyExclusive& v) const {
  std::set<std::string> against;
  std::vector<std::string> details;
  for (const Exclusion& exclusion : v.exclusions) {
    for (const PlanSource& source : exclusion.sources) {
      against.insert(absl::StrCat(names.Sku(source.sku), " (", names.Source(source.source), ")"));
    }
    details.push_back(
        absl::StrCat(names.Plan(exclusion.plan), " excludes ", names.Plan(exclusion.other)));
  }
  std::sort(details.begin(), details.end());
  const std::vector<std::string> others(against.begin(), against.end());
  return {.what = absl::StrCat(Item(), " against ", Enumerated(others)),
          .details = std::move(details)};
}

int64_t PlaceOf(const Violation& violation) {
  const Count* count = std::get_if<Count>(&violation);
  return count == nullptr ? 0 : count->place;
}

// Collects the causes of all users.
class Collector {
 public:
  explicit Collector(const Names& names) : names_(names) {}

  void Add(UserNo user, const std::vector<ClaimItem>& items) {
    for (const ClaimItem& item : items) {
      for (const Violation& violation : item.violations) {
        if (CodeOf(violation) != ViolationCode::kOther) AddViolation(user, item, violation, items);
      }
    }
  }

  std::vector<Cause> Take() {
    std::vector<Cause> causes;
    for (auto& [key, found] : causes_) {
      Cause& cause = causes.emplace_back();
      cause.code = key.code;
      cause.what = key.what;
      cause.details = key.details;
      cause.fallen.assign(found.fallen.begin(), found.fallen.end());
      for (auto& [order, name] : found.users) cause.users.push_back(std::move(name));
    }
    std::stable_sort(causes.begin(), causes.end(), [](const Cause& a, const Cause& b) {
      return std::tuple(a.code, b.users.size()) < std::tuple(b.code, a.users.size());
    });
    return causes;
  }

 private:
  void AddViolation(UserNo user, const ClaimItem& item, const Violation& violation,
                    const std::vector<ClaimItem>& items) {
    Key key = std::visit(KeyMaker{item, names_}, violation);
    key.code = CodeOf(violation);
    Found& found = causes_[std::move(key)];
    found.users[{PlaceOf(violation), user}] = names_.User(item.user);
    for (const ClaimItem& other : items) {
      if (other.source == item.source && FellWith(other, item)) {
        found.fallen.insert(names_.Sku(other.sku));
      }
    }
  }

  // K7 names the items of its claim that failed.
  static bool FellWith(const ClaimItem& other, const ClaimItem& item) {
    for (const Violation& violation : other.violations) {
      const Other* company = std::get_if<Other>(&violation);
      if (company == nullptr) continue;
      for (const FailedItem& failed : company->failed) {
        if (failed.sku == item.sku) return true;
      }
    }
    return false;
  }

  const Names& names_;
  std::map<Key, Found> causes_;
};

}  // namespace

std::vector<Cause> FindCauses(const DerivedView& view, const Names& names) {
  Collector collector(names);
  for (UserNo user = 0; user < view.columns().users.size(); ++user) {
    bool rejected = false;
    view.ForEachItem(user, user + 1,
                     [&](const ItemRow& row) { rejected = rejected || row.violations != 0; });
    if (rejected) collector.Add(user, view.Explain(user));
  }
  return collector.Take();
}

}  // namespace seatwise::cli
